"""What push itself opens: the topic of each colleague's own news."""

from guanxi.foundation.push.topics import open_topic


def register() -> None:
    """Each colleague may hear what concerns them alone."""
    open_topic("user", lambda user, which: str(user.pk) == which)
