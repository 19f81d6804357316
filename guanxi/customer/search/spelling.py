"""Misspelt Latin names: the words that customers bear, and which of them was meant.

The words are few beside the customers, so that the nearest is found in milliseconds. They are learnt after the writing
transaction, each in a statement of its own: two imports that bring the same name do not wait for each other.
"""

from collections.abc import Collection, Iterable
from functools import lru_cache

from django.db import connection, transaction
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from guanxi.customer.models import Party, SpelledWord
from guanxi.customer.search.matching import pieces
from guanxi.customer.search.tokens import latin_words
from guanxi.foundation.arrays import as_array

SHORTEST = 3
LONGEST = 60
CANDIDATES = 40
START = 3  # letters in which two words that resemble agree
ALIKE = 0.9  # Jaro–Winkler similarity of words that resemble
MOST_RESEMBLING = 40
LOT = 10_000
NEAREST = "SELECT word FROM customer_spelledword ORDER BY word <-> %s LIMIT %s"
BEGINNING_SO = f"""
    SELECT asked.word, array_agg(known.word)
      FROM unnest(%s::text[]) AS asked (word)
      JOIN customer_spelledword AS known
        ON known.word ~>=~ left(asked.word, {START}) AND known.word ~<~ (left(asked.word, {START}) || chr(1114111))
     GROUP BY asked.word
"""
KNOW = "INSERT INTO customer_spelledword (word) SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING"


def learn(names: Iterable[str]) -> None:
    """Know the words of these names once the running transaction is through."""
    words = words_of(names)
    if words:
        transaction.on_commit(lambda: _store(words))


def meant(text: str) -> str | None:
    """What was typed with its misspelt Latin words put right; None when nothing near is known."""
    typed = pieces(text)
    mended = [_nearest(piece) or piece for piece in typed]
    return " ".join(mended) if mended != typed else None


def resembling(words: Collection[str]) -> dict[str, list[str]]:
    """For each of these folded Latin words, the known ones that begin and go on much like it, the likest first."""
    long = sorted(word for word in words if len(word) >= START)
    if not long:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(BEGINNING_SO, [as_array(long)])
        return {word: _likest(word, known) for word, known in cursor.fetchall()}


def relearn() -> int:
    """Know exactly the words of all living customers' names; returns how many there are.

    What others learn while the names are read stays until the next time.
    """
    known = set(SpelledWord.objects.values_list("word", flat=True))
    words: set[str] = set()
    for names in Party.objects.values_list("name", "latin_name").iterator(LOT):
        words |= words_of(names)
    _store(words)
    SpelledWord.objects.filter(word__in=known - words).delete()
    return len(words)


def words_of(names: Iterable[str]) -> set[str]:
    """Folded Latin words without digits that are long enough to be misspelt."""
    return {word for name in set(names) for word in _words(name)}


@lru_cache(maxsize=65536)
def _words(name: str) -> tuple[str, ...]:
    return tuple(word for word in latin_words(name) if SHORTEST <= len(word) <= LONGEST and word.isalpha())


def _store(words: Collection[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(KNOW, [as_array(sorted(words))])


def _likest(word: str, known: Collection[str]) -> list[str]:
    slips = [near for near in known if OSA.distance(word, near, score_cutoff=1) <= 1]
    likest = process.extract(word, known, scorer=JaroWinkler.similarity, score_cutoff=ALIKE, limit=MOST_RESEMBLING)
    return list(dict.fromkeys([*slips, *(near for near, *_ in likest)]))


def _nearest(piece: str) -> str | None:
    """The known word that the fewest slips lead to: one in a short word, two in a longer one."""
    asked = next(iter(words_of([piece])), "")
    if not asked:
        return None
    with connection.cursor() as cursor:
        cursor.execute(NEAREST, [asked, CANDIDATES])
        near = [word for (word,) in cursor.fetchall()]
    most = 1 if len(asked) <= 5 else 2
    slips = {word: OSA.distance(asked, word, score_cutoff=most) for word in near}
    best = min(near, key=lambda word: (slips[word], sorted(word) != sorted(asked)), default="")  # swapped, then others
    return best if best and 0 < slips[best] <= most else None
