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
}


def method_name(key: str) -> str:
    """Of a method, or of two that were multiplied (`same_rate*personal_mean`)."""
    parts = [str(METHODS.get(part, part)) for part in key.split("*")]
    return parts[0] if len(parts) == 1 else _("%(often)s × %(each)s") % {"often": parts[0], "each": parts[1]}


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
