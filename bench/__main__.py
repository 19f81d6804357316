"""`make bench`: all speed figures, one after the other, each in a process of its own so that peaks are its own."""

import subprocess
import sys

PARTS = ("engine", "history", "transfer", "customers", "beside", "refresh", "growth", "identity", "recommend", "offers")


def main() -> int:
    """Run every part, or those named; the exit code is that of the worst."""
    worst = 0
    for part in sys.argv[1:] or PARTS:
        print(f"\n== {part} ==", flush=True)
        worst = max(worst, subprocess.run([sys.executable, "-m", f"bench.{part}"], check=False).returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
