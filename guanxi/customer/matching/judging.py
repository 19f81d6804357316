"""From a suspect to a likeness: what agrees, what speaks against it, and which rule that makes."""

from collections.abc import Mapping
from typing import Any

from guanxi.analytical.identity.levels import AGREEING, Level
from guanxi.customer.matching.candidates import Candidate
from guanxi.customer.matching.evidence import PRIOR, probability, weight
from guanxi.customer.matching.likeness import Likeness, Rule, Strength
from guanxi.customer.matching.names import births_agree, companies_agree, names_agree
from guanxi.customer.matching.suspects import Suspect

ISSUED = frozenset({"card", "wecom", "uscc", "number"})  # given to one customer alone; an address may be shared
OTHER_BIRTH = frozenset({Level.DIFFERENT, Level.SAME_YEAR})  # more than a slip of the pen
PLACES = ("street", "city", "postcode")
BEST_FIRST = ("uscc", "wecom", "card", "number", "email", "phone")


def judge(candidate: Candidate, suspect: Suspect, known: Mapping[str, Any]) -> Likeness | None:
    """The likeness of a candidate and a customer; none when nothing but a part of the name agrees.

    A person never is an organisation, as far as the row says which of them it is: no more than an address is shared.
    """
    is_another_kind = candidate.fields.get("kind", known["kind"]) != known["kind"]
    if is_another_kind and not suspect.identifiers:
        return None
    named = _best_name(candidate.fields, known)
    if named[0] not in AGREEING and not suspect.identifiers:
        return None
    lines = [_line("name", *named), *_lines(candidate, suspect, known)]
    levels = {line["field"]: line["level"] for line in lines}
    shared = (Rule.SHARED, Strength.SIMILAR)
    found = shared if is_another_kind else _rule(levels, {kind for kind, _ in suspect.identifiers})
    if found is None:
        return None
    bits = sum(line["weight"] for line in lines)
    rule, strength = found
    return Likeness(
        party=suspect.party,
        record=suspect.record or known["oldest"],
        rule=rule,
        strength=strength,
        probability=probability(bits),
        weight=bits + PRIOR,
        explanation=lines,
    )


def _rule(levels: Mapping[str, Level], kinds: set[str]) -> tuple[Rule, Strength] | None:
    names = levels.get("name", Level.MISSING)
    born = levels.get("born")
    is_other = born in OTHER_BIRTH
    for kind in BEST_FIRST:
        if kind in kinds and not is_other and (kind in ISSUED or names != Level.DIFFERENT):
            return Rule(f"same-{kind}"), Strength.SAME
    if kinds:
        return Rule.SHARED, Strength.SIMILAR
    beside = born == Level.EXACT or any(levels.get(field) in AGREEING for field in ("company", *PLACES))
    if names == Level.EXACT:
        return (Rule.SAME_NAME, Strength.NAMED) if beside and not is_other else (Rule.SIMILAR_NAME, Strength.SIMILAR)
    if names in AGREEING - {Level.SAME_FAMILY} or (names == Level.SAME_FAMILY and beside):
        return Rule.SIMILAR_NAME, Strength.SIMILAR
    return None


def _lines(candidate: Candidate, suspect: Suspect, known: Mapping[str, Any]) -> list[dict[str, Any]]:
    said = candidate.fields
    lines = [_line(kind, Level.EXACT, value, value) for kind, value in sorted(suspect.identifiers)]
    shared = {kind for kind, _ in suspect.identifiers}
    for kind, mine in candidate.addresses.items():
        if kind not in shared and (mine or known[kind]):
            lines.append(_line(kind, Level.DIFFERENT if mine and known[kind] else Level.MISSING, mine, known[kind]))
    if said.get("company") and known["companies"]:
        lines.append(_line("company", *_best_company(said["company"], known["companies"])))
    if said.get("born") and known["born"]:
        lines.append(_line("born", births_agree(said["born"], known["born"]), said["born"], known["born"]))
    for field in PLACES:
        if said.get(field) and known[field]:
            same = said[field].casefold() == known[field].casefold()
            lines.append(_line(field, Level.EXACT if same else Level.DIFFERENT, said[field], known[field]))
    return lines


def _best_name(said: Mapping[str, str], known: Mapping[str, Any]) -> tuple[Level, str, str]:
    mine = [text for text in (said.get("name", ""), said.get("latin_name", "")) if text] or [""]
    theirs = [text for text in (known["name"], known["latin_name"]) if text] or [""]
    pairs = ((names_agree(one, other, known["kind"]), one, other) for one in mine for other in theirs)
    return max(pairs, key=lambda pair: weight("name", pair[0]))


def _best_company(mine: str, theirs: list[str]) -> tuple[Level, str, str]:
    pairs = ((companies_agree(mine, other), mine, other) for other in theirs)
    return max(pairs, key=lambda pair: weight("company", pair[0]))


def _line(field: str, level: Level, left: str, right: str) -> dict[str, Any]:
    return {"field": field, "level": level.value, "left": left, "right": right, "weight": weight(field, level)}
