from guanxi.customer.fields import custom_fields
from guanxi.customer.models import CustomField
from guanxi.integration.transfer.fields.field import Field, Looks
from guanxi.integration.transfer.fields.words import folded

LOOKS = {
    CustomField.Kind.NUMBER: Looks.NUMBER,
    CustomField.Kind.MONEY: Looks.NUMBER,
    CustomField.Kind.DATE: Looks.DAY,
    CustomField.Kind.YES_NO: Looks.ANSWER,
}


def own_fields() -> tuple[Field, ...]:
    """The fields that the company has defined itself, under the name that the record gives them (`custom:<key>`)."""
    return tuple(
        Field(each.name, each.label, (folded(each.label), folded(each.key)), LOOKS.get(each.kind, Looks.TEXT))  # type: ignore[call-overload]
        for each in custom_fields()
    )
