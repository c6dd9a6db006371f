"""Put a symbolic link in place of the profile folder, or of a file in it, between any two calls by which it is touched.

    cd tests && python -m torture.swaps [EVERY]

With EVERY only before each so-manieth call. What the link leads to must be as it was, nothing of it may be found in the
project or in the user's data, and what was acknowledged must be there once the link is gone.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from unittest import mock

from learnchat.learning.clock import SystemClock
from learnchat.learning.disk.project import find_project
from learnchat.learning.disk.user_data import UserData
from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.profile.errors import ProfileError
from torture.saying import say

FOLDER = ".learnchat"
SECRET = "what nobody here may read"
OUTSIDE = {
    "insights.json": f'{{"documents": [\n{{"id":"other-one","revision":1,"statement":"{SECRET}"}},\nnull]}}\n',
    "LEARNED_INSIGHTS.md": f"- {SECRET}\n",
    ".gitignore": SECRET,
    ".somebody.tmp": SECRET,
    "insights.json.corrupt-1": SECRET,
}
"""A link to `.lock` leads nowhere yet: whoever follows it makes the file."""

ACTS: dict[str, tuple[Callable[[Profiles], object], str]] = {
    "remember": (lambda profiles: profiles.remember("We use Bun"), ""),
    "read": (lambda profiles: profiles.insights(), "We use yarn"),
    "rebuild": (lambda profiles: profiles.settle(), "damaged"),
}
"""What is done meanwhile, and what somebody wrote into `insights.json` before."""
SWAPPED = (
    *((swapped, act) for swapped in ("", "insights.json") for act in ACTS),
    ("LEARNED_INSIGHTS.md", "remember"),
    (".lock", "remember"),
)

CALLS = ("open", "stat", "lstat", "access", "mkdir", "listdir", "scandir", "unlink", "replace", "rename", "fsync")


@dataclass
class Report:
    """What came of it."""

    calls: int = 0
    problems: list[str] = field(default_factory=list)


@contextlib.contextmanager
def before_call(number: int, happens: Callable[[], None]) -> Iterator[Callable[[], bool]]:
    """Let something happen before the given one of the calls that name something in the folder, or by a descriptor.

    Yields:
        What tells whether it came so far.
    """
    numbers = count(1)
    reached = False

    def watched(function: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **keywords: object) -> object:
            nonlocal reached
            within = any(keywords.get(key) is not None for key in ("dir_fd", "src_dir_fd"))
            touches = within or isinstance(arguments[0], int) or FOLDER in str(arguments[0])
            if touches and not reached and next(numbers) == number:
                reached = True
                happens()
            # Nothing here is about a power cut, and thousands of these take minutes.
            return None if function is fsync else function(*arguments, **keywords)

        return call

    fsync = os.fsync
    with contextlib.ExitStack() as patched:
        for name in CALLS:
            patched.enter_context(mock.patch.object(os, name, watched(getattr(os, name))))
        patched.enter_context(mock.patch.object(io, "open", watched(io.open)))
        yield lambda: reached


def swap(folder: Path, swapped: str, act: str, every: int = 1) -> Report:
    """Swap before each so-manieth call of an act: the folder where `swapped` is empty, else the file of that name."""
    report = Report()
    for number in count(1, every):
        if not _swap_once(folder / str(number), swapped, act, number, report):
            return report
        report.calls += 1
    return report


def _swap_once(place: Path, swapped: str, act: str, number: int, report: Report) -> bool:
    profiles = _open(place)
    profiles.remember("We use pnpm")
    profiles.insights()
    inside, outside, away = place / "shop" / FOLDER / swapped, place / "outside", place / "away"
    carry_out, changed = ACTS[act]
    if changed:
        (place / "shop" / FOLDER / "insights.json").write_text(changed)
    outside.mkdir()
    for name, text in OUTSIDE.items():
        (outside / name).write_text(text)

    def put_link() -> None:
        if inside.exists():
            inside.rename(away)
        inside.symlink_to(outside / swapped, target_is_directory=not swapped)

    acknowledged = False
    with before_call(number, put_link) as reached, contextlib.suppress(ProfileError):
        carry_out(profiles)
        acknowledged = act == "remember"
    where = f"{swapped or 'folder'}, {act}, before call {number}"
    if {path.name: path.read_text() for path in outside.iterdir()} != OUTSIDE:
        report.problems.append(f"{where}: it was written through the link")
    if any(SECRET in insight.statement for insight in profiles.insights()):
        report.problems.append(f"{where}: what the link leads to is recalled")
    files = [path for path in place.rglob("*") if path.is_file() and not path.is_symlink()]
    if any(SECRET in path.read_text() for path in files if outside not in path.parents):
        report.problems.append(f"{where}: what the link leads to was copied")
    if inside.is_symlink():
        inside.unlink()
        if away.exists():
            away.rename(inside)
    if acknowledged and "We use Bun" not in [insight.statement for insight in _open(place).insights()]:
        report.problems.append(f"{where}: what was acknowledged is lost")
    return reached()


def _open(place: Path) -> Profiles:
    (place / "shop").mkdir(parents=True, exist_ok=True)
    return Profiles.open(find_project(place / "shop"), UserData(place / "data"), SystemClock())


def main(arguments: list[str]) -> int:
    every = int(arguments[0]) if arguments else 1
    problems: list[str] = []
    for swapped, act in SWAPPED:
        with tempfile.TemporaryDirectory() as folder:
            report = swap(Path(folder), swapped, act, every)
        what = f"{swapped or 'the folder'}, {act}"
        say(f"{what}: a link before each of {report.calls} calls, {len(report.problems)} problems")
        problems += report.problems
    say("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
