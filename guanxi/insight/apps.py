from django.apps import AppConfig

from guanxi.insight import candidates, tags
from guanxi.insight.candidates.starting import STARTING as STARTING_CANDIDATES
from guanxi.insight.tags.starting import STARTING as STARTING_TAGS


class Insight(AppConfig):
    name = "guanxi.insight"
    label = "insight"

    def ready(self) -> None:
        tags.declare(*STARTING_TAGS)
        candidates.declare(*STARTING_CANDIDATES)
