"""The translated words: collected from the sources, and compiled for the program, without any tool beside Python.

`python -m guanxi.site.catalogues` compiles; ``guanxi messages`` collects, compiles and tells what lacks a translation.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from guanxi.foundation.errors import UserError

SOURCES = Path(__file__).parents[1]
LOCALES = SOURCES / "locale"
LANGUAGES = ("zh_Hans",)  # English stands in the sources
KEYWORDS = {
    name + lazy: arguments
    for name, arguments in {
        "gettext": None,
        "_": None,
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    }.items()
    for lazy in ("", "_lazy")
}
STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf" (n?p?gettext)\(({STRING}(?:, {STRING})*)(?:,\s*count)?\) ")

Key = tuple[str | tuple[str, ...], str | None]  # (words or (singular, plural), context)


def collect() -> None:
    """Bring every catalogue up to date with the sources: new words without translation, unused ones dropped."""
    words = Catalog()
    for (identifier, context), places in sorted(words_in_sources().items(), key=lambda item: str(item[0])):
        words.add(identifier, context=context, locations=[(place, 0) for place in places])
    for language in LANGUAGES:
        path = catalogue_path(language)
        catalogue = read(path, language) if path.exists() else Catalog(locale=language)
        catalogue.update(words, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, width=120, sort_output=True, omit_header=False, include_lineno=False)


def compile_all() -> None:
    """Write the compiled form that the program reads."""
    for path in LOCALES.glob("*/LC_MESSAGES/django.po"):
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, read(path, path.parents[1].name))


def untranslated() -> list[str]:
    """Words of the sources that a catalogue lacks, or has without or with an uncertain translation."""
    wanted = words_in_sources()
    lacking = []
    for language in LANGUAGES:
        known = {key_of(message): message for message in read(catalogue_path(language), language)}
        lacking += [f"{language}: {key[0]}" for key in wanted if not is_translated(known.get(key))]
    return sorted(lacking)


def words_in_sources() -> dict[Key, list[str]]:
    """Every translatable text of the sources, with the files it stands in."""
    found: dict[Key, list[str]] = {}
    for path in sorted(SOURCES.rglob("*")):
        if path.suffix in READERS and "migrations" not in path.parts:
            for key in READERS[path.suffix](path):
                places = found.setdefault(key, [])
                place = str(path.relative_to(SOURCES.parent))
                if place not in places:
                    places.append(place)
    return found


def words_in_python(path: Path) -> Iterator[Key]:
    """The arguments of gettext and its relatives."""
    for _, words, _, context in extract_from_file("python", path, keywords=KEYWORDS):
        yield words, context


def words_in_template(path: Path) -> Iterator[Key]:
    """The texts of translate and blocktranslate."""
    try:
        calls = CALL.finditer(templatize(path.read_text()))
    except SyntaxError as problem:
        raise UserError(f"{path}: {problem.msg}") from problem
    for call in calls:
        name, texts = call[1], list(ast.literal_eval(f"[{call[2]}]"))
        context = texts.pop(0) if "p" in name else None
        yield (texts[0], texts[1]) if name.startswith("n") else texts[0], context


READERS = {".py": words_in_python, ".html": words_in_template, ".txt": words_in_template}


def catalogue_path(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "django.po"


def read(path: Path, language: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language)


def key_of(message: Message) -> Key:
    return tuple(message.id) if isinstance(message.id, list) else message.id, message.context


def is_translated(message: Message | None) -> bool:
    if message is None or message.fuzzy:
        return False
    parts = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return all(parts)


if __name__ == "__main__":
    compile_all()
