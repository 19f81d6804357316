"""What the methods and questions of the engine are called on pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

METHODS: dict[str, Promise] = {
    "same_rate": gettext_lazy("same rate as before"),
    "bg_nbd": gettext_lazy("BG/NBD"),
    "mbg_nbd": gettext_lazy("MBG/NBD"),
    "pareto_nbd": gettext_lazy("Pareto/NBD"),
    "personal_mean": gettext_lazy("own mean order"),
    "gamma_gamma": gettext_lazy("gamma-gamma"),
    "churn_model": gettext_lazy("churn classifier"),
    "silence": gettext_lazy("days of silence"),
    "few_expected": gettext_lazy("purchases that the MBG/NBD does not expect"),
    "known_share": gettext_lazy("the same chance for everybody"),
    "gap_personal_mean": gettext_lazy("own mean gap"),
    "gap_poisson_gamma": gettext_lazy("Poisson-gamma"),
    "gap_log_normal": gettext_lazy("log-normal"),
    "bought_days": gettext_lazy("days bought"),
    "cycle_chance": gettext_lazy("chance by the cycle"),
    "popularity": gettext_lazy("what most people buy"),
    "personal": gettext_lazy("what this customer buys most often"),
    "personal_recent": gettext_lazy("what this customer buys most often of late"),
    "neighbours": gettext_lazy("item neighbours"),
    "ease": gettext_lazy("EASE"),
}


def method_name(key: str) -> str:
    """Of a method, or of two that were multiplied (`same_rate*personal_mean`)."""
    parts = [str(METHODS.get(part, part)) for part in key.split("*")]
    return parts[0] if len(parts) == 1 else _("%(often)s × %(each)s") % {"often": parts[0], "each": parts[1]}


# What the churn classifier reads; the parameters of published models keep the names of their papers.
PARAMETERS: dict[str, Promise] = {
    "intercept": gettext_lazy("log-odds of the average customer"),
    "repeats": gettext_lazy("purchase days after the first"),
    "silence": gettext_lazy("days since the last purchase"),
    "known": gettext_lazy("days since the first purchase"),
    "gap": gettext_lazy("mean days between purchases"),
    "overdue": gettext_lazy("silence as a multiple of the mean gap"),
    "worth": gettext_lazy("sales per purchase day"),
    "returned": gettext_lazy("share of sales returned"),
}


STAGES: dict[str, Promise] = {
    "exploration": gettext_lazy("bought on one day so far"),
    "formation": gettext_lazy("bought on two or three days"),
    "stability": gettext_lazy("bought on four days or more, and keeps to its cycle"),
    "decline": gettext_lazy("silent for longer than nine in ten of such customers' gaps"),
    "lost": gettext_lazy("silent for longer than ninety-nine in a hundred of such gaps"),
    "won_back": gettext_lazy("came back within 180 days after a silence that means lost"),
}


def stage_reason(stage: str) -> str:
    """The rule by which a relationship is in this stage."""
    return str(STAGES.get(stage, ""))


LOYALTY_POLICIES: dict[str, Promise] = {
    "true_friend": gettext_lazy(
        "Keep them: steady contact, the better service first, and no discount they did not ask for."
    ),
    "butterfly": gettext_lazy("Earn while they are here, and stop courting them once they stop buying."),
    "barnacle": gettext_lazy(
        "Find out whether they have little to spend or spend it elsewhere:"
        " then serve them at less cost, or sell them more."
    ),
    "stranger": gettext_lazy("Invest nothing beyond the sale: every order has to pay for itself."),
}
GROWTH_POLICIES: dict[str, Promise] = {
    "penetration": gettext_lazy("The business as it is: see that they buy again in time, and more of it."),
    "extension": gettext_lazy("New articles sell to them: show them the next ones first."),
    "acquisition": gettext_lazy("They came for what is proven: welcome them, and lead them to a second order."),
    "diversification": gettext_lazy("New on both sides, so little is known yet: ask what brought them."),
}
