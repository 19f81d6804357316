"""A worker that can be killed: it works off rows in a process of its own, with nothing but the claims of the product."""

import sys
from contextlib import suppress
from datetime import timedelta

import django
from django.conf import settings

if __name__ == "__main__":
    host, port, user, name = sys.argv[1:]
    place = {"HOST": host, "PORT": port, "USER": user, "NAME": name}
    settings.configure(
        DATABASES={"default": {"ENGINE": "django.db.backends.postgresql", **place}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
    django.setup()

from django.db import models, transaction

from guanxi.foundation.jobs.claims import ClaimLostError, claim, settle

LEASE = timedelta(seconds=1)


class Errand(models.Model):  # noqa: DJ008 (nobody reads it)
    """Work to be done once."""

    claimed_at = models.DateTimeField(null=True)
    done = models.BooleanField(default=False)

    class Meta:
        app_label = "errands"


class Effect(models.Model):  # noqa: DJ008
    """What came of it. Nothing keeps an errand from having two: that is what the tests look for."""

    errand = models.BigIntegerField()

    class Meta:
        app_label = "errands"


def run_errands() -> None:
    """Work until nothing is left, whoever holds it."""
    while Errand.objects.filter(done=False).exists():
        for errand in claim(Errand.objects.filter(done=False), limit=100, lease=LEASE):
            with suppress(ClaimLostError):
                run(errand)


def run(errand: Errand) -> None:
    """The effect and the end of the work become true together."""
    with transaction.atomic():
        Effect.objects.create(errand=errand.pk)
        settle(errand, done=True)


if __name__ == "__main__":
    run_errands()
