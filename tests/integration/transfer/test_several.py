"""A customer has several phones and addresses; a file names them in several columns."""

import pytest

from guanxi.customer.models import CustomField, Identifier, Party
from guanxi.foundation.company.models import Company
from tests.integration.transfer.files import imported, received, run
from tests.world import NOW

pytestmark = pytest.mark.django_db

SEVERAL = (
    "Customer No,Name,Phone,Phone 2,E-mail,E-mail 2,Fax,Account manager e-mail\n"
    "1,Ann Lee,+441632960001,+44 1632 960002,ann@example.com,lee@example.org,+441632960009,boss@northgate.example\n"
    "2,Bo Tan,,+441632960003,not an address,bo@example.com,,boss@northgate.example\n"
    "3,Cy Low,+441632960004,+441632960004,,,,\n"
)


def pointers(name: str) -> set[tuple[str, str]]:
    found = Identifier.objects.filter(party__name=name).exclude(kind="number")
    return set(found.values_list("kind", "value"))


def test_every_phone_and_address_points_at_the_customer_and_the_first_is_shown(company: Company) -> None:
    imported(SEVERAL)

    assert pointers("Ann Lee") == {
        ("phone", "+441632960001"),
        ("phone", "+441632960002"),
        ("email", "ann@example.com"),
        ("email", "lee@example.org"),
    }
    ann = Party.objects.get(name="Ann Lee")
    assert (ann.phone, ann.email) == ("+441632960001", "ann@example.com")


def test_the_first_readable_one_is_shown_and_the_unreadable_one_is_noted(company: Company) -> None:
    import_ = imported(SEVERAL)

    bo = Party.objects.get(name="Bo Tan")
    assert (bo.phone, bo.email) == ("+441632960003", "bo@example.com")
    assert import_.counts["note:partly_read"] == 1


def test_the_same_number_twice_points_once(company: Company) -> None:
    imported(SEVERAL)
    assert pointers("Cy Low") == {("phone", "+441632960004")}


def test_numbers_of_others_are_not_the_customers(company: Company) -> None:
    import_ = received(SEVERAL)
    held = {import_.header[int(place)]: key for place, key in import_.mapping.items()}
    assert held == {
        "Customer No": "number", "Name": "name", "Phone": "phone", "Phone 2": "phone", "E-mail": "email", "E-mail 2": "email",
    }  # fmt: skip


def test_a_row_without_a_number_is_known_by_its_second_phone(company: Company) -> None:
    rows = "Name,Phone,Phone 2\nAnn Lee,,+441632960002\n"
    imported(rows)
    assert imported(rows).counts == {"unchanged": 1}


def test_a_field_of_the_companys_own_is_taken_in_under_its_label(company: Company) -> None:
    CustomField.objects.create(key="roast", label="Favourite roast", kind=CustomField.Kind.TEXT, defined_at=NOW)
    CustomField.objects.create(key="since", label="Member since", kind=CustomField.Kind.DATE, defined_at=NOW)

    import_ = received("Customer No,Name,favourite roast,Seen\n1,Ann Lee,dark,2026-01-02\n2,Bo Tan,light,2026-01-03\n")
    assert import_.mapping["2"] == "custom:roast"
    assert "3" not in import_.mapping

    run(import_)
    assert Party.objects.get(name="Ann Lee").custom == {"roast": "dark"}
