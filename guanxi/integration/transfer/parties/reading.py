"""One row of a file as an incoming customer."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from guanxi.customer.intake import Incoming
from guanxi.customer.normal import is_chinese
from guanxi.customer.survivorship import CUSTOM
from guanxi.integration.transfer.parties.besides import besides

DIRECT = (
    "name",
    "latin_name",
    "email",
    "phone",
    "street",
    "city",
    "postcode",
    "country",
    "language",
    "born",
    "number",
    "card",
    "wecom",
    "uscc",
)
KINDS = {
    "person": ("person", "individual", "private", "consumer", "b2c", "个人", "个人客户", "个體", "自然人"),
    "organisation": ("organisation", "organization", "company", "business", "firm", "b2b",
                     "企业", "公司", "单位",
                     "企业客户", "公司客户", "法人"),
    "household": ("household", "family", "家庭"),
}  # fmt: skip


def incoming(
    external_id: str,
    payload: Mapping[str, str],
    said: Mapping[str, str],
    as_of: datetime,
    phones_from: str = "",
    *,
    further: Iterable[tuple[str, str]] = (),
    colleagues: Mapping[str, int] = MappingProxyType({}),
    proof: str = "",
    unread: Sequence[tuple[str, str]] = (),
) -> Incoming:
    """`payload` is the row as it came, by column; `said` the cells of the mapped columns, by field; `further` those of
    a field's second and later columns. `colleagues` gives ids by folded name and e-mail; `proof` says where consent
    stands; `unread` are cells that were found to be no dates."""
    fields = {key: text for key, text in said.items() if text and (key in DIRECT or key.startswith(CUSTOM))}
    person = said.get("name") or _full_name(said.get("first_name", ""), said.get("last_name", ""))
    told = said.get("kind", "")
    kind = _kind(told)
    left = [*unread, ("kind", told)] if told and not kind else unread
    if not person and said.get("company"):
        kind = kind or "organisation"
    if name := person or said.get("company"):
        fields["name"] = name
    if person and said.get("company"):
        fields["company"] = said["company"]
    if kind:
        fields["kind"] = kind
    beside = besides(said, colleagues)
    return Incoming(
        external_id=external_id,
        payload=payload,
        fields=fields,
        as_of=as_of,
        phones_from=phones_from,
        further=tuple(further),
        proof=proof,
        **{**beside, "unread": (*left, *beside.get("unread", ()))},
    )


def _full_name(first: str, last: str) -> str:
    """Chinese names are written family name first, without a space."""
    if is_chinese(first + last):
        return last + first
    return " ".join(part for part in (first, last) if part)


def _kind(word: str) -> str:
    wanted = word.strip().casefold()
    return next((kind for kind, named in KINDS.items() if wanted in named), "")
