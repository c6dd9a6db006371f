"""A folder or a file that becomes a symbolic link between any two calls by which learnchat touches it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.profile.errors import ProfileError
from support.memory import Place, make_place
from support.swapping import before_call

pytestmark = pytest.mark.skipif(os.open not in os.supports_dir_fd, reason="no file can be named within an open folder")

SECRET = "what nobody here may read"
OUTSIDE = {
    "insights.json": f'{{"documents": [\n{{"id":"other-one","revision":1,"statement":"{SECRET}"}},\nnull]}}\n',
    "LEARNED_INSIGHTS.md": f"- {SECRET}\n",
    ".lock": SECRET,
    ".gitignore": SECRET,
    ".somebody.tmp": SECRET,
    "insights.json.corrupt-1": SECRET,
}


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def remember(profiles: Profiles) -> None:
    profiles.remember("We use Bun")


def read(profiles: Profiles) -> None:
    profiles.insights()


def rebuild(profiles: Profiles) -> None:
    profiles.settle()


ACTS = {"remember": remember, "read": read, "rebuild": rebuild}
BEFORE = {"remember": "", "read": "We use yarn", "rebuild": "damaged"}


def every_step(
    tmp_path: Path, swapped: str, act: Callable[[Profiles], object], changed: str
) -> Iterator[tuple[Place, Path, Profiles, bool]]:
    """After a swap before each call in turn: the place, what the link leads to, and whether the act was done."""
    for step in count(1):
        place = make_place(tmp_path / str(step))
        profiles = place.open()
        profiles.remember("We use pnpm")
        profiles.insights()
        if changed:
            place.insights_file.write_text(changed)
        inside = place.root / ".learnchat" / swapped
        outside = tmp_path / str(step) / "outside"
        outside.mkdir()
        for name, text in OUTSIDE.items():
            (outside / name).write_text(text)
        away = tmp_path / str(step) / "away"

        def swap(inside: Path = inside, outside: Path = outside, away: Path = away) -> None:
            if inside.exists():
                inside.rename(away)
            inside.symlink_to(outside / swapped, target_is_directory=not swapped)

        done = False
        with pytest.MonkeyPatch.context() as patched:
            reached = before_call(patched, step, ".learnchat", swap)
            with contextlib.suppress(ProfileError):
                act(profiles)
                done = True
        if not reached():
            return
        yield place, outside, profiles, done
        if inside.is_symlink():
            inside.unlink()
            if away.exists():
                away.rename(inside)
        if done and act is remember:
            assert "We use Bun" in [insight.statement for insight in place.open().insights()]


@pytest.mark.parametrize(
    ("swapped", "act"),
    [
        *((swapped, act) for swapped in ("", "insights.json") for act in ACTS),
        ("LEARNED_INSIGHTS.md", "remember"),
        (".lock", "remember"),
    ],
)
def test_through_a_link_put_there_between_two_looks_nothing_is_read_or_written(
    tmp_path: Path, swapped: str, act: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nothing here is about a power cut, and hundreds of these take half a minute.
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)
    steps = 0
    for place, outside, profiles, _ in every_step(tmp_path, swapped, ACTS[act], BEFORE[act]):
        steps += 1
        assert contents(outside) == OUTSIDE, f"before call {steps}"
        said = [insight.statement for insight in profiles.insights()]
        assert SECRET not in said
        for path in (tmp_path / str(steps)).rglob("*"):
            if path.is_file() and not path.is_symlink() and outside not in path.parents:
                assert SECRET not in path.read_text(), f"before call {steps}: {path}"
        assert place.root.is_dir()
    assert steps > 3, steps
