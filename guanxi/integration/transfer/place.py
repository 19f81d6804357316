"""Where the files of an import lie: `GUANXI_HOME/imports/<id>/`."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Place:
    """The folder of one import. Every file in it but the original can be worked out again."""

    folder: Path

    @property
    def original(self) -> Path:
        """The file as it was sent, verbatim."""
        return self.folder / "original"

    @property
    def rows(self) -> Path:
        """Its rows as text."""
        return self.folder / "rows.parquet"

    @property
    def prepared(self) -> Path:
        """What the rows say under the mapping, and which of them cannot be taken in."""
        return self.folder / "prepared.parquet"

    @property
    def outcomes(self) -> Path:
        """The folder with the outcome of every row, a Parquet file for each part."""
        return self.folder / "outcomes"

    def outcome(self, chunk: int) -> Path:
        return self.outcomes / f"{chunk:06d}.parquet"


def place_of(import_id: int) -> Place:
    """The place of an import; its folder is made on first use."""
    place = Place(Path(settings.GUANXI_HOME) / "imports" / str(import_id))
    place.outcomes.mkdir(parents=True, exist_ok=True)
    return place
