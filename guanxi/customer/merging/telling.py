from datetime import datetime

from guanxi.customer.models import Source, SourceRecord
from guanxi.customer.models.split import belonging
from guanxi.customer.timeline import Happening, Occurrence, record
from guanxi.foundation.accounts.models import User


def tell(party: int, what: Happening, *, by: User | None, at: datetime) -> None:
    """Put bookkeeping about a party on the timeline of whoever holds it now.

    It hangs on the party's own record if there is one, else on its oldest: who is merged need not be typed about. Of a
    party that was made by a split, that is the record that was split off.
    """
    found = list(SourceRecord.objects.filter(belonging([party])).order_by("pk").select_related("source"))
    bearer = next((each for each in found if each.source.key == Source.OWN), found[0])
    record(Occurrence(party=bearer.party_id, source_record=bearer.pk, what=what, at=at, by=by))
