from django.contrib.postgres.indexes import GistIndex, OpClass
from django.db import models


class SpelledWord(models.Model):
    """A word of living customers' names in folded Latin letters, so that a misspelt one can be put right.

    It tells nothing of who bears it; a word that nobody bears any more goes the next night.
    """

    word = models.CharField(max_length=60, primary_key=True)

    class Meta:
        indexes = [
            GistIndex(OpClass("word", name="gist_trgm_ops"), name="word_by_trigrams"),
            models.Index(OpClass("word", name="varchar_pattern_ops"), name="word_by_beginning"),
        ]

    def __str__(self) -> str:
        return self.word
