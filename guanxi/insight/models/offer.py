"""What is worth offering to whom, and why: made anew every week and thrown away with the next."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Article(models.Model):
    """An article that was on sale lately, as the order lines name it."""

    # From 0, the one with most buyers first; valid for one week's offers.
    number = models.IntegerField(primary_key=True)
    sku = models.TextField()
    name = models.TextField()
    price = models.FloatField()  # what one usually costs: the median
    buyers = models.IntegerField()

    def __str__(self) -> str:
        return self.name


class Offer(models.Model):
    """An article for one customer: of those bought before (repeat), or new to this customer (all others).

    Repeat: on how many days it was bought, last when, and after how many days as a rule. Otherwise `because` is what
    this customer bought: of its buyers the share `confidence` also bought the article, of all others `others`. Without
    `because` nothing but what most people buy speaks for it, and `others` is the share of all customers.
    """

    class Kind(models.TextChoices):
        REPEAT = "repeat", _("Buy again")
        CROSS_SELL = "cross_sell", _("Goes with it")
        UP_SELL = "up_sell", _("A dearer one of the kind")
        DISCOVERY = "discovery", _("Popular")

    id = models.BigIntegerField(primary_key=True)
    party = models.ForeignKey(
        "customer.Party", models.DO_NOTHING, related_name="offers", db_constraint=False, db_index=False
    )
    kind = models.CharField(max_length=10, choices=Kind)
    rank = models.SmallIntegerField()  # 1 is the best; counted apart for repeat and for what is new
    article = models.ForeignKey(Article, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    because = models.ForeignKey(
        Article, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False, null=True
    )
    confidence = models.FloatField(null=True)
    others = models.FloatField(null=True)
    lift = models.FloatField(null=True)
    days = models.IntegerField(null=True)
    last_on = models.DateField(null=True)
    every_days = models.FloatField(null=True)

    class Meta:
        indexes = [models.Index(fields=["party", "rank"], name="offers_of_party")]

    def __str__(self) -> str:
        return f"{self.kind} {self.article_id} to {self.party_id}"
