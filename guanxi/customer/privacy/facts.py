"""The history's part of an erasure: facts about the customer go, or stay for the books without the customer."""

import pyarrow as pa
import pyarrow.compute as pc

from guanxi.customer.models import PrivacyRequest
from guanxi.customer.privacy.subject import Subject
from guanxi.foundation.history import store
from guanxi.foundation.history.datasets import all_declared

ORDER_LINES = "order_lines"
BATCH = "batch"


def erase_facts(request: PrivacyRequest, subject: Subject) -> dict[str, int]:
    """Erase every fact of the identities. Order lines may be kept anonymous: no customer, no order number, new keys.

    Done again after a kill, the anonymous lines are recognised by their batch.
    """
    counts = {}
    for dataset in all_declared():
        if request.facts == PrivacyRequest.Facts.ANONYMISE and dataset.name == ORDER_LINES:
            counts[f"{dataset.name}:kept_anonymous"] = _keep_anonymous(request, subject)
        counts[dataset.name] = store().erase(dataset.name, subject.identities)
    return counts


def _keep_anonymous(request: PrivacyRequest, subject: Subject) -> int:
    lines = store().facts_of(ORDER_LINES, subject.identities)
    if not lines.num_rows:
        return 0
    orders = pc.dictionary_encode(lines["order_id"].combine_chunks()).indices
    numbers = pa.array(
        [None if each is None else f"erased-{request.pk}-{each + 1}" for each in orders.to_pylist()], pa.string()
    )
    keys = pa.array([-(request.pk << 32) - number for number in range(1, lines.num_rows + 1)], pa.int64())
    anonymous = {"external_id": pa.nulls(lines.num_rows, pa.string()), "order_id": numbers, "line_key": keys}
    for name, column in anonymous.items():
        lines = lines.set_column(lines.schema.get_field_index(name), name, column)
    if BATCH in lines.column_names:
        lines = lines.drop_columns([BATCH])
    store().append(ORDER_LINES, f"anonymous-{request.pk}", lines)
    return int(lines.num_rows)
