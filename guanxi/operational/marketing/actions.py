"""What people do in marketing: plan a campaign, launch it, and, as a customer, say no."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from guanxi.customer.actions import record_consent
from guanxi.customer.models import Event, SourceRecord
from guanxi.customer.queries.consents import has_refused
from guanxi.customer.timeline import Occurrence, record
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record as note
from guanxi.foundation.errors import UserError
from guanxi.insight.programmes import open_programme
from guanxi.insight.segments import members_of
from guanxi.operational.marketing.events import Unsubscribed
from guanxi.operational.marketing.models import Campaign, Launch, Message
from guanxi.operational.marketing.unsubscribing import Ticket


@transaction.atomic
def save_campaign(*, campaign: Campaign, templates: dict[str, tuple[str, str]], by: User, at: datetime) -> Campaign:
    """Keep a plan with its messages. Raises UserError when it has been launched: then it stands as it went out."""
    if campaign._state.adding:
        campaign.made_by, campaign.made_at = by, at
    else:
        _forbid_launched(campaign)
    campaign.save()
    campaign.messages.all().delete()
    Message.objects.bulk_create(
        Message(campaign=campaign, language=language, subject=subject, body=body)
        for language, (subject, body) in templates.items()
    )
    note(verb="marketing.campaign_saved", by=by, at=at, subject=f"campaign:{campaign.pk}", name=campaign.name)
    return campaign


@transaction.atomic
def launch_campaign(*, campaign: Campaign, by: User, at: datetime) -> Launch:
    """Make the campaign binding and open its programme. The work itself is done step by step, see `launching`.

    Raises:
        UserError: it is out already, says nothing yet, or its segment is empty.
    """
    _forbid_launched(campaign)
    members = members_of(campaign.segment, at=at).count()
    if not campaign.messages.exists():
        raise UserError(_("This campaign has no message yet. Nothing was sent. Write the message, then launch."))
    if not members:
        raise UserError(_("Nobody is in this segment now. Nothing was sent. Choose another segment."))
    programme = open_programme(
        name=campaign.name,
        purpose=campaign.purpose,
        works_by=campaign.works_by,
        control_share=campaign.control_share,
        outcome_days=campaign.outcome_days,
        fixed_cost=campaign.fixed_cost,
        unit_cost=campaign.unit_cost,
        by=by,
        at=at,
    )
    launch = Launch.objects.create(campaign=campaign, programme=programme, at=at, by=by, members=members)
    note(verb="marketing.campaign_launched", by=by, at=at, subject=f"campaign:{campaign.pk}", members=members)
    return launch


@transaction.atomic
def unsubscribe(*, ticket: Ticket, proof: str, at: datetime) -> None:
    """Withdraw the consent that the ticket's mail relied on. Saying it again changes nothing.

    Raises:
        SourceRecord.DoesNotExist: the customer has been erased since.
    """
    said_by = SourceRecord.objects.select_for_update(no_key=True).get(pk=ticket.source_record)
    if has_refused(said_by.party, purpose=ticket.purpose, channel=ticket.channel):
        return
    campaign = Campaign.objects.get(pk=ticket.campaign)
    record_consent(
        party=said_by.party,
        purpose=ticket.purpose,
        channel=ticket.channel,
        is_given=False,
        at=at,
        by=None,
        proof=proof,
        source_record=said_by,
    )
    what = Unsubscribed(campaign=campaign.pk, campaign_name=campaign.name, purpose=ticket.purpose)
    record(
        Occurrence(
            party=said_by.party_id,
            source_record=said_by.pk,
            what=what,
            at=at,
            channel=ticket.channel,
            direction=Event.Direction.IN,
        )
    )


def _forbid_launched(campaign: Campaign) -> None:
    """Raise UserError for a campaign that is out; waits for a launch that is just being written."""
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    if Launch.objects.filter(campaign=campaign).exists():
        raise UserError(
            _("“%(name)s” has been launched and stays as it went out. Nothing was changed. Plan a new one instead.")
            % {"name": campaign.name}
        )
