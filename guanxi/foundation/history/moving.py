"""Following a history whose folder was moved or restored elsewhere: Iceberg's metadata know only absolute paths."""

from pathlib import Path

from pyiceberg.io.pyarrow import PyArrowFile, PyArrowFileIO
from sqlalchemy import Connection, text

from guanxi.foundation.history import ledger
from guanxi.foundation.history.catalogue import NAMESPACE, Catalogue, created_table, identifier, live_files
from guanxi.foundation.history.datasets import Dataset

METADATA = text(
    "SELECT metadata_location FROM iceberg_tables WHERE catalog_name = 'guanxi' AND table_namespace = :namespace"
    " AND table_name = :name"
)


class MovedFiles(PyArrowFileIO):
    """Reads at the new place what the metadata say lies at the old one."""

    def new_input(self, location: str) -> PyArrowFile:
        return super().new_input(location.replace(self.properties["moved-from"], self.properties["moved-to"], 1))


def follow(connection: Connection, dataset: Dataset, folder: Path) -> None:
    """Point the catalogue at the dataset's live files below `folder`, if it points elsewhere. Inside a transaction.

    Data files and ledger stay as they are; earlier snapshots are not readable any more.
    """
    place = connection.execute(METADATA, {"namespace": NAMESPACE, "name": dataset.name}).scalar_one_or_none()
    if place is None or Path(place).is_relative_to(folder):
        return
    old = Path(place).parents[3]  # folder / dataset / table / metadata / file
    io = {"py-io-impl": f"{__name__}.MovedFiles", "moved-from": str(old), "moved-to": str(folder)}
    table = Catalogue(connection, **io).load_table(identifier(dataset))
    files = [str(folder / Path(file.file_path).relative_to(old)) for file in live_files(table)]
    catalogue = Catalogue(connection)
    catalogue.drop_table(identifier(dataset))
    here = created_table(catalogue, dataset, folder / Path(table.location()).relative_to(old))
    if files:
        here.add_files(files, snapshot_properties={"guanxi.kind": "follow"}, check_duplicate_files=False)
        snapshot = here.metadata.current_snapshot_id
        ledger.record(connection, dataset.name, ledger.Entry("compact", snapshot, 0))
