import click
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from guanxi.site.opening import company

THREADS = 4  # per process; each may hold one database connection


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65534))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Number of processes.")
def command(host: str, port: int, workers: int) -> None:
    """Serve the pages. It keeps no state: run it on as many machines as wanted, over one DATABASE_URL."""
    serve(host, port, workers)


def serve(host: str, port: int, workers: int) -> None:
    """Serve until SIGTERM or SIGINT."""
    with company():
        Server(
            "guanxi.site.web:application",
            factory=True,
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=THREADS,
            respawn_failed_workers=True,
            workers_kill_timeout=10,
            websockets=False,
            log_level=LogLevels.warning,
        ).serve()
