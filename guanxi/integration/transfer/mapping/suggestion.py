"""The suggested mapping: names speak, contents may object, and where names say nothing contents may speak."""

from collections.abc import Sequence

from guanxi.integration.transfer.fields import Field, Kind, Looks, fields_of
from guanxi.integration.transfer.mapping.contents import looks_dated, share
from guanxi.integration.transfer.mapping.names import PART, is_of_another, likeness

CONVINCING = 0.6  # share of cells that must look like the field for a name like its own to count
CONCEDED = 0.3  # the same for a name that is its own
SPEAKING = 0.95  # share of cells from which contents alone suggest the field
FROM_CONTENTS = 0.5
SALE = "at"

Mapping = dict[int, str]


def suggested_mapping(kind: str, header: Sequence[str], columns: Sequence[Sequence[str]]) -> Mapping:
    """For each column, by its place, the field it most probably holds; the surest first, and a field only once unless
    it repeats.

    columns: some cells of each column.
    """
    fields = fields_of(kind)
    repeating = {each.key for each in fields if each.repeats}
    scores = [
        (_score(name, cells, each), -place, each.key)
        for place, (name, cells) in enumerate(zip(header, columns, strict=True))
        for each in fields
    ]
    mapping: Mapping = {}
    for score, place, key in sorted(scores, reverse=True):
        is_free = key not in mapping.values() or (key in repeating and score > FROM_CONTENTS)
        if score > 0 and -place not in mapping and is_free:
            mapping[-place] = key
    return dict(sorted(mapping.items()))


def suggested_kind(header: Sequence[str], columns: Sequence[Sequence[str]]) -> Kind:
    """Transactions have a date and a figure; everything else is taken for customers."""
    found = set(suggested_mapping(Kind.TRANSACTIONS, header, columns).values())
    people = set(suggested_mapping(Kind.CUSTOMERS, header, columns).values())
    has_money = bool(found & {"amount", "unit_price"}) and "at" in found
    reached = people & {"email", "phone"}  # a list of customers may count their orders and what they are worth
    sold = len(found & {"order_id", "sku", "quantity"})
    is_sale = sold > 1 if reached else bool(sold) or "external_id" in found
    return Kind.TRANSACTIONS if has_money and is_sale else Kind.CUSTOMERS


def _score(name: str, cells: Sequence[str], field: Field) -> float:
    if is_of_another(name, field):
        return 0.0
    named = likeness(name, field)
    fitting = share(cells, field.looks)
    if fitting is None:
        return named / 2  # an empty column may be meant, but yields to a filled one
    if named:
        return named if fitting >= (CONCEDED if named > PART else CONVINCING) else 0.0
    return FROM_CONTENTS if _speaks(cells, field, fitting) else 0.0


def _speaks(cells: Sequence[str], field: Field, fitting: float) -> bool:
    """Dates speak for the day of a sale alone: a customer's may be of birth, of the last visit, of anything."""
    looks = field.looks
    if looks is Looks.MOMENT:
        return field.key == SALE and looks_dated(cells)
    return looks in {Looks.EMAIL, Looks.PHONE} and fitting >= SPEAKING and not _are_plain_figures(cells, looks)


def _are_plain_figures(cells: Sequence[str], looks: Looks) -> bool:
    """Order numbers look like phone numbers; a phone has a plus, a separator or eleven digits beginning with 1."""
    if looks is not Looks.PHONE:
        return False
    filled = [cell.strip() for cell in cells if cell and cell.strip()]
    return any(cell.isdigit() and not (len(cell) == 11 and cell.startswith("1")) for cell in filled)
