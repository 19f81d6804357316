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

# In the order in which somebody new needs them: the module in guanxi.site.commands, and a line of help. The lines stand
# here because importing the commands takes seconds, and asking for help must not.
COMMANDS = {
    "run": ("run", "Start everything and open a working company."),
    "demo": ("demo", "Load the demonstration company into a new installation."),
    "import": ("import_file", "Bring in customers or transactions from a file."),
    "refresh": ("refresh", "Compute everybody's scores, tags and next actions anew."),
    "user": ("user", "Make a log-in, or set a forgotten password."),
    "check": ("check", "Look whether everything is as it should be."),
    "backup": ("backup", "Write the whole company into one file."),
    "restore": ("restore", "Make an empty data folder the company that a backup holds."),
    "migrate": ("migrate", "Bring the database's tables up to this version."),
    "web": ("web", "The pages: one web process, or several."),
    "worker": ("worker", "The jobs: sends, refreshes, nightly work."),
    "push": ("push", "The stream that keeps open pages fresh."),
    "relay": ("relay", "The one process that passes notices on to push."),
    "migrations": ("migrations", "For developers: write the changes of the tables that the models ask for."),
    "messages": ("messages", "For developers: collect and compile the translated words."),
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
        prepare()
        command: click.Command = import_module(f"guanxi.site.commands.{COMMANDS[cmd_name][0]}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(
    cls=Commands, help=HELP, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}
)
@click.version_option(package_name="guanxi")
def guanxi() -> None:
    pass


def main() -> None:
    """The console script."""
    try:
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
