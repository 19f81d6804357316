"""Whether a column of text is gone through when a customer is erased is decided for each, also for the next one."""

from collections.abc import Iterator

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, JSONField, Model, SlugField, TextField

from guanxi.customer.privacy.texts import written

# What others are, what sources say of them word for word, and what only the program writes.
NOBODY_WRITES_OF_OTHERS = {
    "access.Grant": {"verb"},
    "access.Role": {"name"},
    "access.Team": {"name"},
    "accounts.Attempt": {"address", "email"},
    "accounts.ResetRequest": {"address", "email"},
    "accounts.User": {"email", "name", "password", "timezone"},
    "audit.Entry": {"facts", "subject", "verb"},  # gone through for every name
    "catalogue.Price": {"currency"},
    "catalogue.Product": {"category", "name", "sku"},
    "channels.Attempt": {"message_id", "reply", "sender"},
    "channels.Outage": {"error"},
    "company.Company": {"country", "currency", "name", "timezone"},
    "customer.Asset": {"serial"},
    "customer.Attachment": {"media_type", "sha256"},
    "customer.BeliefRule": {"field", "ranking"},
    "customer.Computation": {"figures"},
    "customer.ContactStandard": {"tiers"},
    "customer.CustomField": {"choices", "help", "label", "party_kinds"},
    "customer.Delivery": {"label"},
    "customer.ErasedKey": {"digest"},
    "customer.ErasureStep": {"counts", "name"},
    "customer.Event": {"key", "kind"},
    "customer.Handover": {"moved"},
    "customer.Identifier": {"raw", "value"},
    "customer.MatchingModel": {"numbers"},
    "customer.Merge": {"evidence"},
    "customer.Outbox": {"address", "error", "key", "unsubscribe_url"},
    "customer.Party": {
        *(
            "born",
            "city",
            "country",
            "custom",
            "email",
            "language",
            "latin_name",
            "name",
            "phone",
            "postcode",
            "provenance",
        ),
        *("search", "sort_key", "street"),
    },
    "customer.Pool": {"hidden"},
    "customer.PrivacyRequest": {"failure", "name", "report", "scope"},
    "customer.Proposal": {"explanation", "rule", "version"},
    "customer.Reading": {"monthly", "rfm", "tags"},
    "customer.RecycleRule": {"field", "tiers"},
    "customer.SavedView": {"columns", "order"},
    "customer.Source": {"name"},
    "customer.SourceRecord": {"external_id", "fields", "payload"},
    "customer.SpelledWord": {"word"},  # has an eraser of its own
    "customer.SupersededPayload": {"fields", "payload"},
    "customer.TagSteward": {"key"},
    "customer.Telling": {"words"},
    "customer.TerritoryRule": {"country", "place", "postcode"},
    "history.CatalogueNamespace": {"catalog_name", "namespace", "property_key", "property_value"},
    "history.CatalogueTable": {
        *("catalog_name", "iceberg_type", "metadata_location", "previous_metadata_location", "table_name"),
        "table_namespace",
    },
    "history.Commit": {"batch", "dataset"},
    "insight.Answer": {"action", "shown"},
    "insight.Article": {"name", "sku"},
    "insight.ModelCard": {"fit", "holdout", "model", "parameters", "question", "sample", "version"},
    "insight.Need": {"article"},
    "insight.Programme": {"salt"},
    "insight.Refresh": {"error", "snapshot"},
    "insight.RefreshStep": {"facts", "name"},
    "insight.Suggestion": {"action", "reasons"},
    "insight.Verdict": {"figures"},
    "marketing.LeftOut": {"reason"},
    "push.Notice": {"kind", "payload", "topic"},  # gone through for every name
    "transfer.Export": {"failure", "language", "question", "sha256"},  # has an eraser of its own
    "transfer.ExportPart": {"name", "sha256"},
    "transfer.Import": {"choices", "counts", "failure", "header", "mapping", "reading", "sha256"},
    "transfer.ImportChunk": {"products"},
    "transfer.KeptCustomer": {"external_id", "why"},
    "transfer.Question": {"failure"},
    "transfer.RememberedMapping": {"choices", "mapping", "signature"},
    "transfer.Undo": {"failure"},
}


def texts() -> Iterator[tuple[str, set[str]]]:
    for model in apps.get_models():
        if model.__module__.startswith("guanxi.") and (names := set(free_texts(model))):
            yield model._meta.label, names


def free_texts(model: type[Model]) -> Iterator[str]:
    for each in model._meta.concrete_fields:
        is_text = isinstance(each, CharField | TextField | JSONField | ArrayField) and not isinstance(each, SlugField)
        if is_text and not each.choices and not each.generated:
            yield each.name


def test_every_column_of_text_is_gone_through_or_left_on_purpose() -> None:
    gone_through: dict[str, set[str]] = {}
    for model, column in written():
        gone_through.setdefault(model._meta.label, set()).add(column)
    decided = {
        label: gone_through.get(label, set()) | NOBODY_WRITES_OF_OTHERS.get(label, set())
        for label in gone_through.keys() | NOBODY_WRITES_OF_OTHERS.keys()
    }
    assert dict(texts()) == decided
