"""The loop: an app that acts on customers opens a programme, lets the lot place them, tells whom it reached, and gets a
verdict. Nothing is claimed that a control group does not bear out."""

from guanxi.insight.programmes.assigning import Unit, assign, expose, units_of
from guanxi.insight.programmes.measuring import measure
from guanxi.insight.programmes.opening import close_programme, open_programme

__all__ = ["Unit", "assign", "close_programme", "expose", "measure", "open_programme", "units_of"]
