import click

from guanxi.foundation.push.relay import relay
from guanxi.site.opening import company
from guanxi.site.supervisor import stop_on_signal


@click.command()
def command() -> None:
    """Number new notices and wake the push processes. A second relay stands by and takes over."""
    pass_on()


def pass_on() -> None:
    """Relay until SIGTERM or SIGINT."""
    with company() as address, stop_on_signal() as stop:
        relay(address.conninfo, stop)
