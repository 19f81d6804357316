from datetime import datetime

from guanxi.customer.models import Source, SourceRecord
from guanxi.customer.timeline import Happening, Occurrence, record
from guanxi.foundation.accounts.models import User


def tell(party: int, what: Happening, *, by: User | None, at: datetime) -> None:
    """Put bookkeeping about a party on the timeline of whoever holds it now.

    It hangs on the party's own record if there is one, else on its oldest: who is merged need not be typed about.
    """
    homes = SourceRecord.objects.filter(home=party).order_by("pk").select_related("source")
    found = list(homes.exclude(splits__in=homes.filter(splits__undone_at=None).values("splits")))
    bearer = next((each for each in found if each.source.key == Source.OWN), found[0])
    record(Occurrence(party=bearer.party_id, source_record=bearer.pk, what=what, at=at, by=by))
