"""How many people answer, and how long customers wait: Erlang B, C and A, and a plan for a day.

`staff` finds the fewest agents who keep a `Target` in one interval, `day_plan` in every interval of a day,
`staff_scenarios` where only what may arrive is known; `patient_queue` and `impatient_queue` tell what a given number of
agents means. Times in one unit of the caller's choice.
"""

from guanxi.analytical.staffing.plan import (
    DayPlan,
    Prepared,
    Staffing,
    Target,
    day_plan,
    positions,
    rule_of_thumb,
    staff,
    staff_scenarios,
)
from guanxi.analytical.staffing.queues import Queue, erlang_b, erlang_c, impatient_queue, patient_queue

__all__ = [
    "DayPlan",
    "Prepared",
    "Queue",
    "Staffing",
    "Target",
    "day_plan",
    "erlang_b",
    "erlang_c",
    "impatient_queue",
    "patient_queue",
    "positions",
    "rule_of_thumb",
    "staff",
    "staff_scenarios",
]
