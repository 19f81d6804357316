from guanxi.foundation.company.clock import now
from guanxi.foundation.jobs.declare import every, job
from guanxi.integration.transfer.export.actions import remove_expired
from guanxi.integration.transfer.export.work import carry_on_export, exports_waiting
from guanxi.integration.transfer.forgetting import forget_the_erased
from guanxi.integration.transfer.models import Import
from guanxi.integration.transfer.queries import imports_underway
from guanxi.integration.transfer.undo.work import carry_on_undo, undos_underway
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


@job("transfer.forget")
def forget_in_import(import_id: int) -> None:
    """Forget the erased in a cancelled import: one whose process died goes on no more, and has not forgotten them."""
    forget_the_erased(Import.objects.get(pk=import_id))


@job("transfer.carry_on_undo")
def undo_import(import_id: int) -> None:
    """Take one import back."""
    carry_on_undo(import_id=import_id, clock=now)


@every("* * * * *", "transfer.carry_on_undos")
def undo_imports() -> None:
    """Go on with undos whose process died, or which waited for another import of their source."""
    for import_id in undos_underway():
        carry_on_undo(import_id=import_id, clock=now)


@job("transfer.write_export")
def write_export(export_id: int) -> None:
    """Write the file of one export."""
    carry_on_export(export_id=export_id, clock=now)


@every("* * * * *", "transfer.write_all_exports")
def write_exports() -> None:
    """Go on with exports whose process died."""
    for export_id in exports_waiting():
        carry_on_export(export_id=export_id, clock=now)


@every("23 * * * *", "transfer.remove_exports")
def remove_exports() -> None:
    """Remove the files whose time is over."""
    remove_expired(at=now())
