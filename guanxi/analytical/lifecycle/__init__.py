"""How a customer's buying comes and goes: the personal purchase cycle, and when silence becomes a sign."""

from guanxi.analytical.lifecycle.cycle import Cycle, Gaps, fit_cycle

__all__ = ["Cycle", "Gaps", "fit_cycle"]
