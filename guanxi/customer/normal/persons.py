"""Names of persons taken apart: family and given name, without what is said out of politeness."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from guanxi.customer.normal.names import fold, is_chinese, plain_text
from guanxi.customer.normal.pinyin import readings, surname
from guanxi.customer.normal.script import simplified
from guanxi.customer.normal.short_forms import long_form
from guanxi.customer.normal.surnames import SURNAMES

# What follows a Chinese name; those of one character only after a bare family name (王总) or a full name (王晓梅总).
TITLES = (
    "董事长 总经理 副总经理 副总 总监 经理 主任 主管 老板 老师 教授 博士 医生 大夫 律师 会计 工程师 师傅 先生"
    " 女士 小姐 太太 夫人 校长 院长 厂长 处长 科长 局长 所长 部长 书记 秘书 助理 阿姨 同学 掌柜"
).split()
SHORT_TITLES = frozenset("总董工局处哥姐姨叔嫂爷")
FAMILIARS = frozenset("老小阿")  # 老王, 小李
_LONGEST_FIRST = sorted(TITLES, key=len, reverse=True)
_COURTESIES = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame lord lady madam herr frau dipl ing monsieur madame mme mlle m"
    " jr sr junior senior ii iii iv esq phd md mba msc bsc cpa rev hon".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_CHINESE_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_HYPHENS = re.compile(r"(?<=\w)[-‐‑·.](?=\w)")
MOST_KEYS = 6
MOST_TURNED = 2  # given names after a comma; more words than that are a rank or an office


@dataclass(frozen=True)
class PersonName:
    """Family and given name in one spelling (simplified characters, or folded Latin letters); either may be empty.

    `keys` are ways to say the whole name in Latin letters whatever the order, "lihua wang" for 王丽华 and Wang Lihua.
    """

    family: str
    given: str
    keys: tuple[str, ...]

    @property
    def whole(self) -> str:
        return self.family + self.given if is_chinese(self.family) else f"{self.given} {self.family}".strip()


@lru_cache(maxsize=65536)
def person_name(text: str) -> PersonName:
    """A name as people write it. Chinese family names stand first, Latin ones last or before a comma or in capitals."""
    plain = simplified(plain_text(text))
    if runs := _CHINESE_RUN.findall(plain):
        return _chinese("".join(runs))
    return _latin(plain)


def named_in_parts(given: str, family: str) -> PersonName:
    """A name whose parts came in columns of their own; either may be empty."""
    if is_chinese(family + given):
        return person_name(family + given)
    parts = [" ".join(fold(word) for word in _words(plain_text(part))) for part in (given, family)]
    return PersonName(parts[1], parts[0], (" ".join(sorted(" ".join(parts).split())),) if all(parts) else ())


def _chinese(name: str) -> PersonName:
    bare = _without_title(name)
    family = bare if bare in SURNAMES else surname(bare)
    given = bare[len(family) :]
    return PersonName(family, given, _spoken(family, given))


def _without_title(name: str) -> str:
    for title in _LONGEST_FIRST:
        if name.endswith(title) and len(name) > len(title):
            return name[: -len(title)]
    before = name[:-1]
    if name[-1:] in SHORT_TITLES and (len(before) != 2 or before in SURNAMES):
        return before
    return name[1:] if len(name) == 2 and name[0] in FAMILIARS else name


def _spoken(family: str, given: str) -> tuple[str, ...]:
    """Keys of every reading, those of the likeliest family name first."""
    ways = product(family_readings(family), given_readings(given)) if given else ()
    return tuple(dict.fromkeys(" ".join(sorted(way)) for way in islice(ways, MOST_KEYS)))


def family_readings(family: str) -> list[str]:
    """A family name in Latin letters: as families are called first, then as the character is read otherwise."""
    if not is_chinese(family):
        return [family] if family else []
    said = ["".join(way) for way in readings(family)]
    return list(dict.fromkeys([SURNAMES.get(family, said[0]).replace(" ", ""), *said]))


def given_readings(given: str) -> list[str]:
    """A given name in Latin letters, every way to say it; of Latin ones all in one word."""
    if not is_chinese(given):
        return [given.replace(" ", "")] if given else []
    return list(dict.fromkeys("".join(way) for way in readings(given)))


def _latin(name: str) -> PersonName:
    before, comma, after = name.partition(",")
    is_turned = comma and 0 < len(_words(after)) <= MOST_TURNED
    words = _words(f"{after} {before}" if is_turned else name)
    if len(words) > 1 and words[0].isupper() and not words[-1].isupper() and len(words[0]) > 1:
        words = [*words[1:], words[0]]
    folded = [fold(word) for word in words]
    if not folded:
        return PersonName("", "", ())
    family, given = folded[-1], folded[:-1]
    return PersonName(family, " ".join(given), (" ".join(sorted(folded)),) if given else ())


def _words(text: str) -> list[str]:
    """Words without courtesies, unless nothing else is there; Jean-Luc and Xiao-Mei are one word each."""
    found = _WORD.findall(_HYPHENS.sub("", text).replace("'", "").replace("’", ""))
    return [word for word in found if fold(word) not in _COURTESIES] or found


def formal_given(given: str) -> str:
    """The first given name in its long form: robert for Bob. Chinese given names as they are."""
    return given if is_chinese(given) else long_form(given.partition(" ")[0])
