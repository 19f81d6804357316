"""A letter is written once, as plain text; its HTML form is derived from it, so both say the same."""

import re

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

ADDRESS = re.compile(r"https?://[^\s<>\"'，。；）]+[^\s<>\"'，。；）.,;:!?)]")
BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
CHINESE = re.compile(r"[\u3400-\u9fff]")
STYLE = (
    "margin:0;padding:24px;font:16px/1.55 sans-serif;color:#231e19;background:#fffdf8;"
    "max-width:640px;overflow-wrap:anywhere"
)

PAGE = (
    '<!doctype html>\n<html lang="{}"><head><meta charset="utf-8"><title>{}</title>'
    '<meta name="viewport" content="width=device-width"></head>\n<body style="{}">\n{}\n</body></html>\n'
)


def html_of(text: str) -> SafeString:
    """Paragraphs of a plain text: everything is escaped, only line breaks and web addresses become elements."""
    paragraphs = BLANK_LINES.split(text.replace("\r\n", "\n").strip())
    return mark_safe("\n".join(f"<p>{_paragraph(p)}</p>" for p in paragraphs if p.strip()))  # noqa: S308 (escaped below)


def page_of(subject: str, text: str) -> str:
    """A whole HTML document, as it goes into a mail."""
    language = "zh-Hans" if CHINESE.search(text) else "en"
    return format_html(PAGE, language, subject, STYLE, html_of(text))


def _paragraph(text: str) -> str:
    pieces, end = [], 0
    for found in ADDRESS.finditer(text):
        pieces += [_lines(text[end : found.start()]), format_html('<a href="{0}">{0}</a>', found[0])]
        end = found.end()
    return "".join([*pieces, _lines(text[end:])])


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>\n")
