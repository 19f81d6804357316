import click
from django.core.management import call_command

from guanxi.foundation.company.queries import current, is_open
from guanxi.foundation.errors import UserError
from guanxi.site.demo import PASSWORD, SHOWN_LOGINS, address, load
from guanxi.site.opening import database, unapplied_migrations
from guanxi.site.steps import console


@click.command()
def command() -> None:
    """Load a wholesaler's real invoices with invented people. A load that was cut goes on where it stood.

    It refuses to touch a company of your own.
    """
    with database():
        if unapplied_migrations():
            call_command("migrate", verbosity=0, interactive=False)
        company = current()
        if company and not company.is_demo:
            raise UserError(
                f"Here lives {company.name}. The demonstration needs a data folder of its own: GUANXI_HOME."
            )
        if is_open():
            click.echo("The demonstration company is there already.")
        else:
            load(say=console.print)
        click.echo(f"Log in as {', '.join(map(address, SHOWN_LOGINS))} with the password {PASSWORD}")
