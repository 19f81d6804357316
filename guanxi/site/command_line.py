"""`guanxi`: everything that can be done with a company from a terminal.

Exit codes: 0 done; 1 something you can put right, told in a sentence; 2 the command was not understood.
"""

import os
import sys
from importlib import import_module
from pathlib import Path

import click
import django

from guanxi.foundation.errors import UserError
from guanxi.foundation.server import make_home
from guanxi.site.family import leave_on_sigterm

# In the order in which somebody new needs them; the module is named where the command's name is a word of Python's.
COMMANDS = {
    "run": "run",
    "demo": "demo",
    "import": "import_file",
    "refresh": "refresh",
    "user": "user",
    "check": "check",
    "backup": "backup",
    "restore": "restore",
    "migrate": "migrate",
    "web": "web",
    "worker": "worker",
    "push": "push",
    "relay": "relay",
    "messages": "messages",
}

HELP = """Guanxi (关系): the record of your customers, the loop that learns from them, and the evidence for both.

All data live in the folder GUANXI_HOME (by default .guanxi below the current folder), including a PostgreSQL server of
its own. DATABASE_URL names another server instead.

\b
  guanxi run                    start everything and open a working company
  guanxi import sales.csv       bring in customers or transactions
  guanxi backup friday.guanxi   one file that `guanxi restore` turns back into the whole company
"""


class Commands(click.Group):
    """Commands are imported when they are asked for, after Django knows its apps."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"guanxi.site.commands.{COMMANDS[cmd_name]}").command
        return command


@click.group(
    cls=Commands, help=HELP, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}
)
@click.version_option(package_name="guanxi")
def guanxi() -> None:
    pass


def main() -> None:
    """The console script."""
    try:
        prepare()
        guanxi(prog_name="guanxi")
    except UserError as mistake:
        click.echo(str(mistake), err=True)
        sys.exit(1)


def prepare() -> None:
    """Settle the data folder and Django. What the program writes from here on is nobody else's to read."""
    os.umask(0o077)
    leave_on_sigterm()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guanxi.site.settings")
    make_home(Path(os.environ.get("GUANXI_HOME", ".guanxi")))
    django.setup()


if __name__ == "__main__":
    main()
