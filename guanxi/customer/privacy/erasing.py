"""An erasure, step by step: a kill repeats no step that is done, and loses none.

First what outlives the record (keys, ledger), then the other stores, then the rows of the record themselves, then the
traces in what remains, and at last the space that the rows took.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from guanxi.customer.merging.following import take_turns
from guanxi.customer.models import ErasureStep, Party, PrivacyRequest
from guanxi.customer.privacy import ledger
from guanxi.customer.privacy.departed import settle_departed
from guanxi.customer.privacy.erasers import Counts, erasers
from guanxi.customer.privacy.holdings import erase_rows, holdings
from guanxi.customer.privacy.keys import digests_of, remember
from guanxi.customer.privacy.naming import words_of_names
from guanxi.customer.privacy.space import give_back
from guanxi.customer.privacy.subject import Subject, subject_of
from guanxi.customer.privacy.texts import written
from guanxi.customer.privacy.traces import without
from guanxi.foundation.audit.actions import record as note
from guanxi.foundation.locks import Lock, tried

Clock = Callable[[], datetime]
Step = tuple[str, Callable[[PrivacyRequest, Subject], Counts]]


def erase(*, request_id: int, clock: Clock) -> bool:
    """Do what is left of a started erasure; False when another process is at it.

    Needs a connection outside a transaction. An error of a step is raised after it has been noted; what is done stays
    done, and the next call goes on there.
    """
    with tried(Lock.ERASURE, request_id) as is_ours:
        if is_ours:
            _go_on(PrivacyRequest.objects.get(pk=request_id), clock)
    return is_ours


def _go_on(request: PrivacyRequest, clock: Clock) -> None:
    if request.finished_at or not request.started_at:
        return
    done = set(request.steps.values_list("name", flat=True))
    for name, work in _steps():
        if name in done:
            continue
        try:
            _do(request, name, work, clock)
        except Exception as problem:
            PrivacyRequest.objects.filter(pk=request.pk).update(failure=f"{name}: {type(problem).__name__}")
            raise
    _finish(request, clock())


def _steps() -> Iterator[Step]:
    early = [(each.name, each.erase) for each in erasers() if each.order < 500]
    late = [(each.name, each.erase) for each in erasers() if each.order >= 500]
    yield from [("keys", _remember), *early, ("record", _erase_record), *late, ("space", _give_back)]


def _do(request: PrivacyRequest, name: str, work: Callable[[PrivacyRequest, Subject], Counts], clock: Clock) -> None:
    subject = Subject.read(request.scope)
    if name == "record":  # the rows and the note that they are gone are one
        with transaction.atomic():
            _note(request, name, work(request, subject), clock())
    else:
        _note(request, name, work(request, subject), clock())


def _note(request: PrivacyRequest, name: str, counts: Counts, at: datetime) -> None:
    ErasureStep.objects.create(request=request, name=name, finished_at=at, counts=counts)


def _remember(request: PrivacyRequest, subject: Subject) -> Counts:
    """Whose time was over by a rule may come again, and is nobody whom we know."""
    digests = digests_of(subject)
    if not request.rule:
        remember(request, digests)
    ledger.write(request=request, parties=subject.parties, digests=digests)
    return {"keys": len(digests)}


def _erase_record(_request: PrivacyRequest, subject: Subject) -> Counts:
    """Also what came in since the erasure was started; not what was split off since, which is about somebody else."""
    take_turns()
    living = Party.ever.select_for_update().filter(pk__in=subject.parties, merged_into=None).order_by("pk")
    now = [subject_of(pk) for pk in living.values_list("pk", flat=True)]
    parties = sorted({pk for each in (subject, *now) for pk in each.parties})
    departed = settle_departed(parties)
    records = sorted({pk for each in (subject, *now) for pk in each.records} - departed)
    _unname_requests(parties, subject)
    return erase_rows(holdings(Subject(parties, records)))


def _unname_requests(parties: list[int], subject: Subject) -> None:
    """The customer's requests outlive them. Their words are about the customer: each word of the name goes."""
    values = [*subject.pointers, *subject.names, *words_of_names(subject.names)]
    for each in PrivacyRequest.objects.filter(party__in=parties):
        words = {name: without(getattr(each, name), values) for name in ("how", "checked_how", "ground")}
        words["how"], words["checked_how"] = words["how"][:200], words["checked_how"][:200]
        PrivacyRequest.objects.filter(pk=each.pk).update(name="", **words)


def _give_back(request: PrivacyRequest, _subject: Subject) -> Counts:
    """The last thing to go is what the erasure itself had to look for. Then the space of every table that may have held
    the customer, whether this run or one that was killed took them out."""
    PrivacyRequest.objects.filter(pk=request.pk).update(scope={})
    counted = {label for each in request.steps.all() for label in each.counts if "." in label}
    return give_back(counted | {model._meta.label for model, _column in written()})


@transaction.atomic
def _finish(request: PrivacyRequest, at: datetime) -> None:
    report: dict[str, Any] = {
        "steps": [{"name": each.name, "counts": each.counts} for each in request.steps.order_by("id")],
        "backups_until": (at + timedelta(days=request.backup_days)).date().isoformat(),
    }
    PrivacyRequest.objects.filter(pk=request.pk).update(finished_at=at, failure="", report=report, name="", party=None)
    note(verb="privacy.erased", by=request.started_by, at=at, subject=f"privacy:{request.pk}")
