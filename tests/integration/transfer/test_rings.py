import gc

import pytest

from guanxi.foundation.company.models import Company
from guanxi.integration.transfer import work
from guanxi.integration.transfer.models import Import
from tests.integration.transfer.files import imported

pytestmark = pytest.mark.django_db


def test_rings_are_sought_seldom_during_an_import_and_as_usual_after_it(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    usually, note, during = gc.get_threshold(), work._note_progress, []

    def watched(*given: object) -> None:
        during.append((gc.get_threshold(), gc.get_freeze_count()))
        note(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(work, "_note_progress", watched)
    assert imported("Customer No,Name\n1,Ann\n").state == Import.State.FINISHED
    ((threshold, frozen),) = during
    assert threshold[0] > 100 * usually[0]
    assert frozen > 0
    assert (gc.get_threshold(), gc.get_freeze_count()) == (usually, 0)
