"""Which article a customer is due to buy again, and when."""

from django.db import models


class Need(models.Model):
    """An article that a customer buys in a cycle, and is due to buy again. Computed: thrown away and made anew at every
    refresh.

    `rank` numbers all needs, the likeliest to be bought soon first. The day of the next purchase falls between `low_on`
    and `high_on` in 80 of 100 cases.
    """

    rank = models.BigIntegerField(primary_key=True)
    party = models.ForeignKey("customer.Party", models.DO_NOTHING, related_name="needs", db_constraint=False)
    article = models.CharField(max_length=64)  # its number in the catalogue
    due_on = models.DateField()
    low_on = models.DateField()
    high_on = models.DateField()
    usual_days = models.FloatField()
    purchases = models.PositiveIntegerField()  # days on which it was bought
    last_on = models.DateField()
    chance = models.FloatField(
        null=True
    )  # share of such cases that came true within 14 days; null: none could be tried

    class Meta:
        indexes = [
            models.Index(fields=["due_on", "rank"], name="need_by_day"),
            models.Index(fields=["article", "rank"], name="need_of_article"),
        ]

    def __str__(self) -> str:
        return f"{self.article} for {self.party_id} on {self.due_on}"
