from guanxi.customer.believing import reappraise
from guanxi.customer.fields.indexing import index_fields
from guanxi.foundation.company.clock import now
from guanxi.foundation.jobs.declare import every, job


@job("customer.index_fields", alone=True)
def index_custom_fields() -> None:
    """Make and drop the indexes of custom fields, as the fields are now."""
    index_fields()


@every("40 3 * * *", "customer.index_fields_nightly")
def index_custom_fields_nightly() -> None:
    """Every night (UTC), for what a killed worker left half made."""
    index_fields()


@job("customer.reappraise", alone=True)
def reappraise_customers() -> None:
    """Apply changed rules of belief to everybody."""
    reappraise(clock=now)


@every("* * * * *", "customer.reappraise_on")
def reappraise_on() -> None:
    """Go on with a reappraisal whose worker died."""
    reappraise(clock=now)
