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
    """Facts for `Incoming`; `unread` are cells that say something else than they should. An owner who is nobody here
    is passed over, and `unknown_owner` says who."""
    if TOLD.isdisjoint(said):
        return NOTHING
    found: dict[str, Any] = {
        "offers": dict(_answers(said)),
        "tags": tuple(_tags(said.get("tags", ""))),
        "owner": colleagues.get(fold(plain_text(said.get("owner", "")))),
        "note": said.get("note", "").strip(),
        "created_at": datetime.fromisoformat(said["created"]) if said.get("created") else None,
    }
    unread = [(key, said[key]) for key in CHANNELS if said.get(key) and not _is_answer(said[key])]
    unread += [("tags", word) for word in _words(said.get("tags", "")) if len(word) > LONGEST_TAG]
    if told := said.get("role", "").strip():
        role = next((role for role, named in ROLES.items() if told.casefold() in named), None)
        found |= {"roles": (role.value,)} if role else {}
        unread += [] if role else [("role", told)]
    found["unread"] = tuple(unread)
    return found


def unknown_owner(said: Mapping[str, str], colleagues: Mapping[str, int]) -> str:
    """Whom the row names as owner, if that is nobody who can look after customers here."""
    named = plain_text(said.get("owner", ""))
    return "" if fold(named) in colleagues else named


def _answers(said: Mapping[str, str]) -> list[tuple[str, bool]]:
    words = [(channel, said.get(key, "").strip()) for key, channel in CHANNELS.items()]
    return [(channel, bool(_YES.fullmatch(word))) for channel, word in words if _is_answer(word)]


def _is_answer(word: str) -> bool:
    return any(each.fullmatch(word.strip()) for each in (_YES, _NO))


def _tags(text: str) -> list[str]:
    """Each word once; one that is too long to be a tag stays in the row only."""
    return [word for word in _words(text) if len(word) <= LONGEST_TAG]


def _words(text: str) -> list[str]:
    words = (plain_text(word) for word in _PARTING.split(text))
    return list(dict.fromkeys(word for word in words if word))
