"""Components escape what people typed, say in words what they show in colour, and refuse what they do not know."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation


def drawn(source: str, **context: object) -> str:
    with translation.override("en"):
        return Template("{% load ui %}" + source).render(Context(context))


def test_what_people_typed_is_escaped() -> None:
    assert "<b>" not in drawn("{% chip text %}{% panel title=text %}{{ text }}{% endpanel %}", text="<b>Ann</b>")


def test_an_unknown_icon_is_an_error_that_names_the_list() -> None:
    with pytest.raises(TemplateSyntaxError, match=r"icons\.py"):
        drawn('{% icon "unicorn" %}')


def test_an_icon_is_silent_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in drawn('{% icon "mail" %}')
    assert 'role="img" aria-label="E-mail"' in drawn('{% icon "mail" "" "E-mail" %}')


def test_a_figure_shows_value_interval_and_picture() -> None:
    shown = drawn(
        '{% figure "Value" value low high currency="GBP" %}',
        value=Decimal("48200"),
        low=Decimal("39400"),
        high=Decimal("58100"),
    )
    assert "£48,200" in shown
    assert "80%: 39,400–58,100" in shown
    assert 'aria-label="80%: 39,400–58,100"' in shown


def test_a_figure_nobody_knows_says_so() -> None:
    assert "not known yet" in drawn('{% figure "Value" None %}')


def test_a_strength_that_is_not_measured_is_said_and_leaves_its_bar_empty() -> None:
    shown = drawn("{% three 71 82 None 60 %}")
    assert 'aria-label="behaviour 82, emotion not known yet, time 60"' in shown
    assert 'height="0"' in shown


def test_consent_is_said_in_words_and_not_only_in_colour() -> None:
    rows = [("Offers", ["given", "none", "withdrawn"])]
    shown = drawn("{% consent_lights channels rows %}", channels=[("mail", "E-mail")] * 3, rows=rows)
    assert all(f'aria-label="{word}"' in shown for word in ("given", "not asked", "withdrawn"))


def test_no_component_brings_an_inline_style_or_script() -> None:
    shown = drawn(
        "{% dial 74 82 61 79 %}{% whisker 5 1 9 %}{% measure 0.5 label %}{% sparkline values %}",
        label="half",
        values=[1, 2],
    )
    assert "style=" not in shown
    assert "<script" not in shown


def test_json_for_a_chart_cannot_end_its_element() -> None:
    assert "</script>" not in drawn("{{ value|to_json }}", value={"name": "</script><b>"})


def test_a_sorted_column_keeps_the_rest_of_the_address_and_turns_round() -> None:
    request = RequestFactory().get("/customers/?stage=lost&sort=value&after=x")
    shown = drawn('{% sort_header "value" "Value" %}', request=request)
    assert 'aria-sort="ascending"' in shown
    assert "stage=lost" in shown
    assert "sort=-value" in shown
    assert "after" not in shown


def test_how_long_ago_is_told_by_the_companys_clock() -> None:
    now = datetime(2011, 12, 9, 12, tzinfo=UTC)
    assert "2 days ago" in drawn("{% ago at %}", at=datetime(2011, 12, 7, 12, tzinfo=UTC), now=now)


@pytest.mark.parametrize(("name", "short"), [("Hannah Cole", "HC"), ("林悦", "林"), ("Cher", "C"), ("", "")])
def test_initials_follow_the_script_of_the_name(name: str, short: str) -> None:
    assert drawn("{{ name|initials }}", name=name) == short
