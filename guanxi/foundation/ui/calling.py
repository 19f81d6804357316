"""What actions and pages are called by who types: part of a name in any language, or how it is said in Chinese."""

from collections.abc import Iterator
from functools import lru_cache

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import override
from pypinyin import lazy_pinyin


def is_called(label: str | Promise, query: str) -> bool:
    """Whether the query is part of the label in one of the languages, or begins it, or one of its syllables, in pinyin:
    导入文件 is called 导入, import, daoru, dr and wenjian. An empty query means everything."""
    wanted = query.casefold()
    return any(wanted in name or _is_said(name, wanted.replace(" ", "")) for name in _names(label))


def _names(label: str | Promise) -> Iterator[str]:
    for language, _name in settings.LANGUAGES:
        with override(language):
            yield str(label).casefold()


def _is_said(name: str, wanted: str) -> bool:
    return wanted.isascii() and any(each.startswith(wanted) for each in _spoken(name))


@lru_cache(maxsize=1024)
def _spoken(name: str) -> tuple[str, ...]:
    """In full and by first letters, from each Chinese character on."""
    if name.isascii():
        return ()
    syllables = lazy_pinyin(name, errors=list)  # type: ignore[arg-type]  # a list keeps the other signs one by one
    starts = [place for place, sign in enumerate(name) if not sign.isascii()]
    return tuple(
        spelt
        for start in starts
        for spelt in ("".join(syllables[start:]), "".join(syllable[0] for syllable in syllables[start:]))
    )
