"""Let several processes write into one profile at once, and count what arrived.

cd tests && python -m torture.writers [PROCESSES] [INSIGHTS OF EACH]
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from learnchat.learning.clock import SystemClock
from learnchat.learning.disk.project import find_project
from learnchat.learning.disk.user_data import UserData
from learnchat.learning.identifiers import new_identifier
from learnchat.learning.kinds import Kind
from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.profile.insight import Means
from learnchat.learning.proposal import Proposal, Source
from torture.saying import say

PROCESSES = 8
EACH = 100


@dataclass
class Report:
    """What came of it."""

    insights: int = 0
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)


def open_profiles(folder: Path) -> Profiles:
    return Profiles.open(find_project(folder / "project"), UserData(folder / "data"), SystemClock())


def write(folder: Path, name: str, each: int) -> None:
    """What each process does: propose and confirm."""
    profiles = open_profiles(folder)
    # Half of them as in the chat, where the files follow a little later.
    if int(name) % 2:
        profiles.put_off_writing()
    say("ready")
    sys.stdin.readline()
    for number in range(each):
        statement = f"Process {name} learned number {number}"
        proposal = Proposal(
            new_identifier(), Kind.FACT, statement, Source(statement), SystemClock().now(), confidence=0.9
        )
        profiles.add([proposal])
        profiles.confirm(proposal, Means.TOAST)
        if number % 5 == 4:
            profiles.settle()
    profiles.settle()


def write_at_once(folder: Path, processes: int, each: int) -> Report:
    """Start all of them together and wait for the last."""
    (folder / "project").mkdir(parents=True)
    program = [sys.executable, "-m", "torture.writers", "--write", str(folder)]
    writers = [
        subprocess.Popen(
            [*program, str(name), str(each)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parent.parent,
        )
        for name in range(processes)
    ]
    for writer in writers:
        assert writer.stdout is not None
        writer.stdout.readline()
    started = time.perf_counter()
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write(b"go\n")
        writer.stdin.flush()
    report = Report()
    for writer in writers:
        writer.communicate()
        if writer.returncode:
            report.problems.append(f"a process ended with {writer.returncode}")
    report.seconds = time.perf_counter() - started
    _examine(folder, processes, each, report)
    return report


def _examine(folder: Path, processes: int, each: int, report: Report) -> None:
    expected = {f"Process {name} learned number {number}" for name in range(processes) for number in range(each)}
    file = folder / "project" / ".learnchat" / "insights.json"
    documents = json.loads(file.read_bytes())["documents"]
    found = Counter(document["statement"] for document in documents if document and "statement" in document)
    report.insights = found.total()
    if found != Counter(expected):
        report.problems.append(f"{len(expected - found.keys())} are lost, {found.total() - len(found)} stand twice")
    profiles = open_profiles(folder)
    if {insight.statement for insight in profiles.insights()} != expected:
        report.problems.append("what is recalled is not what was confirmed")
    markdown = (file.parent / "LEARNED_INSIGHTS.md").read_text()
    if not all(f"- {statement} <!--" in markdown for statement in expected):
        report.problems.append("the Markdown lacks some")
    if profiles.inbox.pending():
        report.problems.append(f"{len(profiles.inbox.pending())} proposals still wait")
    report.problems += profiles.health()


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--write"]:
        write(Path(arguments[1]), arguments[2], int(arguments[3]))
        return 0
    processes, each = [*map(int, arguments), PROCESSES, EACH][:2] if len(arguments) != 1 else (int(arguments[0]), EACH)
    with tempfile.TemporaryDirectory() as folder:
        report = write_at_once(Path(folder), processes, each)
    say(f"{processes} processes x {each}: {report.insights} insights in {report.seconds:.1f} s")
    say("\n".join(report.problems))
    return 1 if report.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
