"""The words of the product: collected from code and templates, translated in a .po file, compiled at set-up.

Pure Python: babel reads what Django's own template translator makes of a template, and nobody needs gettext's tools.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[2]
LOCALES = PACKAGE / "locale"
LANGUAGE = "zh_Hans"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
STRING = r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*\""""
CALL = re.compile(rf"""\b(?:n?p?gettext|_)\((?:{STRING}|[^()'"])*\)""")
HEADER = r"""# Guanxi in Simplified Chinese, with the words of docs/glossary.md. `guanxi messages` keeps it in step.
msgid ""
msgstr ""
"Language: zh_Hans\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=1; plural=0;\n"

"""
SLOT = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


def catalogue_path() -> Path:
    """Where the translation is kept and reviewed."""
    return LOCALES / LANGUAGE / "LC_MESSAGES" / "django.po"


def collect() -> Catalog:
    """Everything the product says, in English, with the files that say it."""
    found = Catalog(project="Guanxi", charset="utf-8")
    for path in sorted(_sources()):
        code = _code(path)
        place = (path.relative_to(PACKAGE.parent).as_posix(), 0)
        for _line, ids, comments, context in extract("python", io.BytesIO(code.encode()), KEYWORDS, ["Translators:"]):
            found.add(ids, locations=[place], auto_comments=comments, context=context)
    return found


def update() -> Catalog:
    """Bring the .po file up to date: new sentences come in untranslated, gone ones leave, nothing is guessed."""
    translated = read()
    translated.update(collect(), no_fuzzy_matching=True)
    translated.obsolete.clear()
    write(translated)
    return translated


def read() -> Catalog:
    """The translation as it is kept; an empty one when there is none yet."""
    path = catalogue_path()
    if not path.exists():
        return Catalog(locale=LANGUAGE, project="Guanxi", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, abort_invalid=True)


def write(catalogue: Catalog) -> None:
    """Keep the translation, in the order of the sentences, without lines that change by themselves."""
    path = catalogue_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    for message in catalogue:
        if message.id and not _wanted(message):
            message.flags.discard("python-format")  # "80% interval" is no format, whatever babel takes it for
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=0, omit_header=True, sort_output=True, include_lineno=False)
    path.write_text(HEADER + buffer.getvalue().decode(), encoding="utf-8")


def compile_catalogue() -> bool:
    """Write the .mo file that runs; True when it was out of date."""
    source = catalogue_path()
    target = source.with_suffix(".mo")
    if not source.exists() or (target.exists() and target.stat().st_mtime >= source.stat().st_mtime):
        return False
    with target.open("wb") as file:
        write_mo(file, read())
    return True


def complaints() -> list[str]:
    """What keeps the translation from being complete and sound, one sentence each; empty when all is well."""
    translated = read()
    known = {_key(message): message for message in translated if message.id}
    wanted = [message for message in collect() if message.id]
    missing = [f"not translated: {_text(message)!r}" for message in wanted if not _done(known.get(_key(message)))]
    gone = sorted(set(known) - {_key(message) for message in wanted})
    stale = [f"no longer said: {text!r}" for text, _context in gone]
    unsound = [said for message in known.values() if _done(message) for said in _faults(message)]
    return [*missing, *stale, *unsound]


def _code(path: Path) -> str:
    """Python that says what the file says: itself, or the calls Django finds in a template."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return source
    return "\n".join(CALL.findall(templatize(source, origin=str(path))))


def _faults(message: Message) -> Iterator[str]:
    if message.fuzzy:
        yield f"marked as uncertain: {_text(message)!r}"
    wanted = _wanted(message)
    for string in _strings(message):
        if _slots(string) - wanted or (wanted - _slots(string) and isinstance(message.id, str)):
            yield f"slots differ: {_text(message)!r}"


def _done(message: Message | None) -> bool:
    if message is None:
        return False
    return all(_strings(message))


def _strings(message: Message) -> list[str]:
    """The translation, or its plural forms; an empty text where there is none."""
    strings = message.string if isinstance(message.string, tuple | list) else [message.string]
    return [string or "" for string in strings]


def _wanted(message: Message) -> set[str]:
    """The slots of the sentence in English, in any of its forms."""
    return _slots(message.id if isinstance(message.id, str) else " ".join(message.id))


def _slots(text: str) -> set[str]:
    return {name for pair in SLOT.findall(text) for name in pair if name}


def _text(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _key(message: Message) -> tuple[str, str]:
    return (_text(message), message.context or "")


def _sources() -> Iterator[Path]:
    yield from (path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
    yield from (path for path in PACKAGE.rglob("*") if path.suffix in {".html", ".txt"} and "templates" in path.parts)
