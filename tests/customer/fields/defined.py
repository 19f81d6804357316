"""Custom fields for the tests, as the administrator defines them."""

from typing import Any

from guanxi.customer.fields.defining import define_field
from guanxi.customer.models import CustomField
from tests.world import NOW, person


def defined(label: str, kind: str, **more: Any) -> CustomField:
    return define_field(label=label, kind=kind, by=person("ada"), at=NOW, **more)
