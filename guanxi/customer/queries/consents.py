from dataclasses import dataclass

from guanxi.customer.models import Consent, Event, Party
from guanxi.customer.models.consent import Purpose
from guanxi.foundation.rows import every

ICONS = {Event.Channel.CALL: "call", Event.Channel.MAIL: "mail", Event.Channel.SMS: "sms", Event.Channel.POST: "post"}


@dataclass(frozen=True)
class Lights:
    """The consent matrix: channels as (icon, name), rows as (purpose, state of each channel), and the latest answer."""

    channels: list[tuple[str, str]]
    rows: list[tuple[str, list[str]]]
    latest: Consent | None


def has_refused(party: Party, *, purpose: str, channel: str) -> bool:
    """Whether the latest answer to this purpose and channel is a refusal; nobody asked is no refusal."""
    answers = Consent.objects.filter(party=party, purpose=purpose, channel=channel)
    latest = answers.order_by("-at", "-id").first()
    return latest is not None and not latest.is_given


def consent_lights(party: Party) -> Lights:
    """The latest answer of a customer for each purpose and channel."""
    told = every(Consent, "WHERE party_id = %s ORDER BY at, id", [party.pk])
    latest = list({(each.purpose, each.channel): each for each in told}.values())
    answers = {(each.purpose, each.channel): "given" if each.is_given else "withdrawn" for each in latest}
    return Lights(
        channels=[(icon, str(channel.label)) for channel, icon in ICONS.items()],
        rows=[
            (str(purpose.label), [answers.get((purpose.value, channel.value), "none") for channel in ICONS])
            for purpose in Purpose
        ],
        latest=max(latest, key=lambda each: each.at, default=None),
    )
