"""Let two branches learn, forget, replace and edit, merge them with git, and look whether everything is there.

    cd tests && python -m torture.merges [MERGES OF EACH SIZE]

With no earlier insights both branches make the profile: two first confirmations. What counts is the content, not git's
exit code: every line that either side wrote, of an id the highest revision, both where they are equal; the Markdown
says the same; and once the other side's part was accepted, all of it is recalled.
"""

from __future__ import annotations

import itertools
import json
import random
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from learnchat.learning.clock import SystemClock
from learnchat.learning.disk.project import find_project
from learnchat.learning.disk.user_data import UserData
from learnchat.learning.kinds import Kind
from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.memory.reviewing import all_but_missing
from learnchat.learning.profile.documents import Document, is_entry, is_forgotten, resolve
from learnchat.learning.profile.entry_reader import EntryReader
from learnchat.learning.profile.insight import EntryState, Means
from learnchat.learning.profile.insights_file import parse
from learnchat.learning.profile.markdown_reader import parse as parse_markdown
from learnchat.learning.profile.three_way import compare, rebuilt
from learnchat.learning.proposal import Proposal, Source
from torture.saying import say

MERGES = 100
EARLIER = (0, 20, 200)
LEARNED = 5
DEMANDED = 0.99


@dataclass
class Report:
    """What came of the merges of one size."""

    earlier: int
    merges: int = 0
    whole: int = 0
    """Merged without a conflict, and with the right content."""
    problems: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return self.whole / max(self.merges, 1)


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    user = ("-c", "user.name=Test", "-c", "user.email=test@example.invalid", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *user, *arguments], cwd=folder, capture_output=True, text=True, check=False)


@dataclass
class Side:
    """One of two people: a work tree on a branch of its own, and that user's data."""

    root: Path
    data: Path

    def open(self) -> Profiles:
        return Profiles.open(find_project(self.root), UserData(self.data), SystemClock())

    @property
    def folder(self) -> Path:
        return self.root / ".learnchat"

    def documents(self) -> list[Document]:
        return parse((self.folder / "insights.json").read_bytes()).documents


def learn(side: Side, name: str, chance: random.Random, earlier: int) -> None:
    """Five new insights, and of the earlier ones some forgotten, replaced, reworded here and reworded by hand."""
    profiles = side.open()
    for number in range(LEARNED):
        replaces = None
        if earlier and number == 0:
            replaces = chance.choice(profiles.insights()).id
        statement = f"Branch {name} learned number {number}: {chance.randrange(10**9)} is the port of the service"
        proposal = Proposal(
            f"{name}{number}{chance.randrange(10**9)}".lower(),
            chance.choice(list(Kind)),
            statement,
            Source(statement if chance.random() < 0.5 else f"so {statement}, ok"),
            SystemClock().now(),
            confidence=0.9,
            tags=tuple(chance.sample(["api", "css", "tests", "release"], chance.randrange(3))),
            replaces=replaces,
        )
        profiles.add([proposal])
        profiles.confirm(proposal, Means.TOAST)
    if earlier:
        profiles.forget(chance.choice(profiles.insights()).id, Means.COMMAND)
        reworded = chance.choice(profiles.insights())
        profiles.edit(reworded.id, Means.COMMAND, statement=f"{reworded.statement}, says {name}")
        by_hand = chance.choice(profiles.insights())
        markdown = side.folder / "LEARNED_INSIGHTS.md"
        text = markdown.read_text(encoding="utf-8")
        markdown.write_text(
            text.replace(
                f" <!-- {by_hand.id} {by_hand.entry.revision} {by_hand.kind}",
                f", {name} wrote <!-- {by_hand.id} {by_hand.entry.revision} {by_hand.kind}",
            ),
            encoding="utf-8",
            newline="\n",
        )
        profiles.accept(profiles.review())
    git(side.root, "add", "-f", ".learnchat")
    git(side.root, "commit", "-qm", f"{name} learned")


def prepare(folder: Path, earlier: int) -> Path:
    """A repository whose profile has so many insights; with none, it has no profile."""
    base = folder / f"base-{earlier}"
    side = Side(base / "project", base / "data")
    side.root.mkdir(parents=True)
    side.data.mkdir()
    git(side.root, "init", "-q", "-b", "main")
    git(side.root, "commit", "-q", "--allow-empty", "-m", "first")
    profiles = side.open()
    for number in range(earlier):
        profiles.remember(f"Service {number} listens on port {8000 + number}", kind=list(Kind)[number % len(Kind)])
    if earlier:
        profiles.share("on")
        git(side.root, "add", "-f", ".learnchat")
        git(side.root, "commit", "-qm", "earlier")
    return base


def merge_once(base: Path, folder: Path, earlier: int, chance: random.Random) -> list[str]:
    """Two sides learn from the same base and are merged. Returns what is wrong."""
    sides = []
    for name in ("left", "right"):
        shutil.copytree(base / "project", folder / name / "project")
        shutil.copytree(base / "data", folder / name / "data", dirs_exist_ok=True)
        side = Side(folder / name / "project", folder / name / "data")
        _rebind(side, base)
        git(side.root, "switch", "-qc", name)
        learn(side, name, chance, earlier)
        sides.append(side)
    left, right = sides
    expected = resolve([*left.documents(), *right.documents()])
    git(left.root, "fetch", "-q", str(right.root), "right:right")
    merged = git(left.root, "merge", "-q", "--no-edit", "right")
    problems = [f"git merge: {merged.stdout}{merged.stderr}"] if merged.returncode else []
    return problems + examine(left, expected)


def _rebind(side: Side, base: Path) -> None:
    """The data of the base's path becomes that of the side's path."""
    old = UserData(side.data).project(base / "project").folder
    new = UserData(side.data).project(side.root).folder
    if old.exists():
        old.rename(new)


def examine(side: Side, expected: list[Document]) -> list[str]:
    """What is wrong with merged files."""
    problems = []
    data, markdown = ((side.folder / name).read_bytes() for name in ("insights.json", "LEARNED_INSIGHTS.md"))
    content, shown, reader = parse(data), parse_markdown(markdown), EntryReader()
    try:
        json.loads(data)
    except ValueError as error:
        problems.append(f"insights.json is no JSON: {error}")
    if content.damage or content.conflict or shown.conflict:
        problems.append(f"insights.json {content.damage}, conflict marks: {content.conflict} {shown.conflict}")
    if content.documents != expected:
        problems.append(f"insights.json has other documents: {_difference(content.documents, expected)}")
    now = SystemClock().now()
    edits = compare(content.documents, reader, shown, None, now)
    if edits or edits.unread:
        problems.append(f"the Markdown says something else: {edits}")
    # Of two wordings in one revision git mixes the lines; they are told apart once the file is written again.
    twice = {a["id"] for a, b in itertools.pairwise(expected) if a["id"] == b["id"]}
    problems += _not_complete(markdown, [d for d in expected if d["id"] not in twice])
    profiles = side.open()
    profiles.accept(all_but_missing(profiles.review())) if all_but_missing(profiles.review()) else None
    profiles = side.open()
    # Forgotten and reworded at once stands there twice: accepted, the words hold.
    wanted = {
        d["statement"]
        for d in expected
        if not is_forgotten(d) and d.get("state") != EntryState.REPLACED and is_entry(d)
    }
    known = {insight.statement for insight in profiles.insights()}
    if known != wanted:
        problems.append(f"recalled, but not wanted: {sorted(known - wanted)}; lost: {sorted(wanted - known)}")
    problems += _not_complete((side.folder / "LEARNED_INSIGHTS.md").read_bytes(), side.documents())
    if profiles.review() or profiles.health():
        problems.append(f"still waits: {profiles.review()}, wrong: {profiles.health()}")
    return problems


def _not_complete(markdown: bytes, expected: list[Document]) -> list[str]:
    """Whether a Markdown file lacks any of some documents."""
    again = resolve(rebuilt(parse_markdown(markdown), EntryReader(), SystemClock().now()))
    missing = [document for document in expected if document not in again]
    return [f"the Markdown does not make insights.json again, it lacks {missing}"] if missing else []


def _difference(found: list[Document], expected: list[Document]) -> str:
    return f"{[d for d in found if d not in expected]} for {[d for d in expected if d not in found]}"


def merge(folder: Path, earlier: int, merges: int, seed: int = 0) -> Report:
    """Merge so many times, with so many insights before the branches part."""
    report = Report(earlier)
    base = prepare(folder, earlier)
    for number in range(merges):
        chance = random.Random(f"{seed} {earlier} {number}")
        with tempfile.TemporaryDirectory(dir=folder) as work:
            problems = merge_once(base, Path(work), earlier, chance)
        report.merges += 1
        report.whole += not problems
        report.problems += [f"merge {number} of {earlier}: {problem}" for problem in problems]
    return report


def main(arguments: list[str]) -> int:
    merges = int(arguments[0]) if arguments else MERGES
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for earlier in EARLIER:
            report = merge(Path(folder), earlier, merges)
            say(f"{earlier:>4} earlier insights: {report.whole} of {report.merges} merges whole, {report.rate:.1%}")
            say("\n".join(report.problems))
            failed |= report.rate < DEMANDED
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
