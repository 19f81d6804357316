"""From order lines to one row per source identity and day. Everything about a customer is computed from these rows.

They are keyed as the facts are, by source identity: a merge changes none of them, and only identities with new facts
have to be reduced again.
"""

import ibis.expr.types as ir
from ibis import _

from guanxi.insight.scores.figures import PLACES


def money(total: ir.NumericValue) -> ir.NumericValue:
    """A sum of money that is the same in whatever order it was added, so that equals rank as equals."""
    return total.fill_null(0.0).round(PLACES)


def days_of_identities(lines: ir.Table) -> ir.Table:
    """One row per source, external_id and day (of the session's zone).

    `lines`: source, external_id, at, order_id, amount. Lines without a customer are left out. orders: orders with
    something paid for. sales: amounts above zero. returns: amounts below zero, as a positive figure. lines: sold
    lines. first_at, last_at: moments of the first and last sold line, null on a day of returns only.
    """
    sold = _.amount > 0
    orders = (
        lines.filter(_.external_id.notnull())
        .group_by("source", "external_id", "order_id", day=_.at.date())
        .aggregate(
            sales=money(_.amount.sum(where=sold)),
            returns=money(-_.amount.sum(where=_.amount < 0)),
            lines=sold.sum(),
            first_at=_.at.min(where=sold),
            last_at=_.at.max(where=sold),
        )
    )
    return orders.group_by("source", "external_id", "day").aggregate(
        orders=(_.sales > 0).sum(),
        sales=money(_.sales.sum()),
        returns=money(_.returns.sum()),
        lines=_.lines.sum(),
        first_at=_.first_at.min(),
        last_at=_.last_at.max(),
    )


def days_of_parties(days: ir.Table, identities: ir.Table) -> ir.Table:
    """The days of each party: those of all its source identities together. Identities without a party are left out."""
    return (
        days.join(identities, ["source", "external_id"])
        .group_by("party", "day")
        .aggregate(
            orders=_.orders.sum(),
            sales=money(_.sales.sum()),
            returns=money(_.returns.sum()),
            lines=_.lines.sum(),
            first_at=_.first_at.min(),
            last_at=_.last_at.max(),
        )
    )
