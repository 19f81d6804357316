"""Segments and shared views that a marketer would have kept."""

from guanxi.customer.filters import as_json, read_conditions
from guanxi.customer.models import SavedView
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.clock import now
from guanxi.insight.models import Segment

AGREED = ["consent", "in", ["offers/mail"]]
OVERDUE = "Overdue regulars 逾期老客户"
SEGMENTS = {
    OVERDUE: [["computed_tag", "in", ["overdue"]], AGREED],
    "Valuable and falling 高价值下滑客户": [["tier", "in", ["vip", "major"]], ["stage", "in", ["decline"]]],
    "Bought once 一次性客户": [["computed_tag", "in", ["one_time"]], AGREED],
}
VIEWS = {
    "Most valuable 高价值": ([["tier", "in", ["vip", "major"]]], "-expected_value"),
    "In decline 下滑": ([["stage", "in", ["decline"]]], "-revenue_year"),
}


def suggest_segments(by: User) -> None:
    """Keep the segments and views that are missing."""
    for name, conditions in SEGMENTS.items():
        checked = as_json(read_conditions(conditions))
        Segment.objects.get_or_create(name=name, defaults={"conditions": checked, "made_by": by, "made_at": now()})
    for name, (conditions, order) in VIEWS.items():
        checked = as_json(read_conditions(conditions))
        SavedView.objects.get_or_create(
            owner=by, name=name, defaults={"is_shared": True, "conditions": checked, "order": order}
        )
