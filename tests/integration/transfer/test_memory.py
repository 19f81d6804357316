import pytest

from guanxi.foundation.company.models import Company
from guanxi.integration.transfer.actions import map_columns
from tests.integration.transfer.files import imported, received, run

pytestmark = pytest.mark.django_db


def test_a_confirmed_mapping_is_proposed_for_the_next_file_with_these_columns(company: Company) -> None:
    first = received("Nr,Wer,Bemerkung\n1,Ann,x\n")
    map_columns(import_=first, kind="customers", source="web-shop", mapping={"0": "number", "1": "name"}, choices={})
    run(first)

    second = received("NR,wer,Bemerkung\n2,Bob,y\n")

    assert (second.kind, second.source_key, second.mapping) == ("customers", "web-shop", {"0": "number", "1": "name"})


def test_a_file_with_other_columns_is_proposed_afresh(company: Company) -> None:
    imported("Nr,Name\n1,Ann\n", source="web-shop")
    assert received("Id,Name,City\n1,Ann,Bath\n").source_key == "import"
