from datetime import timedelta

from django.db.models.functions import Now

from guanxi.foundation.jobs.declare import every
from guanxi.foundation.push.models import Notice

KEPT = timedelta(days=1)  # a browser that was away longer loads the page anew


@every("41 * * * *", "push.forget_old")
def forget_old() -> None:
    """Notices that were relayed long ago are of no use to anybody."""
    Notice.objects.filter(number__isnull=False, at__lt=Now() - KEPT).delete()
