"""How long customers wait when so many agents answer: Erlang B and C, and Erlang A in which the impatient hang up.

Assumptions: contacts arrive at random at one rate (Poisson), take times that are exponential around one mean, and wait
in one line, first come first served, for agents who are all alike; the rate holds long enough for the line to settle.
Erlang C: nobody hangs up (A. K. Erlang 1917). Erlang A: each caller hangs up after an exponential time (C. Palm 1957;
Garnett, Mandelbaum & Reiman 2002, MSOM 4, 208-227; the integrals are Zeltyn & Mandelbaum's 2005, QUESTA 51, 361-402).
"""

from dataclasses import dataclass
from math import exp, inf, isfinite, log, log1p, sqrt

import numpy as np

from guanxi.analytical.arrays import Array, dot, positive
from guanxi.analytical.errors import AnalysisError

MOST_AGENTS = 1_000_000
PANELS = 80
NODES = 12
NEGLIGIBLE = 45.0  # e⁻⁴⁵ of the peak is beyond the last digit
SHORTEST = 1e-9  # of the scale of the integral: steeper layers than this weigh nothing


@dataclass(frozen=True, slots=True)
class Queue:
    """A line in balance. Times in the unit of the handling time; shares of all who arrive.

    waits: share who find no agent free. answered_within: share answered within the time asked for. abandoned: share who
    hang up. wait_of_answered: mean time to the answer of those who get one (average speed of answer). occupancy: share
    of their time in which agents are busy.
    """

    agents: int
    load: float
    waits: float
    answered_within: float
    wait_of_answered: float
    occupancy: float
    abandoned: float = 0.0


def erlang_b(agents: int, load: float) -> float:
    """Share of contacts lost when nobody can wait. load: arrivals per unit of time, times the mean handling time.

    AnalysisError unless 0 ≤ agents ≤ 1,000,000 and load is finite and above 0.
    """
    return exp(-_log_inverse_blocking(_whole(agents), positive(load, "load")))


def erlang_c(agents: int, load: float) -> float:
    """Share of contacts that wait when nobody hangs up; 1 where the load is more than the agents can ever do."""
    return _waits(_whole(agents), positive(load, "load"))


def patient_queue(agents: int, rate: float, handling: float, *, within: float) -> Queue:
    """Erlang C. rate: contacts per unit of time; handling, within: in that unit. Without balance the wait is infinite.

    AnalysisError for a rate or handling time that is not above 0, or `within` below 0.
    """
    load = _load(rate, handling, within)
    waits, spare = _waits(_whole(agents), load), agents - load
    if spare <= 0:
        return Queue(agents, load, 1.0, 0.0, inf, 1.0)
    answered = 1.0 - waits * exp(-spare * within / handling)
    return Queue(agents, load, waits, answered, waits * handling / spare, load / agents)


def impatient_queue(agents: int, rate: float, handling: float, *, patience: float, within: float) -> Queue:
    """Erlang A: callers hang up after `patience` on average (exponential); endless it is Erlang C, at 0 Erlang B."""
    load = _load(rate, handling, within)
    if patience == inf:
        return patient_queue(agents, rate, handling, within=within)
    if not patience >= 0:
        raise AnalysisError(f"patience must be 0 or more, it is {patience:g}.")
    if _whole(agents) == 0:
        return Queue(0, load, 1.0, 0.0, inf, 1.0, 1.0)
    if patience == 0:
        lost = erlang_b(agents, load)
        return Queue(agents, load, lost, 1.0 - lost, 0.0, load * (1.0 - lost) / agents, lost)
    return _with_patience(agents, load, 1.0 / handling, 1.0 / patience, within)


def _with_patience(agents: int, load: float, service: float, leaving: float, within: float) -> Queue:
    """The wait of a caller of endless patience has density λ·exp(h) / (ε + λ∫exp(h)), and is 0 with the rest."""
    rate, capacity = load * service, agents * service
    times, weights = _mesh(rate, capacity, leaving, within)
    log_density = _log_density(times, rate, capacity, leaving)
    peak = max(float(log_density.max()), 0.0)
    density = weights * np.exp(log_density - peak) * rate
    free = _log_inverse_blocking(agents - 1, load) - peak
    waiting = float(density.sum())
    whole = waiting + (exp(free) if free < 700 else inf)
    if whole == inf:
        return Queue(agents, load, 0.0, 1.0, 0.0, load / agents)
    stays = density * np.exp(-leaving * times)
    waits, immediate = waiting / whole, 1.0 - waiting / whole
    abandoned = min(max(dot(density, -np.expm1(-leaving * times)) / whole, 0.0), 1.0)
    answered = immediate + float(stays.sum()) / whole
    soon = immediate + float(stays[times <= within].sum()) / whole
    wait = dot(stays, times) / whole / answered
    return Queue(agents, load, waits, min(soon, 1.0), wait, min(load * (1.0 - abandoned) / agents, 1.0), abandoned)


def _log_density(times: Array, rate: float, capacity: float, leaving: float) -> Array:
    return np.asarray(-rate / leaving * np.expm1(-leaving * times) - capacity * times, dtype=np.float64)


def _mesh(rate: float, capacity: float, leaving: float, within: float) -> tuple[Array, Array]:
    """Nodes and weights of Gauss-Legendre: panels grow from 0 on, stand close at the peak, and part at `within`."""
    peak = max(log(rate / capacity) / leaving, 0.0)
    spread = 1.0 / sqrt(max(capacity, rate) * leaving) if peak else 1.0 / capacity
    end = _end(peak, spread, rate, capacity, leaving)
    edges = np.concatenate(
        [
            [0.0, min(within, end), end],
            np.geomspace(end * SHORTEST, end, PANELS),
            peak + spread * np.linspace(-9, 9, 37),
        ]
    )
    edges = np.unique(edges[(edges >= 0) & (edges <= end)])
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    half = np.diff(edges) / 2.0
    middle = edges[:-1] + half
    return (middle[:, None] + half[:, None] * nodes).ravel(), (half[:, None] * weights).ravel()


def _end(peak: float, spread: float, rate: float, capacity: float, leaving: float) -> float:
    """A time at which the density is negligible: doubled until it is."""

    def drop(time: float) -> float:
        return float(-rate / leaving * np.expm1(-leaving * time) - capacity * time)

    top, reach = drop(peak), spread
    while drop(peak + reach) > top - NEGLIGIBLE:
        reach *= 2.0
    return peak + reach


def _waits(agents: int, load: float) -> float:
    if agents <= load:
        return 1.0
    # 1 / C = 1 + (1 − load / agents) · (1 / B − 1), in logarithms as 1 / B may be beyond every number.
    more = log1p(-load / agents) + _log_less_one(_log_inverse_blocking(agents, load))
    return 1.0 / (1.0 + exp(more)) if more < 700 else exp(-more)


def _log_less_one(x: float) -> float:
    """log(eˣ − 1) for x > 0."""
    return x + log1p(-exp(-x))


def _log_inverse_blocking(agents: int, load: float) -> float:
    """log(1 / B) by 1 / B(n) = 1 + n / load · 1 / B(n − 1), which adds positive numbers only and so loses no digits."""
    value = 0.0
    log_load = log(load)
    for n in range(1, agents + 1):
        term = value + log(n) - log_load
        value = term + log1p(exp(-term)) if term > 0 else log1p(exp(term))
    return value


def _load(rate: float, handling: float, within: float) -> float:
    if not (isfinite(within) and within >= 0):
        raise AnalysisError(f"The time to answer within must be 0 or more and finite, it is {within:g}.")
    return positive(positive(rate, "rate") * positive(handling, "handling"), "load")


def _whole(agents: int) -> int:
    if agents != int(agents) or not 0 <= agents <= MOST_AGENTS:
        raise AnalysisError(f"Agents must be a whole number from 0 to {MOST_AGENTS:,}; {agents} is none.")
    return int(agents)
