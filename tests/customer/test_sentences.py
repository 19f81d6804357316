"""The sentence of the list: slots are added, changed, offered as an or, and removed."""

import pytest
from django.http import QueryDict

from guanxi.customer.filters import as_text
from guanxi.customer.listing.questions import Question, read_question
from guanxi.customer.listing.sentences import edited, sentence
from guanxi.foundation.accounts.models import User

pytestmark = pytest.mark.django_db
YORK, LOST = "city:is:York", "stage:in:lost"
SOMEBODY = User()


def asked(*where: str) -> Question:
    query = QueryDict(mutable=True)
    query.setlist("where", list(where))
    return read_question(query, None, SOMEBODY)


def written(question: Question) -> list[str]:
    return [as_text(each) for each in question.conditions]


def sent(**given: str) -> QueryDict:
    query = QueryDict(mutable=True)
    query.update({"field": "city", "comparison": "is", "value": "Bath", **given})
    return query


def test_a_slot_adds_a_condition_or_changes_one() -> None:
    assert written(edited(asked(YORK), sent(), SOMEBODY)) == [YORK, "city:is:Bath"]
    assert written(edited(asked(YORK, LOST), sent(place="0"), SOMEBODY)) == ["city:is:Bath", LOST]
    assert written(edited(asked(YORK), sent(negated="on", place="0"), SOMEBODY)) == ["!city:is:Bath"]


def test_an_or_makes_a_group_and_joins_one() -> None:
    group = edited(asked(LOST, YORK), sent(beside="1"), SOMEBODY)
    assert written(group) == [LOST, f"any:{YORK};city:is:Bath"]
    assert written(edited(group, sent(beside="1.1", value="Ely"), SOMEBODY)) == [
        LOST,
        f"any:{YORK};city:is:Bath;city:is:Ely",
    ]
    assert written(edited(group, sent(place="1.0", value="Ely"), SOMEBODY)) == [LOST, "any:city:is:Ely;city:is:Bath"]


def test_a_group_of_one_is_no_group() -> None:
    group = asked(f"any:{YORK};city:is:Bath", LOST)
    assert written(group.without((0, 1))) == [YORK, LOST]
    assert written(group.without((0,))) == [LOST]


def test_the_sentence_names_each_place_and_the_way_to_be_rid_of_it() -> None:
    said = sentence(
        asked(LOST, f"any:{YORK};city:is:Bath"), QueryDict("add=tier&beside=1.1"), Question.address, SOMEBODY
    )
    assert [(slot.place, slot.phrase.lead) for slot in said.slots] == [("0", ""), ("1.0", "either"), ("1.1", "or")]
    assert said.slots[1].without == "?where=stage%3Ain%3Alost&where=city%3Ais%3ABath"
    assert (said.added and said.added.key, said.beside) == ("tier", "1.1")


def test_a_place_that_is_not_there_adds_a_condition() -> None:
    assert written(edited(asked(YORK), sent(place="7.3"), SOMEBODY)) == [YORK, "city:is:Bath"]
    assert written(edited(asked(YORK), sent(beside="4"), SOMEBODY)) == [YORK, "city:is:Bath"]
