"""Where a refresh keeps its steps' outputs: Parquet files that are either complete or absent."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from guanxi.insight.models import Refresh


@dataclass(frozen=True)
class Folder:
    """The files of one refresh."""

    path: Path

    @classmethod
    def of(cls, run: Refresh) -> "Folder":
        """The folder of this refresh, made on first use."""
        path = root() / str(run.pk)
        path.mkdir(parents=True, exist_ok=True)
        return cls(path)

    @property
    def identities(self) -> Path:
        """source, external_id → party, as the record has it now."""
        return self.path / "identities.parquet"

    @property
    def days(self) -> Path:
        """One row per source identity and day."""
        return self.path / "days.parquet"

    @property
    def statistics(self) -> Path:
        """One row per party that ever bought."""
        return self.path / "statistics.parquet"

    @property
    def record(self) -> Path:
        """One row per party on record: what the record says of it."""
        return self.path / "record.parquet"

    @property
    def touched(self) -> Path:
        """The parties whose facts or identities differ from the last refresh's; absent when all have to be read."""
        return self.path / "touched.parquet"

    @property
    def prices(self) -> Path:
        """One row per article: its usual price and quantity."""
        return self.path / "prices.parquet"

    @property
    def articles(self) -> Path:
        """One row per party that bought numbered articles: which, how cheaply, how much at once."""
        return self.path / "articles.parquet"

    @property
    def growth(self) -> Path:
        """One row per party that bought new articles in the last quarter: its sales of them."""
        return self.path / "growth.parquet"

    @property
    def gaps(self) -> Path:
        """One row per party and article that it buys in a cycle: sums of the days between, and the last day."""
        return self.path / "gaps.parquet"

    @property
    def calibration(self) -> Path:
        """The statistics of parties as of the back-test's cut, with what came after it."""
        return self.path / "calibration.parquet"

    @property
    def earlier(self) -> Path:
        """Those as of one horizon before that cut, up to the cut: what churn is learnt from."""
        return self.path / "earlier.parquet"

    @property
    def churn(self) -> Path:
        """One row per party: its chance to stay away, and the signs that speak for it; absent without such a model."""
        return self.path / "churn.parquet"

    @property
    def worth(self) -> Path:
        """One row per party that bought: profit, lifetime value, and what is at stake were it woken."""
        return self.path / "worth.parquet"

    @property
    def past(self) -> Path:
        """One row per party that had bought a quarter ago: what its stage was told from then."""
        return self.path / "past.parquet"

    @property
    def forecast(self) -> Path:
        """One row per party: expected purchase days and value with their intervals."""
        return self.path / "forecast.parquet"

    @property
    def figures(self) -> Path:
        """One row per party: the figures that explain its tags."""
        return self.path / "figures.parquet"

    @property
    def readings(self) -> Path:
        """One row per party: the figures to publish."""
        return self.path / "readings.parquet"

    @property
    def suggestions(self) -> Path:
        """At most one row per party: what to do next."""
        return self.path / "suggestions.parquet"

    @property
    def needs(self) -> Path:
        """A few rows per party: which article it is due to buy again, and when."""
        return self.path / "needs.parquet"


def root() -> Path:
    """The folder of all refreshes of this installation."""
    return Path(settings.GUANXI_HOME) / "refresh"


def refreshes() -> list[Path]:
    """The folders of the refreshes that still have files."""
    return [path for path in root().iterdir() if path.is_dir()] if root().exists() else []
