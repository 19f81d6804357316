import http.client
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from functools import partial

import click
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from guanxi.foundation.company.actions import found_company, open_company
from guanxi.foundation.company.queries import current, is_open
from guanxi.foundation.errors import UserError
from guanxi.foundation.ui.bundle import build
from guanxi.foundation.ui.messages import compile_catalogue
from guanxi.site.commands.push import stream
from guanxi.site.commands.relay import pass_on
from guanxi.site.commands.web import serve
from guanxi.site.commands.worker import run_jobs
from guanxi.site.demo import PASSWORD, SHOWN_LOGINS, address, load
from guanxi.site.family import fork
from guanxi.site.opening import database, unapplied_migrations
from guanxi.site.steps import console, step
from guanxi.site.supervisor import Child, stop_on_signal, supervise

PATIENCE = 120.0  # seconds until the processes must answer


@click.command()
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
    with ExitStack() as opened:
        with step("Database"):
            opened.enter_context(database())
        set_up_apart(empty=empty)
        keep_running(host, port, workers)
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


def set_up_apart(*, empty: bool) -> None:
    """Set up in a child, so that this process has neither threads nor connections when it forks the others."""
    child = fork(partial(set_up, empty=empty), apart=False)
    try:
        child.join()
    finally:
        child.terminate()
        child.join()
    if child.exitcode:
        sys.exit(child.exitcode)


def set_up(*, empty: bool) -> None:
    """Bring tables and page files up to date, and see to it that there is a company."""
    if unapplied_migrations():
        with step("Tables"):
            call_command("migrate", verbosity=0, interactive=False)
    with step("Page files"):
        build()
        compile_catalogue()
        call_command("collectstatic", verbosity=0, interactive=False)
    if current() is None and empty:
        found_company(name="My company", currency="CNY", timezone="Asia/Shanghai", country="CN")
        open_company(at=timezone.now())
    elif not is_open():
        load(say=console.print)


def keep_running(host: str, port: int, workers: int) -> None:
    """Run the processes until a signal asks to stop, and tell when the company can be used."""
    os.environ["GUANXI_PUSH_PORT"] = str(port + 1)  # the pages tell the browser
    settings.PUSH_PORT = str(port + 1)
    os.environ.setdefault("GUANXI_URL", printed(host, port))  # the links in mails
    settings.PUBLIC_URL = os.environ["GUANXI_URL"].rstrip("/")
    children = [
        Child("web", partial(serve, host, port, workers)),
        Child("push", partial(stream, host, port + 1, port)),
        Child("relay", pass_on),
        Child("worker", run_jobs),
    ]
    with stop_on_signal() as stop:
        looks = supervise(children, stop, console.print)
        with step("Processes"):
            lacking = wait_until_healthy(looks, host, port)
        if lacking:
            console.print(f"The company cannot be used yet; missing: {lacking}")
        elif not stop.is_set():
            tell_address(host, port)
        for _ in looks:
            pass
        console.print("Stopping …")


def wait_until_healthy(looks: Iterator[None], host: str, port: int) -> str:
    """Go on looking after the processes until /healthz says yes; answer what it misses when patience ends."""
    deadline = time.monotonic() + PATIENCE
    lacking = ""
    for _ in looks:
        lacking = missing(host, port)
        if not lacking or time.monotonic() > deadline:
            break
    return lacking


def tell_address(host: str, port: int) -> None:
    """The last lines of a start: where to go and how to get in."""
    console.print(f"\n  Open {printed(host, port)}/ (Ctrl-C stops everything and keeps the data)", style="bold")
    fork(tell_logins, apart=False).join()


def printed(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def tell_logins() -> None:
    """How to get in."""
    company = current()
    if company and company.is_demo:
        logins = ", ".join(address(mailbox) for mailbox in SHOWN_LOGINS)
        console.print(f"  Log in as {logins}.\n  The password of all of them is {PASSWORD}")
    else:
        console.print("  `guanxi user create ann@example.com` makes a log-in.")


def missing(host: str, port: int) -> str:
    """What /healthz misses; empty when the company can be used."""
    try:
        status, body = ask(host, port)
    except OSError:
        return "an answer from the web process"
    return "" if status == http.client.OK else body


def ask(host: str, port: int) -> tuple[int, str]:
    """Status and body of /healthz."""
    connection = http.client.HTTPConnection(host, port, timeout=5)
    with closing(connection):
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
