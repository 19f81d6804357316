"""Offers between two makings, when customers were merged or parted since who is who was read.

What is new to a customer, and what was bought how often, cannot be told of a few alone: until the next making there are
no offers. Who is as the making knew them gets back just what it published.
"""

from datetime import datetime

import pyarrow.parquet as pq
from django.db import transaction

from guanxi.insight.models import Offer
from guanxi.insight.offering.run import last_made, without_offers
from guanxi.insight.offering.shelf import Shelf
from guanxi.insight.refresh.regrouping import concerned, identities_now, identities_then


def regroup_offers() -> int:
    """Take back the offers of all merged or parted since; how many have offers now. Raises OffersRunning."""
    with without_offers(), transaction.atomic():
        made = last_made()
        parties = concerned(datetime.fromisoformat(made.facts["began_at"])) if made else []
        if not made or not parties:
            return 0
        Offer.objects.filter(party__in=parties).delete()
        shelf = Shelf.named(made.facts["shelf"])
        if not shelf.offers.exists():
            return 0
        now, then = identities_now(parties), identities_then(shelf.folder.identities, parties)
        as_they_were = [party for party in now if now[party] == then.get(party)]
        rows = pq.read_table(shelf.offers, filters=[("party_id", "in", as_they_were)]).to_pylist()
        Offer.objects.bulk_create(Offer(**row) for row in rows)
        return len({row["party_id"] for row in rows})
