"""What an erasure goes through and has done, in the reader's words: tables, counts, steps and failures."""

from django.utils.translation import gettext as _

from guanxi.customer.privacy.erasers import erasers


def in_words(counted: str) -> str:
    """What a step counts: rows of a table, facts of a dataset, files."""
    return {**_tables(), **_counts()}.get(counted, counted)


def step_in_words(name: str) -> str:
    """A step by what it goes through."""
    ours = {
        "keys": _("Keyed hashes of addresses and numbers"),
        "record": _("Everything on record about the customer"),
        "space": _("The space that it took on the disk"),
    }
    return ours.get(name) or next((str(each.label) for each in erasers() if each.name == name), name)


def failure_in_words(failure: str) -> str:
    """The step that did not succeed, and the kind of error; as it was noted, “<step>: <error>”."""
    step, _colon, error = failure.partition(": ")
    return f"{step_in_words(step)}: {error}"


def _counts() -> dict[str, str]:
    return {
        "keys": _("Keyed hashes"),
        "order_lines": _("Order lines"),
        "order_lines:kept_anonymous": _("Order lines kept without the customer"),
        "rows": _("Rows of files"),
        "originals": _("Files as they were sent"),
        "files": _("Files"),
        "folders": _("Folders"),
        "published": _("Figures and offers published meanwhile"),
        "mentions": _("Texts that hold a name which may mean somebody else"),
        "written_anew": _("Tables written anew"),
        "cleaned": _("Tables cleaned"),
    }


def _tables() -> dict[str, str]:
    return {
        "audit.Entry": _("Audit trail"),
        "channels.Attempt": _("Attempts to deliver"),
        "customer.Asset": _("Things owned"),
        "customer.Attachment": _("Files kept with customers"),
        "customer.Claim": _("Claims from a pool"),
        "customer.Consent": _("Consents"),
        "customer.Delivery": _("Deliveries of data by a source"),
        "customer.Event": _("Timeline"),
        "customer.HandedOver": _("Hand-overs"),
        "customer.Identifier": _("Addresses and numbers"),
        "customer.LevelEntry": _("Relationship levels"),
        "customer.Merge": _("Merges"),
        "customer.Outbox": _("Messages"),
        "customer.Party": _("The golden record"),
        "customer.PartyRole": _("Roles"),
        "customer.PartyTag": _("Tags of the customer"),
        "customer.Pin": _("Pinned entries"),
        "customer.Pool": _("Pools"),
        "customer.PrivacyRequest": _("Privacy requests"),
        "customer.Promise": _("Promises"),
        "customer.Proposal": _("Comparisons with other customers"),
        "customer.Reading": _("Computed figures"),
        "customer.Readmission": _("Customers let in again"),
        "customer.Registration": _("Entries by form"),
        "customer.Relationship": _("Relationships"),
        "customer.RetentionRule": _("Rules of retention"),
        "customer.SavedView": _("Saved views"),
        "customer.ServiceRecord": _("Maintenance and repairs"),
        "customer.SourceRecord": _("What each source says"),
        "customer.SpelledWord": _("Words known to the search"),
        "customer.Split": _("Records split off"),
        "customer.Striking": _("Entries struck out"),
        "customer.SupersededPayload": _("What sources said before"),
        "customer.Tag": _("Names of tags"),
        "customer.Task": _("Tasks"),
        "customer.Telling": _("What each delivery said"),
        "customer.Territory": _("Territories"),
        "insight.Answer": _("Answers to suggestions"),
        "insight.Assignment": _("Places in experiments"),
        "insight.Exposure": _("Exposures in experiments"),
        "insight.Need": _("Articles due again"),
        "insight.Offer": _("What is worth offering"),
        "insight.Programme": _("Programmes"),
        "insight.Segment": _("Segments"),
        "insight.StageEntry": _("Lifecycle stages"),
        "insight.StrengthEntry": _("Relationship strength over time"),
        "insight.Suggestion": _("Next best action"),
        "marketing.Campaign": _("Campaigns"),
        "marketing.LeftOut": _("Left out of campaigns"),
        "marketing.Message": _("Texts of campaigns"),
        "push.Notice": _("Notices to open pages"),
        "transfer.Export": _("Exports"),
        "transfer.Import": _("Imports"),
        "transfer.Question": _("Questions to tables"),
        "transfer.KeptCustomer": _("Customers kept when an import was undone"),
    }
