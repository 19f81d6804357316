"""Telling open pages how a refresh goes."""

from guanxi.foundation.push.actions import notify
from guanxi.insight.refresh.progress import Progress

TOPIC = "refresh"


def pushed(progress: Progress) -> None:
    """Pages that listen to `refresh:all` ask for their part anew."""
    notify(topic=f"{TOPIC}:all", kind="progress", payload={"share": progress.share, "step": progress.step})
