"""How long a decision takes to be safe, the files to follow, a profile to open: at 0, 1,000 and 10,000 insights.

python -m tests.bench storage
"""

from __future__ import annotations

import asyncio
import gc
import os
import pty
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from learnchat.app.engine import Engine
from learnchat.app.locations import Locations
from learnchat.app.parts import Parts
from learnchat.learning.clock import SystemClock
from learnchat.learning.disk.project import find_project
from learnchat.learning.disk.user_data import UserData
from learnchat.learning.identifiers import new_identifier
from learnchat.learning.kinds import Kind
from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.profile.insight import Means
from learnchat.learning.proposal import Proposal, Source
from tests.bench.table import milliseconds, print_table

SIZES = (0, 1_000, 10_000)
# So many decisions come together in one write, as when somebody goes through an inbox.
TOGETHER = 5
WRITES = 12
RUNS = 7
MEGABYTE = 1024 * 1024
LOOP_SECONDS = 0.001

# The most that is allowed.
ACKNOWLEDGED = "5 ms above the fsync"
WRITTEN = {0: "", 1_000: "60 ms", 10_000: "500 ms"}


def quantile(values: Sequence[float], part: float) -> float:
    return sorted(values)[min(int(len(values) * part), len(values) - 1)]


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def bare_fsync(file: Path) -> float:
    """Seconds to append as much as a decision takes, and wait for the disk."""
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        began = time.perf_counter()
        os.write(descriptor, b"x" * 1000 + b"\n")
        os.fsync(descriptor)
        return time.perf_counter() - began
    finally:
        os.close(descriptor)


def _proposal(number: int) -> Proposal:
    statement = f"The bench learned number {number} at {time.time_ns()}"
    return Proposal(new_identifier(), Kind.FACT, statement, Source(statement), SystemClock().now(), confidence=0.9)


def decisions(home: Path) -> tuple[list[float], list[float], list[float]]:
    """Seconds of each acknowledgement, of a bare fsync between two of them, and of each write of both files."""
    profiles = Profiles.open(find_project(home / "shop"), UserData(home / "data"), SystemClock())
    profiles.put_off_writing()
    # The first decision imports what only deciding needs; the chat pays that once.
    proposal = _proposal(-1)
    profiles.add([proposal])
    profiles.confirm(proposal, Means.TOAST)
    profiles.settle()
    profiles.insights()
    acknowledged, bare, written = [], [], []
    for _ in range(WRITES):
        for number in range(TOGETHER):
            proposal = _proposal(number)
            profiles.add([proposal])
            acknowledged.append(seconds(lambda made=proposal: profiles.confirm(made, Means.TOAST)))  # type: ignore[misc]
            bare.append(bare_fsync(home / "bare"))
        written.append(seconds(profiles.settle))
        profiles.insights()
    return acknowledged, bare, written


def _confirm(parts: Parts, proposal: Proposal) -> None:
    parts.profiles.add([proposal])
    parts.decide(lambda each: each.profiles.confirm(proposal, Means.TOAST))


async def longest_pause(home: Path, work: bool) -> float:
    """The longest time that the event loop did not come round while the engine took and wrote decisions, or rested."""
    engine = Engine(home / "shop", Locations(home / "configuration", home / "data"), SystemClock())
    await engine.call(lambda parts: parts.catch_up())
    # As the chat does when it opens.
    from learnchat.app.screens.tidying import put_off

    put_off()
    gc.collect()
    gc.freeze()
    pauses: list[float] = []
    done = asyncio.Event()

    async def beat() -> None:
        last = time.perf_counter()
        while not done.is_set():
            await asyncio.sleep(LOOP_SECONDS)
            now = time.perf_counter()
            pauses.append(now - last - LOOP_SECONDS)
            last = now

    beating = asyncio.create_task(beat())
    for number in range(4):
        if work:
            await engine.call(_confirm, _proposal(number))
            await engine.call(lambda parts: parts.catch_up())
        else:
            await asyncio.sleep(0.3)
    done.set()
    await beating
    await asyncio.to_thread(engine.close)
    return quantile(pauses, 0.999)


OPEN = """
import sys, time
from pathlib import Path
from learnchat.learning.clock import SystemClock
from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.disk.project import find_project
from learnchat.learning.disk.user_data import UserData
import learnchat.learning.recall.giving
def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
home = Path(sys.argv[1])
project = find_project(home / "shop")
before, began = resident(), time.perf_counter()
profiles = Profiles.open(project, UserData(home / "data"), SystemClock())
count, newest = len(profiles.insights()), profiles.insights()[:50]
print(time.perf_counter() - began, resident() - before, count)
"""


def opening(home: Path) -> tuple[float, float]:
    """Seconds to open the profile, count its insights and read the newest 50; and the memory it took."""
    times, memory = [], []
    for _ in range(RUNS):
        answer = subprocess.run([sys.executable, "-c", OPEN, str(home)], capture_output=True, text=True, check=True)
        taken, resident, _ = answer.stdout.split()
        times.append(float(taken))
        memory.append(float(resident))
    return statistics.median(times), statistics.median(memory) / MEGABYTE


def command(home: Path, *arguments: str, terminal: bool = False) -> float:
    """Seconds of `learnchat insights`, interpreter start included."""
    program = [str(Path(sys.executable).with_name("learnchat")), "insights", *arguments]
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "LEARNCHAT_DATA_DIR": str(home / "data"),
        "LEARNCHAT_CONFIG_DIR": str(home / "configuration"),
        "LANG": "C.UTF-8",
        "TERM": "xterm",
    }

    def run() -> None:
        if not terminal:
            subprocess.run(program, cwd=home / "shop", env=environment, capture_output=True, check=True)
            return
        master, slave = pty.openpty()
        with subprocess.Popen(program, cwd=home / "shop", env=environment, stdout=slave, stderr=slave, stdin=slave):
            os.close(slave)
            try:
                while os.read(master, 65536):
                    pass
            except OSError:
                os.close(master)

    run()
    return statistics.median(seconds(run) for _ in range(RUNS))


def main() -> None:
    from tests.support.large import fill

    acknowledging, writing, openings, lists = [], [], [], []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            fill(home / "shop", UserData(home / "data"), size)
            took, megabytes = opening(home)
            openings.append((f"{size:,}", milliseconds(took), f"{megabytes:.1f} MB"))
            listed = (command(home, terminal=True), command(home), command(home, "--json"))
            lists.append((f"{size:,}", *map(milliseconds, listed)))
            acknowledged, bare, written = decisions(home)
            acknowledging.append(
                (
                    f"{size:,}",
                    *(milliseconds(quantile(times, part)) for times in (acknowledged, bare) for part in (0.5, 0.95)),
                    milliseconds(quantile(acknowledged, 0.95) - quantile(bare, 0.95)),
                )
            )
            pauses = [asyncio.run(longest_pause(home, work)) for work in (True, False)]
            row = (f"{size:,}", *(milliseconds(quantile(written, part)) for part in (0.5, 0.95)), WRITTEN[size])
            writing.append((*row, *map(milliseconds, pauses)))
    print_table(
        f"A decision acknowledged: in the journal, on the disk (bound: p95 at most {ACKNOWLEDGED})",
        ("insights", "p50", "p95", "bare fsync p50", "bare fsync p95", "p95 above it"),
        acknowledging,
    )
    print_table(
        f"Both files replaced, {TOGETHER} decisions in one write; the event loop meanwhile (99.9 % of its rounds)",
        ("insights", "p50", "p95", "bound", "loop paused at most", "and when nothing is done"),
        writing,
    )
    print_table(
        "Opening, counting and reading the newest 50 (bound at 10,000: 150 ms and 60 MB above none)",
        ("insights", "median", "memory"),
        openings,
    )
    print_table(
        "learnchat insights, interpreter start included (bound: 500 ms)",
        ("insights", "on a terminal", "in a pipe", "--json"),
        lists,
    )


if __name__ == "__main__":
    main()
