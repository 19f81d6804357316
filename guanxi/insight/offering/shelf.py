"""Where the week's offers keep their files. Once published, who is who and the offers themselves stay."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from guanxi.insight.refresh.folder import Folder


@dataclass(frozen=True)
class Shelf(Folder):
    """The files of one making of offers. `identities` is the refresh's: which party each source identity belongs to."""

    @classmethod
    def of_draft(cls) -> "Shelf":
        """The shelf to work on, empty."""
        path = home() / "draft"
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True)
        return cls(path)

    @classmethod
    def of_published(cls) -> "Shelf":
        """The shelf of the offers that are shown; its files are absent before the first, or on another machine."""
        return cls(home() / "published")

    @property
    def catalogue(self) -> Path:
        """One row an article that can be offered; its number is its row."""
        return self.path / "catalogue.parquet"

    @property
    def purchases(self) -> Path:
        """One row a party, article and day."""
        return self.path / "purchases.parquet"

    @property
    def pairs(self) -> Path:
        """One row a party and article, party by party."""
        return self.path / "pairs.parquet"

    @property
    def offers(self) -> Path:
        """One row an offer."""
        return self.path / "offers.parquet"

    def become_published(self) -> None:
        """Take the place of the published one, with what regrouping needs."""
        for file in (self.catalogue, self.purchases, self.pairs):
            file.unlink(missing_ok=True)
        published = self.of_published().path
        shutil.rmtree(published, ignore_errors=True)
        self.path.rename(published)


def home() -> Path:
    """The folder of all of them."""
    return Path(settings.GUANXI_HOME) / "offers"
