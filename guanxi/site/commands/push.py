import click

from guanxi.foundation.push.process import serve
from guanxi.site.opening import company


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8001, show_default=True, type=click.IntRange(1, 65535))
@click.option("--web-port", default=8000, show_default=True, help="The port of the pages that may listen.")
def command(host: str, port: int, web_port: int) -> None:
    """Stream notices to the browsers of logged-in colleagues."""
    stream(host, port, web_port)


def stream(host: str, port: int, web_port: int) -> None:
    """Stream until SIGTERM or SIGINT."""
    with company() as address:
        serve(address.conninfo, host, port, web_port)
