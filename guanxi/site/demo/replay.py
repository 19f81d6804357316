"""An A/A campaign in the data's past: a lot is drawn, nobody is treated, and the verdict stands as it falls."""

from datetime import UTC, datetime, timedelta

from django.db.models import QuerySet

from guanxi.customer.models import Party
from guanxi.foundation.accounts.models import User
from guanxi.insight.models import Programme
from guanxi.insight.programmes import assign, close_programme, expose, measure, open_programme, units_of

NAME = "A/A replay, October 2011"
SALT = "northgate:a/a:2011-10"  # written down before the first look; another salt would be another lot
EXPOSED_AT = datetime(2011, 10, 3, 8, tzinfo=UTC)
OUTCOME_DAYS = 28


def replay(by: User) -> Programme:
    """Open, draw, close and measure the replay, once."""
    existing = Programme.objects.filter(salt=SALT).first()
    if existing is not None and existing.verdicts.filter(is_final=True).exists():
        return existing
    programme = existing or _opened(by)
    units = units_of(_customers_of_that_day())
    assign(programme=programme, units=units, at=EXPOSED_AT)
    expose(programme=programme, units=units, at=EXPOSED_AT)
    end = EXPOSED_AT + timedelta(days=OUTCOME_DAYS)
    if not hasattr(programme, "closure"):
        close_programme(programme=programme, by=by, at=end)
    measure(programme=Programme.objects.get(pk=programme.pk), at=end + timedelta(hours=1))
    return programme


def _opened(by: User) -> Programme:
    programme = open_programme(
        name=NAME,
        control_share=0.5,
        by=by,
        at=EXPOSED_AT,
        kind=Programme.Kind.REPLAY,
        outcome_days=OUTCOME_DAYS,
    )
    programme.salt = SALT
    programme.save(update_fields=["salt"])
    return programme


def _customers_of_that_day() -> QuerySet[Party]:
    """Who had bought before the day of the replay."""
    return Party.objects.filter(reading__first_order_at__lt=EXPOSED_AT)
