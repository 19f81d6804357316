import http.client
import os
import socket
import time
from contextlib import closing
from threading import Event, Thread

import click
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from guanxi.foundation.company.actions import found_company, open_company
from guanxi.foundation.company.queries import current, is_open
from guanxi.foundation.errors import UserError
from guanxi.site.demo import load
from guanxi.site.opening import database, disconnect, unapplied_migrations
from guanxi.site.steps import console, step
from guanxi.site.supervisor import Child, stop_on_signal, supervise

PATIENCE = 120.0  # seconds until the processes must answer


@click.command(short_help="Start everything and open a working company.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65534), help="Pages; push takes the next."
)
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Number of web processes.")
@click.option("--empty", is_flag=True, help="A new installation starts without the demonstration company.")
def command(host: str, port: int, workers: int, empty: bool) -> None:
    """Start the database, the pages, the jobs and the push process, and keep them running until Ctrl-C.

    The first start loads a demonstration company; later starts keep whatever is there.
    """
    for wanted in (port, port + 1):
        require_free(host, wanted)
    console.print(f"Guanxi, data in {settings.GUANXI_HOME}")
    with step("Database"):
        opened = database()
        opened.__enter__()
    try:
        set_up(empty=empty)
        serve(host, port, workers)
    finally:
        opened.__exit__(None, None, None)
        console.print("Stopped. The data are kept.")


def require_free(host: str, port: int) -> None:
    """Refuse a port on which something listens already.

    Raises:
        UserError: it is taken, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise UserError(
                f"Guanxi cannot listen on {host}, port {port}: {problem.strerror}. "
                f"Nothing was started. Choose another with --port, or with `make run PORT={port + 10}`."
            ) from problem


def set_up(*, empty: bool) -> None:
    """Bring tables and page files up to date, and see to it that there is a company."""
    if unapplied_migrations():
        with step("Tables"):
            call_command("migrate", verbosity=0, interactive=False)
    with step("Page files"):
        call_command("collectstatic", verbosity=0, interactive=False)
    if current() is None and empty:
        found_company(name="My company", currency="CNY", timezone="Asia/Shanghai", country="CN")
        open_company(at=timezone.now())
    elif not is_open():
        load(say=console.print)
    disconnect()


def serve(host: str, port: int, workers: int) -> None:
    """Run the processes until a signal asks to stop."""
    os.environ["GUANXI_PUSH_PORT"] = str(port + 1)  # the pages tell the browser
    listen = ["--host", host, "--port"]
    children = [
        Child("web", ["web", *listen, str(port), "--workers", str(workers)]),
        Child("push", ["push", *listen, str(port + 1), "--web-port", str(port)]),
        Child("relay", ["relay"]),
        Child("worker", ["worker"]),
    ]
    with stop_on_signal() as stop:
        Thread(target=announce, args=(host, port, stop), daemon=True).start()
        supervise(children, stop, console.print)
        console.print("Stopping …")


def announce(host: str, port: int, stop: Event) -> None:
    """Tell the address and the log-ins once the company can be used."""
    with step("Processes"):
        missing = wait_until_healthy(host, port, stop)
    if stop.is_set():
        return
    if missing:
        console.print(f"After {PATIENCE:.0f} s the company cannot be used yet; missing: {missing}")
        return
    shown = f"[{host}]" if ":" in host else host
    console.print(f"\n  Open [bold]http://{shown}:{port}/[/bold]   (Ctrl-C stops everything and keeps the data)")


def wait_until_healthy(host: str, port: int, stop: Event) -> str:
    """Ask /healthz until it says yes; answer what it misses when patience or the program ends."""
    deadline = time.monotonic() + PATIENCE
    missing = "an answer from the web process"
    while time.monotonic() < deadline and not stop.wait(0.2):
        try:
            status, missing = ask(host, port)
        except OSError:
            continue
        if status == http.client.OK:
            return ""
    return missing


def ask(host: str, port: int) -> tuple[int, str]:
    """Status and body of /healthz."""
    connection = http.client.HTTPConnection(host, port, timeout=5)
    with closing(connection):
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
