from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from learnchat.learning.profile.tombstones import Tombstones

AT = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tombstones.jsonl"


def names(path: Path, statement: str) -> list[str]:
    return [stone.id for stone in Tombstones(path).matching(statement)]


def test_a_refused_statement_is_recognised_also_in_other_words(path: Path) -> None:
    Tombstones(path).set("e1", AT, "never", "We're switching from Bootstrap to Tailwind for the dashboard")
    assert names(path, "switched from bootstrap to tailwind, for our dashboards") == ["e1"]
    assert names(path, "We're switching from Tailwind to Bootstrap for the dashboard") == []
    assert names(path, "We're not switching from Bootstrap to Tailwind for the dashboard") == []
    assert names(path, "We keep our secrets in Vault") == []


def test_its_words_cannot_be_read_and_two_files_cannot_be_compared(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    for file in (path, other):
        Tombstones(file).set("e1", AT, "forgotten", "Bootstrap costs 42 dollars")
    text = path.read_text()
    assert "bootstrap" not in text.lower()
    assert "42" not in text.split('"stems"')[1].split('"negated"')[0].replace('"', " ").split()
    assert text.splitlines()[1] != other.read_text().splitlines()[1]


def test_setting_one_twice_is_setting_it_once(path: Path) -> None:
    stones = Tombstones(path)
    stones.set("e1", AT, "never", "We use pnpm")
    before = path.read_bytes()
    stones.set("e1", AT, "never", "We use pnpm")
    assert path.read_bytes() == before


def test_a_lifted_one_holds_no_longer_until_it_is_restored(path: Path) -> None:
    stones = Tombstones(path)
    stones.set("e1", AT, "never", "We use pnpm")
    stones.lift("e1", "unknown")
    assert names(path, "We use pnpm") == []
    stones.restore("e1")
    assert names(path, "We use pnpm") == ["e1"]
    assert "unknown" not in path.read_text()


def test_damaged_lines_are_passed_over(path: Path) -> None:
    Tombstones(path).set("e1", AT, "never", "We use pnpm")
    with path.open("a") as file:
        file.write('{"id":"e2"}\n{"id":"e3","at":"soon","stems":5}\nnonsense\n')
    assert names(path, "We use pnpm") == ["e1"]


def test_a_statement_without_words_matches_nothing(path: Path) -> None:
    stones = Tombstones(path)
    stones.set("e1", AT, "never", "…")
    assert stones.matching("…") == []
