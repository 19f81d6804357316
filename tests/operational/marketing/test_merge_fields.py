import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.operational.marketing.merge_fields import FIELDS, TemplateError, fill, read_template

KNOWN = {"name": "王晓梅", "city": "Leeds", "company": "Northgate"}


def test_a_field_becomes_what_is_known_of_the_customer() -> None:
    assert fill("Dear {{ name }} of {{city|your town}}", KNOWN) == "Dear 王晓梅 of Leeds"


def test_what_is_not_known_becomes_the_declared_fallback() -> None:
    assert fill("Greetings to {{ city | your town }}!", {"city": ""}) == "Greetings to your town!"


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("Dear {{ nmae }}", "There is no field “nmae”"),
        ("Dear {{ city }}", "“city” is not known of every customer"),
        ("Dear {{ city | }}", "“city” is not known of every customer"),
        ("Dear {{ name", "not closed"),
        ("{{ name {{ name }}", "not closed"),
        ("{{ name " * 200_000, "not closed"),
        ("Dear name }}", "not closed"),
        ("Dear {{ name.delete }}", "cannot be read"),
        ("Dear {{ 7 * 7 }}", "cannot be read"),
        ("Dear {{ name|upper|lower }}", "cannot be read"),
    ],
)
def test_a_template_that_could_fail_later_is_refused_when_it_is_saved(template: str, said: str) -> None:
    with pytest.raises(TemplateError, match=said):
        read_template(template)


def test_values_are_never_read_as_templates() -> None:
    assert fill("Dear {{ name }}", {"name": "{{ city }}"}) == "Dear {{ city }}"


@given(st.text(st.characters(exclude_characters="{}")), st.text(st.characters(exclude_characters="{}|")))
def test_text_without_fields_is_sent_as_it_was_written(text: str, fallback: str) -> None:
    assert fill(text, {}) == text


@given(st.lists(st.sampled_from(sorted(FIELDS))), st.dictionaries(st.sampled_from(sorted(FIELDS)), st.text()))
def test_every_accepted_template_can_be_filled_for_every_customer(names: list[str], values: dict[str, str]) -> None:
    text = " ".join(f"{{{{ {name} | x }}}}" for name in names)
    assert fill(text, values) == " ".join(values.get(name) or "x" for name in names)
