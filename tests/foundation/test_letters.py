from hypothesis import given
from hypothesis import strategies as st

from guanxi.foundation.letters import html_of, page_of


def test_paragraphs_and_lines_of_the_text_are_kept() -> None:
    assert html_of("Dear Wang,\n\nfirst line\nsecond line") == "<p>Dear Wang,</p>\n<p>first line<br>\nsecond line</p>"


def test_web_addresses_become_links_without_the_full_stop_behind_them() -> None:
    assert html_of("See https://shop.example/a?b=1&c=2.") == (
        '<p>See <a href="https://shop.example/a?b=1&amp;c=2">https://shop.example/a?b=1&amp;c=2</a>.</p>'
    )
    assert 'href="https://shop.example/茶"' in html_of("请看https://shop.example/茶。")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_text_can_smuggle_an_element_into_the_letter(text: str) -> None:
    bare = html_of(text)
    for allowed in ("<p>", "</p>", "<br>", "</a>"):
        bare = bare.replace(allowed, "")
    assert all(piece.startswith('a href="http') for piece in bare.split("<")[1:])


def test_the_page_says_its_language() -> None:
    assert '<html lang="zh-Hans">' in page_of("您好", "王先生")
    assert '<html lang="en">' in page_of("Hello", "Mr Wang")
