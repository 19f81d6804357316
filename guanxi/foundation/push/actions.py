from typing import Any

from guanxi.foundation.push.models import Notice
from guanxi.foundation.push.topics import require_topic


def notify(*, topic: str, kind: str, payload: dict[str, Any] | None = None) -> None:
    """Tell the open pages, if and when the running transaction commits. `payload` is JSON and small.

    Raises:
        UnknownTopicError: no app has opened this kind of topic (`topics.open_topic`).
    """
    require_topic(topic)
    Notice.objects.create(topic=topic, kind=kind, payload=payload or {})
