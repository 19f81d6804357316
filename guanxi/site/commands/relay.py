import click

from guanxi.foundation.push.relay import relay
from guanxi.site.family import die_with_parent
from guanxi.site.opening import company
from guanxi.site.supervisor import stop_on_signal


@click.command(short_help="The one process that passes notices on to push.")
def command() -> None:
    """Number new notices and wake the push processes. A second relay stands by and takes over."""
    die_with_parent()
    with company() as address, stop_on_signal() as stop:
        relay(address.conninfo, stop)
