from tests.foundation.server.conftest import closed_home, home, open_folder

__all__ = ["closed_home", "home", "open_folder"]
