"""What higher layers keep about a party follows a merge too: they register here and are told which parties changed."""

from collections.abc import Callable, Collection

Follower = Callable[[Collection[int]], None]
_followers: list[Follower] = []


def register(follower: Follower) -> None:
    """From now on `follower` hears, inside the transaction, of every party that gained or lost something."""
    if follower not in _followers:
        _followers.append(follower)


def tell(parties: Collection[int]) -> None:
    for follower in _followers:
        follower(parties)
