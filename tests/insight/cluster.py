"""A standalone Spark cluster on loopback: one master, two workers of one core each. Needs PySpark and a Java."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path

PATIENCE = 120  # seconds until a JVM on a busy machine has said what is waited for
MASTER, WORKER = "org.apache.spark.deploy.master.Master", "org.apache.spark.deploy.worker.Worker"


def missing() -> str:
    """What the machine lacks, or nothing."""
    if find_spec("pyspark") is None:
        return "PySpark is not installed (make .venv/made/spark)"
    return "" if shutil.which("java") or "JAVA_HOME" in os.environ else "there is no Java"


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """The address of its master."""
    with ExitStack() as running:
        log = folder / "master.log"
        running.enter_context(jvm(MASTER, "--host", "127.0.0.1", "--port", "0", "--webui-port", "0", log=log))
        address = said(log, r"Starting Spark master at (spark://\S+)")
        for number in range(2):
            log, work = folder / f"worker{number}.log", folder / f"work{number}"
            asked = ("--host", "127.0.0.1", "--webui-port", "0", "-c", "1", "-m", "2g", "-d", str(work), address)
            running.enter_context(jvm(WORKER, *asked, log=log))
            said(log, r"(Successfully registered with master)")
        yield address


@contextmanager
def jvm(program: str, *arguments: str, log: Path) -> Iterator[None]:
    import pyspark  # noqa: PLC0415 (an extra)

    command = [str(Path(pyspark.__file__).parent / "bin" / "spark-class"), program, *arguments]
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT) as process:
        try:
            yield
        finally:
            process.terminate()
            process.wait(PATIENCE)


def said(log: Path, pattern: str) -> str:
    """Wait until the program has written it; the part in brackets."""
    for _ in range(PATIENCE * 10):
        if found := re.search(pattern, log.read_text(errors="replace")):
            return found[1]
        time.sleep(0.1)
    raise AssertionError(f"{log.name} never said {pattern}:\n{log.read_text(errors='replace')[-2000:]}")
