"""Assets come, are serviced, and go."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from guanxi.customer.actions.own_records import own_record
from guanxi.customer.models import Asset, Party, ServiceRecord
from guanxi.customer.timeline import AssetAdded, AssetServiced, Occurrence, record
from guanxi.foundation.accounts.models import User
from guanxi.foundation.catalogue.models import Product
from guanxi.foundation.errors import UserError


@transaction.atomic
def add_asset(
    *,
    party: Party,
    name: str,
    product: Product | None,
    serial: str,
    bought_on: date | None,
    warranty_until: date | None,
    place: str,
    by: User,
    at: datetime,
) -> Asset:
    """Note what the customer owns. Raises UserError: it has no name, or the warranty ends before the purchase."""
    called = name.strip() or (product.name if product else "")
    if not called:
        raise UserError(_("Say what the customer owns, or choose a product. Nothing was saved."))
    if bought_on and warranty_until and warranty_until < bought_on:
        raise UserError(_("The warranty would end before the purchase. Nothing was saved; check both days."))
    own = own_record(party=party, at=at)
    asset = Asset.objects.create(
        source_record=own,
        party=party,
        name=called[:200],
        product=product,
        serial=serial.strip(),
        bought_on=bought_on,
        warranty_until=warranty_until,
        place=place.strip(),
        added_at=at,
        added_by=by,
    )
    what = AssetAdded(name=asset.name, serial=asset.serial)
    record(Occurrence(party=party.pk, source_record=own.pk, what=what, at=at, by=by))
    return asset


@transaction.atomic
def record_service(
    *,
    asset: Asset,
    kind: str,
    on: date,
    what: str,
    workshop: str,
    under_warranty: bool,
    next_due_on: date | None,
    by: User,
    at: datetime,
) -> ServiceRecord:
    """Note what was done to it, by whom. Raises UserError: nothing is said, or the day has not come."""
    if not what.strip():
        raise UserError(_("Say what was done. Nothing was saved."))
    if on > timezone.localdate(at):
        raise UserError(_("That day has not come yet. Nothing was saved."))
    own = own_record(party=asset.party, at=at)
    service = ServiceRecord.objects.create(
        source_record=own,
        party_id=asset.party_id,
        asset=asset,
        kind=kind,
        on=on,
        what=what.strip(),
        workshop=workshop.strip(),
        under_warranty=under_warranty,
        next_due_on=next_due_on,
        recorded_at=at,
        by=by,
    )
    told = AssetServiced(name=asset.name, kind=kind, on=on.isoformat(), what=service.what, workshop=service.workshop)
    record(Occurrence(party=asset.party_id, source_record=own.pk, what=told, at=at, by=by))
    return service


@transaction.atomic
def retire_asset(*, asset: Asset, by: User, at: datetime) -> None:
    """It was sold, scrapped or ended; its history stays. Doing it again changes nothing."""
    locked = Asset.objects.select_for_update().get(pk=asset.pk)
    if locked.retired_on is None:
        locked.retired_on = timezone.localdate(at)
        locked.save(update_fields=["retired_on"])
        what = AssetAdded(name=locked.name, serial=locked.serial, retired=True)
        record(Occurrence(party=locked.party_id, source_record=locked.source_record_id, what=what, at=at, by=by))
