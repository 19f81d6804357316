"""Records that came to a customer and were split off to somebody else, who keeps them when that customer is erased."""

from collections.abc import Collection

from guanxi.customer.models import Party, SourceRecord, Split


def settle_departed(parties: Collection[int]) -> set[int]:
    """Give what was split off from these parties to others a home with those; which records. Needs a transaction.

    A home never changes otherwise; here the old one is about to go, and with it the split that led away from it.
    Parties that earlier splits of the record left empty lead to its home, as ever.
    """
    standing = Split.objects.filter(undone_at=None, record__home__in=parties).exclude(party__in=parties)
    homes = dict(standing.values_list("record", "party"))
    for record in SourceRecord.objects.filter(pk__in=homes):
        SourceRecord.objects.filter(pk=record.pk).update(home=homes[record.pk])
        emptied = Split.objects.filter(record=record).exclude(undone_at=None)
        Party.ever.filter(pk__in=emptied.values("party")).update(merged_into=record.party_id)
    Split.objects.filter(record__in=homes, undone_at=None).delete()
    return set(homes)
