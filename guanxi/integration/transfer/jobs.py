from guanxi.foundation.company.clock import now
from guanxi.foundation.jobs.declare import every, job
from guanxi.integration.transfer.queries import imports_underway
from guanxi.integration.transfer.work import carry_on


@job("transfer.carry_on")
def carry_on_import(import_id: int) -> None:
    """Work one import off."""
    carry_on(import_id=import_id, clock=now)


@every("* * * * *", "transfer.carry_on_all")
def carry_on_imports() -> None:
    """Go on with imports whose process died, or which waited for another import of their source."""
    for import_id in imports_underway():
        carry_on(import_id=import_id, clock=now)
