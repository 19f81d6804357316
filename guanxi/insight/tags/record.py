"""Tags that the record itself gives, to customers who have bought and to those who have not."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from guanxi.insight.tags.catalogue import ComputedTag, all_of, at_least, below

recorded = partial(ComputedTag, basis="record")

CONTACT = (
    recorded(
        "no_contact_quarter",
        _("No contact for 90 days"),
        _("The last contact by a colleague was 90 days ago or longer."),
        ("silence", "contacts"),
        at_least("silence", 90),
    ),
    recorded(
        "never_contacted",
        _("Never contacted"),
        _("On record for 30 days or longer, and no colleague has had contact."),
        ("contacts", "on_record"),
        all_of(below("contacts", 1), at_least("on_record", 30)),
    ),
    recorded(
        "often_contacted",
        _("Often contacted"),
        _("Twelve or more contacts by colleagues in the last 365 days."),
        ("contacts_year",),
        at_least("contacts_year", 12),
    ),
    recorded(
        "one_colleague",
        _("Known to one colleague"),
        _("Three or more contacts, all of them by the same colleague: who leaves takes the customer along."),
        ("colleagues", "contacts"),
        all_of(at_least("colleagues", 1), below("colleagues", 2), at_least("contacts", 3)),
    ),
    recorded(
        "without_owner",
        _("Without an owner"),
        _("Nobody in the company looks after this customer."),
        ("owned",),
        below("owned", 1),
    ),
    recorded(
        "just_entered",
        _("New on record"),
        _("Entered the record within the last 30 days, by whatever source."),
        ("on_record",),
        below("on_record", 31),
    ),
    recorded(
        "no_contact_person",
        _("No contact person"),
        _("An organisation of which no person is known who works there."),
        ("contact_persons", "organisation"),
        all_of(below("contact_persons", 1), at_least("organisation", 1)),
    ),
)

CONSENT = (
    recorded(
        "offers_agreed",
        _("Agreed to offers"),
        _("The latest answer on at least one channel agrees to offers."),
        ("offers_agreed", "offers_refused"),
        at_least("offers_agreed", 1),
    ),
    recorded(
        "offers_refused",
        _("Refused offers"),
        _("Offers were refused on every channel that the customer was asked about."),
        ("offers_refused", "offers_agreed"),
        all_of(at_least("offers_refused", 1), below("offers_agreed", 1)),
    ),
    recorded(
        "never_asked",
        _("Never asked about offers"),
        _("No answer about offers is on record, on any channel."),
        ("offers_agreed", "offers_refused"),
        all_of(below("offers_refused", 1), below("offers_agreed", 1)),
    ),
)

QUALITY = (
    recorded(
        "no_phone",
        _("No phone number"),
        _("No source names a phone number that can be dialled."),
        ("phones",),
        below("phones", 1),
    ),
    recorded(
        "no_email",
        _("No e-mail address"),
        _("No source names an e-mail address."),
        ("emails",),
        below("emails", 1),
    ),
    recorded(
        "unreachable",
        _("Cannot be reached"),
        _("Neither a phone number nor an e-mail address is known."),
        ("phones", "emails"),
        all_of(below("phones", 1), below("emails", 1)),
    ),
    recorded(
        "unverified_email",
        _("E-mail not verified"),
        _("Has an e-mail address, and none of them was ever verified."),
        ("emails", "verified_emails"),
        all_of(at_least("emails", 1), below("verified_emails", 1)),
    ),
    recorded(
        "bounced",
        _("Last message failed"),
        _("The latest message to this customer could not be delivered."),
        ("last_failed",),
        at_least("last_failed", 1),
    ),
    recorded(
        "incomplete_address",
        _("Address incomplete"),
        _("Of street, town, postcode and country some are known, but not all."),
        ("address_parts",),
        all_of(at_least("address_parts", 1), below("address_parts", 4)),
    ),
    recorded(
        "several_sources",
        _("Known to several sources"),
        _("Two or more systems describe this customer."),
        ("sources",),
        at_least("sources", 2),
    ),
    recorded(
        "abroad",
        _("Abroad"),
        _("Lives or sits in another country than the company."),
        ("abroad",),
        at_least("abroad", 1),
    ),
)

RECORD = (*CONTACT, *CONSENT, *QUALITY)
