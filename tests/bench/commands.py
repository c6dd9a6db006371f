"""How long the commands take that scripts call, interpreter start included."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.table import milliseconds, print_table

RUNS = 9
INSIGHTS = 100
MESSAGES = 1000


def _environment(home: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "LEARNCHAT_DATA_DIR": str(home / "data"),
        "LEARNCHAT_CONFIG_DIR": str(home / "configuration"),
        "LANG": "C.UTF-8",
    }


def _fill(home: Path) -> None:
    """A project with so many insights, made in one process as the program itself makes them."""
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from learnchat.app.locations import Locations\n"
        "from learnchat.learning.clock import SystemClock\n"
        "from learnchat.learning.memory.profiles import Profiles\n"
        "from learnchat.learning.disk.project import find_project\n"
        "profiles = Profiles.open(find_project(Path.cwd()), Locations.find().user_data, SystemClock())\n"
        "for number in range(int(sys.argv[1])):\n"
        "    profiles.remember(f'service {number} listens on port {9000 + number} and is owned by team {number}')\n"
    )
    subprocess.run([sys.executable, "-c", code, str(INSIGHTS)], cwd=home / "shop", env=_environment(home), check=True)


def _times(command: Sequence[str], home: Path, given: str = "") -> list[float]:
    times = []
    for _ in range(RUNS + 1):
        began = time.perf_counter()
        subprocess.run(
            command, cwd=home / "shop", env=_environment(home), input=given, text=True, capture_output=True, check=True
        )
        times.append(time.perf_counter() - began)
    return times[1:]  # the first one compiles


def main() -> None:
    learnchat = str(Path(sys.executable).with_name("learnchat"))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "shop").mkdir()
        _fill(home)
        message = '{"id": 1, "text": "We moved from npm to pnpm last week, can you update the build script?"}\n'
        measured = {
            "python -c pass": _times([sys.executable, "-c", "pass"], home),
            f"learnchat insights ({INSIGHTS})": _times([learnchat, "insights"], home),
            f"learnchat insights --json ({INSIGHTS})": _times([learnchat, "insights", "--json"], home),
            f"learnchat detect --jsonl ({MESSAGES} messages)": _times(
                [learnchat, "detect", "--jsonl"], home, message * MESSAGES
            ),
            "learnchat --version": _times([learnchat, "--version"], home),
        }
    print_table(
        f"Commands, interpreter start included, {RUNS} runs",
        ("command", "median", "slowest"),
        [
            (name, milliseconds(statistics.median(values)), milliseconds(max(values)))
            for name, values in measured.items()
        ],
    )


if __name__ == "__main__":
    main()
