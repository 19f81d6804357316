"""From what a person types to one condition that the search index answers."""

import re
from collections.abc import Iterable

from django.contrib.postgres.search import SearchQueryField
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.functions import Cast

from guanxi.customer.models import Party
from guanxi.customer.normal import country_code, fold, is_chinese, plain_text, simplified
from guanxi.customer.search.tokens import BACKWARDS, STARTS

_LATIN = r"[^\W_\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]"
_PIECE = re.compile(
    rf"[^\s@,;]*@[^\s@,;]*|\+?[\d][\d ().-]{{3,}}\d(?!{_LATIN})"
    rf"|[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]+|{_LATIN}+"
)
_BETWEEN = re.compile(r"(?<=[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])\s+(?=[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])")
MOST_PIECES = 8
LONGEST_PLACE = 2  # pieces, as in New York
LONGEST_CODE = 2  # letters; Li and De are names before they are countries
LONGEST = 200  # characters that are read
SHORTEST_TAIL = 4  # digits; fewer are no end of a phone number that anybody would ask for
SHORTEST_START = 7  # digits; fewer start half the phones of a country, and are looked for whole or as an end


def matching(parties: QuerySet[Party], text: str) -> QuerySet[Party]:
    """Those of `parties` that hold every word of `text`, or live where the first or last of them say and hold the
    others; none when there is no word in it."""
    condition = query_text(text)
    return parties.filter(Q(_condition(condition)) | _living_there(text)) if condition else parties.none()


def query_text(text: str) -> str:
    """A tsquery: Chinese by characters and pairs exactly, Latin and digits by prefix, all of them needed."""
    return _all_of(pieces(text))


def one_of_each(groups: Iterable[Iterable[str]]) -> str:
    """A tsquery: of every group of words one, exactly as it is kept."""
    return " & ".join(f"({' | '.join(map(_quoted, group))})" for group in groups)


def _all_of(said: Iterable[str]) -> str:
    return " & ".join(term for piece in said for term in _terms(piece))


def _living_there(text: str) -> Q:
    """The search index answers for the other words, so that a place alone asks for nobody. Words that name no place
    where anybody lives add nothing: half of a name would be asked for."""
    said, living = pieces(text), Q()
    for length in range(1, min(len(said), LONGEST_PLACE + 1)):
        for place, others in ((said[-length:], said[:-length]), (said[:length], said[length:])):
            words, there = _all_of(others), _there(" ".join(place))
            if words and there:
                living |= Q(_condition(words)) & there
    return living


def _there(written: str) -> Q:
    """Where a place is meant: a country by its name, or a city in which anybody lives; 上海 is 上海市 too."""
    country = country_code(written)
    if country != written and (is_chinese(written) or len(written) > LONGEST_CODE):
        return Q(country=country)
    plain = written.removesuffix("市") or written
    city = Q(city__istartswith=plain) if is_chinese(written) else Q(city__iexact=written)
    return city if Party.objects.filter(city).exists() else Q()


def pieces(text: str) -> list[str]:
    """The words of what was typed: addresses, numbers, runs of Chinese characters, Latin words."""
    return _PIECE.findall(plain_text(_BETWEEN.sub(",", text[:LONGEST])))[:MOST_PIECES]


def _terms(piece: str) -> list[str]:
    if "@" in piece:
        name, _at, domain = fold(piece).partition("@")
        return [_start(f"{name}@{domain}") if name else _start(domain)] if name or domain else []
    if is_chinese(piece):
        written = simplified(piece)
        pairs = [written[i : i + 2] for i in range(len(written) - 1)] or [written]
        return [_quoted(pair) for pair in pairs]
    digits = "".join(sign for sign in piece if sign.isdigit())
    if len(digits) == len(re.sub(r"[ ().+-]", "", piece)):
        return [_number(digits)]
    return [_start(fold(piece))]


def _start(word: str) -> str:
    """Words that start so; the first letters are kept as words of their own."""
    return _quoted(word) if len(word) in STARTS else f"{_quoted(word)}:*"


def _number(digits: str) -> str:
    """A number that ends so, or is it, or starts so."""
    whole = _start if len(digits) >= SHORTEST_START else _quoted
    said = [whole(digits)]
    if digits.startswith("00") and digits[2:]:
        said.append(whole(digits[2:]))
    if len(digits) >= SHORTEST_TAIL:
        said.append(_start(BACKWARDS + digits[::-1]))
    return f"({' | '.join(said)})"


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


def _condition(text: str) -> "Holds":
    return Holds(F("search_vector"), Cast(Value(text), SearchQueryField()))


class Holds(Func):
    """`vector @@ query` with a query of our own making; Django's lookup would parse it a second time."""

    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()
