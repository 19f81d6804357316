import secrets
from pathlib import Path

from guanxi.foundation.server import make_home


def kept_secret(home: Path) -> str:
    """The installation's signing key: made once, readable by its owner only, kept with the data."""
    place = home / "secret"
    if not place.exists():
        make_home(home)
        fresh = home / f"secret.{secrets.token_hex(4)}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48))
        if place.exists():  # another process was quicker
            fresh.unlink()
        else:
            fresh.rename(place)
    return place.read_text().strip()
