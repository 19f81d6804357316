"""What a row says besides the fields of a customer: answers to offers, tags, role, owner, note, since when known."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from guanxi.customer.models import PartyRole, Tag
from guanxi.customer.normal import fold, plain_text

NOTHING: dict[str, Any] = {}
CHANNELS = {"offers_mail": "mail", "offers_sms": "sms", "offers_call": "call"}
_YES = re.compile(r"(?i)y|yes|true|1|on|ja|是|同意|有|已订阅")
_NO = re.compile(r"(?i)n|no|false|0|off|nein|否|不同意|无|未订阅")
_PARTING = re.compile(r"[,;|，；、]")
LONGEST_TAG = Tag._meta.get_field("name").max_length or 0
ROLES = {
    PartyRole.Role.CUSTOMER: ("customer", "client", "客户", "会员"),
    PartyRole.Role.SUPPLIER: ("supplier", "vendor", "供应商"),
    PartyRole.Role.PARTNER: ("partner", "dealer", "合作伙伴", "经销商"),
    PartyRole.Role.EMPLOYEE: ("employee", "staff", "员工"),
    PartyRole.Role.OWNER: ("owner", "shareholder", "股东"),
}

TOLD = frozenset({*CHANNELS, "tags", "owner", "note", "created", "role"})


def besides(said: Mapping[str, str], colleagues: Mapping[str, int]) -> dict[str, Any]:
    """Facts for `Incoming`. An answer that is neither yes nor no, and an owner who is nobody here, are passed over;
    `unknown_owner` says who."""
    if TOLD.isdisjoint(said):
        return NOTHING
    found: dict[str, Any] = {
        "offers": dict(_answers(said)),
        "tags": tuple(_tags(said.get("tags", ""))),
        "owner": colleagues.get(fold(plain_text(said.get("owner", "")))),
        "note": said.get("note", "").strip(),
        "created_at": datetime.fromisoformat(said["created"]) if said.get("created") else None,
    }
    word = said.get("role", "").strip().casefold()
    if role := next((role for role, named in ROLES.items() if word in named), None):
        found["roles"] = (role.value,)
    return found


def unknown_owner(said: Mapping[str, str], colleagues: Mapping[str, int]) -> str:
    """Whom the row names as owner, if that is nobody who can look after customers here."""
    named = plain_text(said.get("owner", ""))
    return "" if fold(named) in colleagues else named


def _answers(said: Mapping[str, str]) -> list[tuple[str, bool]]:
    words = [(channel, said.get(key, "").strip()) for key, channel in CHANNELS.items()]
    return [
        (channel, bool(_YES.fullmatch(word))) for channel, word in words if _YES.fullmatch(word) or _NO.fullmatch(word)
    ]


def _tags(text: str) -> list[str]:
    """Each word once; one that is too long to be a tag stays in the row only."""
    words = (plain_text(word) for word in _PARTING.split(text))
    return list(dict.fromkeys(word for word in words if word and len(word) <= LONGEST_TAG))
