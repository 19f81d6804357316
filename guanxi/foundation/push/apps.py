from django.apps import AppConfig

from guanxi.foundation.push.topics import open_topic


class Push(AppConfig):
    name = "guanxi.foundation.push"
    label = "push"

    def ready(self) -> None:
        open_topic("user", lambda user, which: str(user.pk) == which)
