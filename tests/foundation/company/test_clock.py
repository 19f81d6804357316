"""The company's clock: real time, or the afternoon of the day at which its calendar stands."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanxi.foundation.company import clock
from guanxi.foundation.company.models import Company

DAY = date(2011, 12, 9)
FROM, UNTIL = datetime(2020, 1, 1), datetime(2030, 1, 1)  # noqa: DTZ001 (hypothesis adds the zone)
LAST_FACT = datetime(2011, 12, 9, 12, 50, tzinfo=UTC)


def test_without_a_stopped_calendar_the_clock_is_the_real_one(company: Company) -> None:
    before = timezone.now()
    assert before <= clock.now() <= timezone.now()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(moment=st.datetimes(FROM, UNTIL, timezones=st.just(UTC)))
def test_on_a_stopped_day_every_fact_is_past_and_time_goes_on(
    moment: datetime, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    Company.objects.update(clock_day=DAY)
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "now", lambda: moment)
        first = clock.now()
        assert first > LAST_FACT
        assert clock.today() == DAY
        if moment.hour < 22:  # not across a midnight, where the day begins again
            patch.setattr(timezone, "now", lambda: moment + timedelta(minutes=1))
            assert clock.now() > first
