"""`python -m tests.tutorial`: run the code of docs/tutorial and write under each block what it prints."""

import contextlib
import io
import os
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
TUTORIAL = ROOT / "docs" / "tutorial" / "README.md"
BLOCK = re.compile(r"```python\n(.*?)```\n(?:\n```text\n.*?```\n)?", re.DOTALL)


def written_anew(text: str) -> str:
    """The text with the output of every block as it is today; one block knows the names of those before it."""
    names: dict[str, Any] = {"__name__": "tutorial"}

    def run(block: re.Match[str]) -> str:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(block[1], str(TUTORIAL), "exec"), names)  # noqa: S102 the code is our own document's
        output = f"\n```text\n{printed.getvalue()}```\n" if printed.getvalue() else ""
        return f"```python\n{block[1]}```\n{output}"

    return BLOCK.sub(run, text)


def main() -> None:
    """Write the document anew."""
    os.chdir(ROOT)
    TUTORIAL.write_text(written_anew(TUTORIAL.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
