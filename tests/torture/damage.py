"""Alter every byte of a profile's files, and cut them off everywhere, and look whether anything is lost unseen.

    cd tests && python -m torture.damage [EVERY]

With EVERY only each so-manieth byte is taken. After each alteration the profile is opened: what is recalled must be
what was recalled before (restored, or no change of meaning), or every insight that is not must be listed for review.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from learnchat.learning.clock import SystemClock
from learnchat.learning.disk.project import find_project
from learnchat.learning.disk.user_data import UserData
from learnchat.learning.kinds import Kind
from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.profile.insight import Entry, Means
from learnchat.learning.proposal import Proposal, Source
from torture.saying import say

FILES = ("insights.json", "LEARNED_INSIGHTS.md")
FLIPS = 2


@dataclass
class Report:
    """What came of the alterations of one file."""

    file: str
    outcomes: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)


def open_profiles(folder: Path) -> Profiles:
    return Profiles.open(find_project(folder / "project"), UserData(folder / "data"), SystemClock())


def make(folder: Path) -> None:
    """A small profile with something of everything."""
    (folder / "project").mkdir(parents=True)
    profiles = open_profiles(folder)
    old = profiles.remember("We use Bootstrap", tags=["css"]).insight
    assert old is not None
    proposal = Proposal(
        "proposal1",
        Kind.SWITCHING,
        "We're switching from Bootstrap to Tailwind",
        Source("ok so we're switching from Bootstrap to Tailwind: it is smaller"),
        SystemClock().now(),
        confidence=0.9,
        tags=("css", "ui"),
        because="it is smaller · and faster",
        expires=datetime(2999, 12, 31, 23, 59, 59, tzinfo=UTC),
        replaces=old.id,
    )
    profiles.add([proposal])
    profiles.confirm(proposal, Means.TOAST)
    profiles.remember("Größe zählt 🎈", kind=Kind.FACT)
    profiles.remember("Release:\nrun the tests\ntag it", kind=Kind.PROCEDURE)
    gone = profiles.remember("The API returns dollars").insight
    assert gone is not None
    profiles.forget(gone.id, Means.COMMAND)


def alterations(data: bytes, every: int, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Each byte in other ways, and the file cut off at each byte."""
    for at in range(0, len(data), every):
        for other in chance.sample([byte for byte in range(256) if byte != data[at]], FLIPS):
            yield f"byte {at}: {data[at]} to {other}", data[:at] + bytes([other]) + data[at + 1 :]
        yield f"cut off at byte {at}", data[:at]


def damage(folder: Path, file: str, every: int = 1, seed: int = 0) -> Report:
    """Alter one file of a profile in every way, and open it each time."""
    pristine, work = folder / "pristine", folder / "work"
    # User data is bound to the project's path: it is made where it is opened.
    make(work)
    before = _recalled(open_profiles(work))
    shutil.copytree(work, pristine)
    data = (pristine / "project" / ".learnchat" / file).read_bytes()
    report = Report(file)
    for what, altered in alterations(data, every, random.Random(seed)):
        shutil.rmtree(work)
        shutil.copytree(pristine, work)
        (work / "project" / ".learnchat" / file).write_bytes(altered)
        try:
            outcome = _outcome(work, file, before, data)
        except Exception as error:
            outcome = f"{type(error).__name__}: {error}"
            report.problems.append(f"{file}, {what}: {outcome}")
        if outcome == "lost":
            report.problems.append(f"{file}, {what}: lost unseen")
        report.outcomes[outcome] += 1
    return report


def _recalled(profiles: Profiles) -> dict[str, Entry]:
    return {insight.id: insight.entry for insight in profiles.insights()}


def _outcome(folder: Path, file: str, before: dict[str, Entry], data: bytes) -> str:
    profiles = open_profiles(folder)
    recalled = _recalled(profiles)
    profiles.health()
    listed = {item.change.id for item in profiles.review()}
    unseen = [name for name, entry in before.items() if recalled.get(name) != entry and name not in listed]
    # What is not recalled and not listed, and what is recalled that nobody said yes to.
    if any(not _says_the_same(recalled.get(name), before[name]) for name in unseen) or recalled.keys() - before.keys():
        return "lost"
    if listed:
        return "listed"
    if (folder / "project" / ".learnchat" / file).read_bytes() == data:
        return "restored"
    return "no change of meaning"


def _says_the_same(entry: Entry | None, before: Entry) -> bool:
    # Its revision only counts.
    return (
        entry is not None
        and [getattr(entry, name) == getattr(before, name) for name in Entry.__slots__ if name != "revision"].count(
            False
        )
        == 0
    )


def main(arguments: list[str]) -> int:
    every = int(arguments[0]) if arguments else 1
    failed = False
    for file in FILES:
        started = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            report = damage(Path(folder), file, every)
        outcomes = ", ".join(f"{count:,} {outcome}" for outcome, count in sorted(report.outcomes.items()))
        say(f"{file}: {report.outcomes.total():,} alterations in {time.perf_counter() - started:.0f} s: {outcomes}")
        say("\n".join(report.problems[:20]))
        failed |= bool(report.problems)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
