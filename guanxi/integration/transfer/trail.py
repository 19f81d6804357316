"""What imports and exports write on the trail, in words."""

from django.utils.translation import gettext_lazy as _

from guanxi.integration.transfer.fields import Kind
from guanxi.integration.transfer.reasons import NOTES, RESULTS

VERBS = {
    "company.exported": _("Asked for the whole company as a file"),
    "customer.exported": _("Asked for customers as a file"),
    "question.asked": _("Put a question to a table"),
    "question.table_brought": _("Brought a table for a question"),
    "question.thrown_away": _("Threw a question and its table away"),
    "transfer.export_fetched": _("Fetched the file of an export"),
    "transfer.export_finished": _("Finished an export"),
    "transfer.export_limited": _("Limited how much a role may take out a day"),
    "transfer.export_removed": _("Removed the file of an export"),
    "transfer.export_resumed": _("Resumed an export"),
    "transfer.file_given_out": _("Gave out a file of an import"),
    "transfer.file_received": _("Received a file to import"),
    "transfer.import_cancelled": _("Cancelled an import"),
    "transfer.import_finished": _("Finished an import"),
    "transfer.import_paused": _("Paused an import"),
    "transfer.import_resumed": _("Resumed an import"),
    "transfer.import_started": _("Started an import"),
    "transfer.import_undo_asked": _("Asked to undo an import"),
    "transfer.import_undo_paused": _("Paused the undo of an import"),
    "transfer.import_undo_resumed": _("Resumed the undo of an import"),
    "transfer.import_undone": _("Undid an import"),
}
SUBJECTS = {"export": _("Export"), "import": _("Import"), "question": _("Question to a table")}
FACTS = {
    **RESULTS,
    **{f"note:{key}": said for key, said in NOTES.items()},
    "done_rows": _("Rows done"),
    "file": _("File"),
    "format": _("Format"),
    "removed": _("Removed"),
    "restored": _("Restored"),
    "rows_a_day": _("Rows a day"),
    "sha256": _("Checksum"),
    "size": _("Size"),
    "source": _("Source"),
    "where": _("Which"),
}
VALUES = {"kind": dict(Kind.choices)}
