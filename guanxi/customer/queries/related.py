"""The customers whom relation fields name, for a reader who may not see all of them."""

from collections.abc import Collection

from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from guanxi.customer.access import visible_parties
from guanxi.customer.models import Party
from guanxi.customer.search import matching
from guanxi.foundation.accounts.models import User
from guanxi.foundation.errors import UserError
from guanxi.foundation.given import is_whole_number

FEW = 4


def living(numbers: Collection[int]) -> dict[int, int]:
    """Number as it was given → the customer it means today, who may have absorbed it; unknown ones are left out."""
    rows = Party.ever.filter(pk__in=numbers).values_list("pk", Coalesce("merged_into_id", "pk"))
    return dict(rows)


def related(user: User, numbers: Collection[int]) -> dict[int, Party]:
    """The customers of these numbers whom the reader may see, in two queries; none at all for no numbers."""
    if not numbers:
        return {}
    today = living(numbers)
    seen = visible_parties(user).only("pk", "name").in_bulk(list(today.values()))
    return {given: seen[pk] for given, pk in today.items() if pk in seen}


def meant_by(user: User, text: str) -> int:
    """The one visible customer whom a number or a name means. Raises UserError."""
    number = text.strip().lstrip("#")
    if is_whole_number(number):
        if found := related(user, [int(number)]):
            return int(found[int(number)].pk)
        raise UserError(_("There is no customer %(number)s. Nothing was saved.") % {"number": f"#{number}"})
    few = list(matching(visible_parties(user), text).order_by("sort_key", "pk").only("pk", "name", "city")[:FEW])
    exact = [each for each in few if each.name.casefold() == text.strip().casefold()]
    if len(exact or few) == 1:
        return int((exact or few)[0].pk)
    if not few:
        raise UserError(_("No customer is called “%(text)s”. Nothing was saved.") % {"text": text[:40]})
    told = ", ".join(f"{each.name} #{each.pk}" for each in exact or few)
    raise UserError(
        _("Several customers are meant by “%(text)s”: %(customers)s. Write the number of the right one.")
        % {"text": text[:40], "customers": told}
    )
