"""The icons we use, by what they mean to us; drawn by Lucide. Only these go into the sprite."""

import re
from pathlib import Path

ICONS = {
    # places
    "today": "calendar-clock", "customers": "users", "sales": "square-kanban", "service": "message-square",
    "marketing": "megaphone", "insight": "chart-column", "loop": "refresh-cw",
    "settings": "sliders-horizontal", "segments": "split",
    "outbox": "send", "import": "upload", "export": "download", "audit": "history",
    "history": "database", "style": "palette", "team": "users-round", "model": "chart-line",
    # channels and kinds of event
    "call": "phone", "mail": "mail", "sms": "smartphone", "wecom": "message-circle", "post": "mailbox", "web": "globe",
    "note": "sticky-note", "promise": "flag", "task": "square-check-big", "pin": "pin",
    "asset": "wrench", "order": "package", "return": "undo-2",
    "invoice": "receipt-text", "survey": "star", "score": "trending-up", "case": "triangle-alert",
    "visit": "map-pin", "campaign": "megaphone", "shop": "shopping-cart",
    "merge": "git-merge", "consent": "shield", "relationship": "handshake", "event": "circle-dot",
    # who and what
    "person": "user-round", "organisation": "building-2", "household": "house", "identifier": "key-round", "tag": "tag",
    "source": "file-text", "file": "file-text", "money": "wallet", "why": "lightbulb",
    # doing
    "search": "search", "plus": "plus", "more": "ellipsis", "edit": "pencil", "delete": "trash-2", "undo": "undo-2",
    "share": "share-2", "columns": "columns-3", "link": "link",
    "open": "external-link", "save": "save", "play": "play",
    "pause": "pause", "stop": "square", "assign": "user-plus", "retry": "rotate-ccw",
    "list": "list", "board": "square-kanban",
    # frame
    "theme": "sun-moon", "light": "sun", "dark": "moon", "language": "languages", "bell": "bell",
    "logout": "log-out", "lock": "lock", "keyboard": "keyboard", "command": "command", "help": "circle-question-mark",
    "company": "building-2", "offline": "wifi-off", "seen": "eye", "hidden": "eye-off",
    # state and direction
    "check": "check", "close": "x", "good": "circle-check", "bad": "circle-x", "due": "circle-alert", "info": "info",
    "waiting": "hourglass", "time": "clock-3", "down": "arrow-down", "left": "arrow-left",
    "right": "arrow-right", "next": "chevron-right", "back": "chevron-left", "unfold": "chevron-down",
}  # fmt: skip

_INNER = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def sprite(folder: Path) -> str:
    """One SVG with a symbol for each of our names, read from Lucide's folder of files."""
    symbols = "".join(_symbol(name, folder / f"{drawn}.svg") for name, drawn in sorted(ICONS.items()))
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>'


def _symbol(name: str, path: Path) -> str:
    found = _INNER.search(path.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{path.name} holds no drawing")
    return f'<symbol id="{name}" viewBox="0 0 24 24">{" ".join(found[1].split())}</symbol>'
