"""Knowing an erased customer again while keeping nothing about them: HMAC-SHA-256 under our own secret."""

import hmac
from collections.abc import Collection, Iterable
from hashlib import sha256

from django.conf import settings

from guanxi.customer.models import ErasedKey, Identifier, PrivacyRequest, SourceRecord, SupersededPayload
from guanxi.customer.privacy.subject import TELLING, Subject, told_before
from guanxi.foundation.rows import row_of

ANYBODY = "SELECT 1 FROM customer_erasedkey LIMIT 1"


def digest(kind: str, value: str) -> str:
    """The keyed hash of one pointer; `kind` is an identifier's kind, or `source:<key>` for a customer number."""
    secret = f"guanxi.erased:{settings.SECRET_KEY}".encode()
    return hmac.digest(secret, f"{kind}\x1f{value}".encode(), sha256).hex()


def digests_of(subject: Subject) -> list[str]:
    """The hashes of every identity of the customer, and of every address, past ones too, that nobody else has."""
    mine = Identifier.objects.filter(party__in=subject.parties, kind__in=TELLING)
    pointers = {*mine.values_list("kind", "value"), *_said(subject)}
    others = Identifier.objects.filter(value__in={value for _, value in pointers}).exclude(party__in=subject.parties)
    shared = set(others.values_list("kind", "value"))
    numbers = {(f"source:{source}", number) for source, number in subject.identities}
    return sorted(digest(kind, value) for kind, value in (pointers - shared) | numbers)


def _said(subject: Subject) -> Iterable[tuple[str, str]]:
    """What sources say now or said before; an address that a source has replaced stands in no identifier any more."""
    now = SourceRecord.objects.filter(pk__in=subject.records).values_list("fields", flat=True)
    before = SupersededPayload.objects.filter(source_record__in=subject.records).values_list("fields", flat=True)
    replaced = {(kind, value) for kind, value, _raw in told_before(subject.records)}
    return replaced | {(str(kind), fields[kind]) for fields in (*now, *before) for kind in TELLING if fields.get(kind)}


def remember(request: PrivacyRequest, digests: Iterable[str]) -> None:
    """Keep the hashes once."""
    known = set(request.keys.values_list("digest", flat=True))
    ErasedKey.objects.bulk_create(ErasedKey(request=request, digest=each) for each in digests if each not in known)


def refused(pointers: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of these (kind, value) that belonged to a customer who was erased."""
    if not pointers or row_of(ANYBODY, []) is None:
        return set()
    by_digest = {digest(*each): each for each in pointers}
    known = ErasedKey.objects.filter(digest__in=list(by_digest))
    return {by_digest[each] for each in known.values_list("digest", flat=True)}
