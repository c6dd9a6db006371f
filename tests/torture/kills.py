"""Kill a writing process (SIGKILL), again and again, and look whether anything that it acknowledged is lost.

    cd tests && python -m torture.kills [KILLS]

A writer confirms, forgets and undoes as fast as it can and prints what was acknowledged after each act. It is killed
after a random number of milliseconds. Then the files must be readable as they stand, and everything that was
acknowledged must be there once the profile was opened again.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from learnchat.learning.clock import SystemClock
from learnchat.learning.disk.project import find_project
from learnchat.learning.disk.user_data import UserData
from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.profile.insight import Means
from learnchat.learning.profile.insights_file import parse
from torture.saying import say

KILLS = 200
# A writer does one act in 5 to 20 ms: the kill falls anywhere within one of the first few dozen.
LONGEST_SECONDS = 0.25


@dataclass
class Report:
    """What came of it."""

    kills: int = 0
    acknowledged: int = 0
    """Insights that a writer had acknowledged, and that were not forgotten or undone since."""
    problems: list[str] = field(default_factory=list)


def open_profiles(folder: Path) -> Profiles:
    return Profiles.open(find_project(folder / "project"), UserData(folder / "data"), SystemClock())


def write(folder: Path, seed: int) -> None:
    """What the killed process does: print what is acknowledged, one act a line, flushed."""
    chance = random.Random(seed)
    profiles = open_profiles(folder)
    # Half of them as in the chat, where the files follow a little later.
    if seed % 2:
        profiles.put_off_writing()
    # The first act imports what only deciding needs: longer than most of the writers live.
    profiles.remember(f"Writer {seed} began")
    say("ready")
    number = 0
    while True:
        number += 1
        statement = f"Service {seed}x{number} listens on a port of its own"
        act = profiles.remember(statement)
        assert act.insight is not None
        say(f"+{act.insight.id}")
        if chance.random() < 0.3:
            say(f"?{act.insight.id}")
            if chance.random() < 0.5:
                profiles.forget(act.insight.id, Means.COMMAND)
            else:
                profiles.undo()
            say(f"-{act.insight.id}")
        if chance.random() < 0.2:
            profiles.settle()


def kill_writers(folder: Path, kills: int, seed: int = 0) -> Report:
    """Start a writer and kill it, so many times, in the same project."""
    (folder / "project").mkdir(parents=True)
    chance = random.Random(seed)
    report = Report()
    there: set[str] = set()
    gone: set[str] = set()
    for number in range(kills):
        program = [sys.executable, "-m", "torture.kills", "--write", str(folder), str(seed * 100_000 + number)]
        with subprocess.Popen(program, stdout=subprocess.PIPE, cwd=Path(__file__).parent.parent) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(chance.uniform(0.0, LONGEST_SECONDS))
            writer.kill()
            lines = writer.stdout.read().decode().splitlines()
        report.kills += 1
        undecided = _take(lines, there, gone)
        known = _examine(folder, there - undecided, gone, report)
        # Done or not, from now on it must stay so.
        there -= undecided - known
        gone |= undecided - known
        if report.problems:
            break
    report.acknowledged = len(there)
    return report


def _take(lines: list[str], there: set[str], gone: set[str]) -> set[str]:
    """What a writer acknowledged. Returns the insight that it was about to take away when it was killed, if any."""
    undecided: set[str] = set()
    for line in lines:
        # The last line may be cut off by the kill; an id has ten characters.
        if len(line) != 11:
            continue
        undecided = set()
        if line[0] == "+":
            there.add(line[1:])
        elif line[0] == "?":
            undecided = {line[1:]}
        else:
            there.discard(line[1:])
            gone.add(line[1:])
    return undecided


def _examine(folder: Path, there: set[str], gone: set[str], report: Report) -> set[str]:
    """Look at the files as they stand, then open the profile. Returns the ids of its insights."""
    where = f"after kill {report.kills}"
    file = folder / "project" / ".learnchat" / "insights.json"
    if file.exists():
        data = file.read_bytes()
        content = parse(data)
        if content.damage:
            report.problems.append(f"{where}: insights.json {content.damage}")
        try:
            json.loads(data)
        except ValueError as error:
            report.problems.append(f"{where}: insights.json is no JSON: {error}")
    profiles = open_profiles(folder)
    known = {insight.id for insight in profiles.insights()}
    if there - known:
        report.problems.append(f"{where}: lost {sorted(there - known)}")
    if gone & known:
        report.problems.append(f"{where}: came back {sorted(gone & known)}")
    report.problems += [f"{where}: {problem}" for problem in profiles.health()]
    markdown = (file.parent / "LEARNED_INSIGHTS.md").read_text() if known else ""
    for name in known:
        if markdown.count(name) != 2:
            report.problems.append(f"{where}: {name} has no whole block in the Markdown")
    return known


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--write"]:
        write(Path(arguments[1]), int(arguments[2]))
    with tempfile.TemporaryDirectory() as folder:
        report = kill_writers(Path(folder), int(arguments[0]) if arguments else KILLS, seed=random.randrange(1000))
    say(f"{report.kills} kills, {report.acknowledged} insights acknowledged, {len(report.problems)} problems")
    say("\n".join(report.problems))
    return 1 if report.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
