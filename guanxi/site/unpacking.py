"""Takes a backup's members out of its file, and never writes anything beside the folder it was given."""

import shutil
import tarfile
from pathlib import Path, PurePosixPath

from guanxi.foundation.errors import UserError


def unpack(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Write one member below `folder`, with its permissions but for those of others to write.

    Raises:
        UserError: it is a link or a device, or its name leads out of the folder; nothing was written.
    """
    name = PurePosixPath(member.name)
    if name.is_absolute() or ".." in name.parts or not (member.isreg() or member.isdir()):
        raise UserError(f"The backup holds “{member.name}”, which Guanxi never writes. It was not restored.")
    place = folder / name
    (place if member.isdir() else place.parent).mkdir(parents=True, exist_ok=True)
    content = archive.extractfile(member)
    if content is not None:
        with content, place.open("xb") as file:
            shutil.copyfileobj(content, file)
        place.chmod(member.mode & 0o755 | 0o600)
