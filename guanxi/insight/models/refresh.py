"""A refresh computes all readings anew, step by step, and can be cut at any point and resumed."""

from django.conf import settings
from django.db import models


class Refresh(models.Model):
    """One run: what was known as of when, and when it was published (until then it is running or was cut)."""

    as_of = models.DateTimeField()
    snapshot = models.CharField(max_length=80, blank=True)  # of the history that was read
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True, default="")
    parties = models.IntegerField(null=True)
    facts = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"refresh {self.pk} as of {self.as_of:%Y-%m-%d}"


class RefreshStep(models.Model):
    """A finished step: a resumed refresh does not repeat it."""

    refresh = models.ForeignKey(Refresh, models.CASCADE, related_name="steps")
    name = models.CharField(max_length=40)
    finished_at = models.DateTimeField()
    seconds = models.FloatField()
    facts = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["refresh", "name"], name="one_finish_per_step")]

    def __str__(self) -> str:
        return f"{self.refresh_id} {self.name}"


class ModelCard(models.Model):
    """What a model is, on which data, how well it did on data it had not seen, and beside which baseline."""

    refresh = models.ForeignKey(Refresh, models.CASCADE, related_name="cards")
    question = models.CharField(max_length=40)  # such as expected_value
    model = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    parameters = models.JSONField(default=dict)
    sample = models.JSONField(default=dict)
    fit = models.JSONField(default=dict)
    holdout = models.JSONField(default=dict)  # {"model": {…}, "baseline": {…}}: figures by measure; "bins": tenths
    is_used = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["refresh", "question", "model"], name="one_card_per_model")]

    def __str__(self) -> str:
        return f"{self.question}: {self.model} {self.version}"

    @property
    def is_baseline(self) -> bool:
        """Whether this is one of the plain forecasts that models have to beat."""
        return bool(self.holdout["model"]["is_baseline"])

    def figure(self, measure: str) -> float | None:
        """What this measure says of the method, None where nothing is known. Older cards keep the total beside it."""
        figure = self.holdout["model"].get(measure, self.holdout.get(measure))
        return None if figure is None else float(figure)

    def beside(self, measure: str) -> float | None:
        """The same of the baseline."""
        figure = self.holdout["baseline"].get(measure)
        return None if figure is None else float(figure)
