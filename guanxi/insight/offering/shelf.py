"""Where the week's offers keep their files. Once published, who is who and the offers themselves stay."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from guanxi.insight.refresh.folder import Folder


@dataclass(frozen=True)
class Shelf:
    """The files of one making of offers, which the step that published it names."""

    folder: Folder

    @classmethod
    def new(cls) -> "Shelf":
        """An empty one, under a name of its own."""
        home().mkdir(parents=True, exist_ok=True)
        return cls(Folder(Path(tempfile.mkdtemp(dir=home()))))

    @classmethod
    def named(cls, name: str) -> "Shelf":
        """The one of this name; on another machine, and after an erasure, its files are absent."""
        return cls(Folder(home() / name))

    @property
    def name(self) -> str:
        return self.folder.path.name

    @property
    def catalogue(self) -> Path:
        """One row an article that can be offered; its number is its row."""
        return self.folder.path / "catalogue.parquet"

    @property
    def purchases(self) -> Path:
        """One row a party, article and day."""
        return self.folder.path / "purchases.parquet"

    @property
    def pairs(self) -> Path:
        """One row a party and article, party by party."""
        return self.folder.path / "pairs.parquet"

    @property
    def offers(self) -> Path:
        """One row an offer."""
        return self.folder.path / "offers.parquet"

    def keep_alone(self) -> None:
        """Once published: all other shelves go, and of this one what regrouping does not need."""
        for other in home().iterdir():
            if other != self.folder.path:
                shutil.rmtree(other)
        for file in (self.catalogue, self.purchases, self.pairs):
            file.unlink(missing_ok=True)


def home() -> Path:
    """The folder of all of them."""
    return Path(settings.GUANXI_HOME) / "offers"
