"""What is sent to browsers: pinned, from no named host, and drawn with tokens only."""

import json
import re

from guanxi.foundation.ui import bundle
from guanxi.foundation.ui.icons import ICONS

STYLES = sorted((bundle.SOURCES / "css").glob("*.css"))
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(|\boklch\(")
SPACE = re.compile(r"^\s*(?:padding|margin|gap|border-radius|font-size)[\w-]*:\s*[^;]*\b\d+px", re.MULTILINE)
ALLOWED = {"margin-bottom: -1px", "margin-inline-start: -1px", "gap: 1px"}  # hairlines that lie on each other


def test_versions_are_pinned_and_the_lock_names_no_host() -> None:
    wanted = json.loads((bundle.PROJECT / "package.json").read_text())
    versions = [*wanted["dependencies"].values(), *wanted["devDependencies"].values()]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions)
    assert "://" not in (bundle.PROJECT / "package-lock.json").read_text()


def test_the_lock_holds_the_digest_of_every_package() -> None:
    packages = json.loads((bundle.PROJECT / "package-lock.json").read_text())["packages"]
    assert all("integrity" in facts for name, facts in packages.items() if name)


def test_only_the_tokens_state_a_colour() -> None:
    stated = {path.name: COLOUR.findall(path.read_text()) for path in STYLES if path.name != "tokens.css"}
    assert not {name: found for name, found in stated.items() if found}


def test_only_the_tokens_state_spaces_radii_and_type_sizes() -> None:
    stated = [line.strip() for path in STYLES if path.name != "tokens.css" for line in SPACE.findall(path.read_text())]
    assert not set(stated) - ALLOWED


def test_scripts_speak_no_language_of_their_own() -> None:
    """Sentences come from the page: no script hands a literal to say aloud."""
    literal = re.compile(r"(?:toast|announce)\(\s*[\"'`]")
    assert not [path.name for path in (bundle.SOURCES / "js").glob("*.js") if literal.search(path.read_text())]


def test_every_sentence_a_script_asks_for_is_on_the_page() -> None:
    from_scripts = "".join(path.read_text() for path in (bundle.SOURCES / "js").glob("*.js"))
    asked = set(re.findall(r"say\(\"(\w+)\"", from_scripts))
    words = (bundle.HERE / "words.py").read_text()
    assert asked
    assert not {name for name in asked if f'"{name}":' not in words}


def test_the_same_sources_have_the_same_fingerprint() -> None:
    assert bundle.fingerprint() == bundle.fingerprint()
    assert ICONS["mail"] == "mail"
