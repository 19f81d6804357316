"""A programme's declared beginning and its declared end."""

from datetime import datetime
from decimal import Decimal
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from guanxi.customer.models.consent import Purpose
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record
from guanxi.foundation.errors import UserError
from guanxi.insight.models import Programme, ProgrammeClosure


@transaction.atomic
def open_programme(
    *,
    name: str,
    control_share: float,
    by: User | None,
    at: datetime,
    kind: str = Programme.Kind.CAMPAIGN,
    works_by: str = Programme.WorksBy.LONGER,
    outcome: str = Programme.Outcome.REVENUE,
    outcome_days: int = 28,
    fixed_cost: Decimal = Decimal(0),
    unit_cost: Decimal = Decimal(0),
    purpose: str = Purpose.OFFERS,
) -> Programme:
    """Open a programme with a control group of that share (of who is not in the company-wide hold-out).

    Everything that the verdict depends on is declared here, before anybody is treated.

    Raises:
        UserError: service messages (complaints, promises, legal, transactional) go to everybody; no lot is drawn.
    """
    if purpose == Purpose.SERVICE:
        raise UserError(
            _(
                "Service messages must reach everybody, so no control group is drawn and nothing was opened."
                " Send them without a programme."
            )
        )
    programme = Programme.objects.create(
        name=name,
        kind=kind,
        works_by=works_by,
        outcome=outcome,
        salt=uuid4().hex,
        control_share=control_share,
        opened_at=at,
        opened_by=by,
        outcome_days=outcome_days,
        fixed_cost=fixed_cost,
        unit_cost=unit_cost,
    )
    record(verb="insight.programme_opened", by=by, at=at, subject=f"programme:{programme.pk}", name=name)
    return programme


@transaction.atomic
def close_programme(*, programme: Programme, by: User | None, at: datetime) -> ProgrammeClosure:
    """Declare the end. The verdict becomes final when the last outcome window has run out.

    Raises:
        UserError: it was closed before; an end is declared once.
    """
    try:
        with transaction.atomic():
            closure = ProgrammeClosure.objects.create(programme=programme, at=at, by=by)
    except IntegrityError:
        raise UserError(_("This programme was closed before. Its end stands as it was declared.")) from None
    record(verb="insight.programme_closed", by=by, at=at, subject=f"programme:{programme.pk}")
    return closure
