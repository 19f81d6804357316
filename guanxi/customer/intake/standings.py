from collections import defaultdict
from collections.abc import Collection

from guanxi.customer.intake.standing import Saying, Standing
from guanxi.customer.models import Source, SourceRecord, SupersededPayload


def standings(source: Source, external_ids: Collection[str]) -> dict[str, Standing]:
    """What the source has said so far about these customers, in two queries; a blank standing for the unknown ones."""
    found: defaultdict[str, Standing] = defaultdict(Standing)
    records = SourceRecord.objects.filter(source=source, external_id__in=list(external_ids))
    for each in records.values_list("external_id", "id", "party_id", "payload", "fields", "as_of", "received_at"):
        external_id, record, party, *saying = each
        found[external_id] = Standing(record, party, Saying(*saying))
    _add_earlier({each.record: each for each in found.values() if each.record})
    return found


def _add_earlier(known: dict[int, Standing]) -> None:
    rows = SupersededPayload.objects.filter(source_record_id__in=list(known))
    for record, *saying in rows.values_list("source_record_id", "payload", "fields", "as_of", "received_at"):
        known[record].earlier.append(Saying(*saying))
