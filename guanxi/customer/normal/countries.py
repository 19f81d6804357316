"""Countries by their ISO 3166 code, whatever language or habit they were written in."""

from functools import cache

from babel import Locale
from django.utils.translation import get_language

from guanxi.customer.normal.names import fold, plain_text

# Names in use that the Unicode tables do not list.
HABITS = {
    "uk": "GB",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "eire": "IE",
    "republic of ireland": "IE",
    "usa": "US",
    "u.s.a.": "US",
    "united states of america": "US",
    "holland": "NL",
    "the netherlands": "NL",
    "rsa": "ZA",
    "uae": "AE",
    "czech republic": "CZ",
    "korea": "KR",
    "prc": "CN",
    "p.r. china": "CN",
    "china (mainland)": "CN",
    "中华人民共和国": "CN",
    "中国大陆": "CN",
    "香港": "HK",
    "hong kong": "HK",
    "澳门": "MO",
    "macau": "MO",
    "unspecified": "",
    "unknown": "",
}
SHOWN_IN = {"en": "en_GB", "zh-hans": "zh_Hans_CN"}


@cache
def country_code(text: str) -> str:
    """The alpha-2 code of a country named in English, Chinese, German, French or by code; other text as it came."""
    plain = plain_text(text)
    if len(plain) == 2 and plain.upper() in _territories("en_GB"):
        return plain.upper()
    return _codes().get(fold(plain), plain)


def country_name(code: str) -> str:
    """The country's name in the active language; text that is no code as it is."""
    return _territories(SHOWN_IN.get(get_language() or "en", "en_GB")).get(code, code)


def known_countries() -> list[tuple[str, str]]:
    """Every country as (code, name in the active language), in the order of the names."""
    names = _territories(SHOWN_IN.get(get_language() or "en", "en_GB"))
    return sorted(names.items(), key=lambda pair: fold(pair[1]))


@cache
def _territories(locale: str) -> dict[str, str]:
    listed = Locale.parse(locale).territories.items()
    return {code: name for code, name in listed if len(code) == 2 and code.isalpha() and code not in {"ZZ", "EU", "UN"}}


@cache
def _codes() -> dict[str, str]:
    spoken = ("fr_FR", "de_DE", "zh_Hans_CN", "en_GB")
    names = {fold(plain_text(name)): code for locale in spoken for code, name in _territories(locale).items()}
    return {**names, **HABITS}
