"""What the record tells the frame when the program starts."""

from django.utils.module_loading import autodiscover_modules

from guanxi.customer.filters.readings import register_reading_fields
from guanxi.customer.filters.record import register_record_fields


def register() -> None:
    """Filter fields, places in the rail, actions and finders; and the kinds of event that each app declares."""
    register_record_fields()
    register_reading_fields()
    autodiscover_modules("events")
