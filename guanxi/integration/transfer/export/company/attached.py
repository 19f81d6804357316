"""The files kept with customers, in the company's archive: each as it was handed in, and a table of whose they are."""

from collections.abc import Iterator
from shutil import copyfileobj
from tempfile import TemporaryFile
from zipfile import ZipFile

from guanxi.customer.engagement.files import place_of
from guanxi.customer.models import Attachment
from guanxi.integration.transfer.downloads import csv_lines

TABLE = "files.csv"
HEAD = ["File", "Customer number", "Customer", "Name", "Type", "Bytes", "SHA-256", "Added at", "Added by"]
LOT = 2_000


def write_files(archive: ZipFile) -> None:
    """Put the files into the archive, then their table, in which a file whose bytes are gone has no place."""
    with TemporaryFile() as table:
        table.writelines(line.encode() for line in csv_lines(HEAD, _packed(archive)))
        table.seek(0)
        with archive.open(TABLE, "w", force_zip64=True) as packed:
            copyfileobj(table, packed)


def _packed(archive: ZipFile) -> Iterator[list[str]]:
    kept = Attachment.objects.select_related("party", "added_by").order_by("pk")
    for each in kept.iterator(LOT):
        by = each.added_by.name if each.added_by else ""
        about = [str(each.party_id), each.party.name, each.name, each.media_type, str(each.size), each.sha256]
        yield [_pack(archive, each), *about, f"{each.added_at:%FT%TZ}", by]


def _pack(archive: ZipFile, attachment: Attachment) -> str:
    """The name in the archive; empty when somebody has just taken the file away."""
    name = f"files/{attachment.pk} {attachment.name}"
    try:
        archive.write(place_of(attachment.sha256), name)
    except FileNotFoundError:
        return ""
    return name
