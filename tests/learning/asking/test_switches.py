from __future__ import annotations

from pathlib import Path

import pytest

from learnchat.learning.asking.switches import Switches, SwitchFile
from learnchat.learning.kinds import Kind


@pytest.fixture
def file(tmp_path: Path) -> SwitchFile:
    return SwitchFile(tmp_path / "configuration" / "detectors.json")


def test_no_file_switches_nothing(file: SwitchFile) -> None:
    assert file.read() == Switches()


def test_what_is_switched_stays_switched_and_comes_back(file: SwitchFile) -> None:
    assert file.switch("switching", False)
    assert file.send_to_inbox(Kind.FACT, True)
    assert SwitchFile(file.path).read() == Switches(frozenset({"switching"}), frozenset({Kind.FACT}))
    assert not file.switch("switching", False)
    assert file.switch("switching", True)
    assert file.send_to_inbox(Kind.FACT, False)
    assert file.read() == Switches()


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"off": "all", "inbox_only": {"fact": 1}}', '{"off": [1], "inbox_only": [[]]}']
)
def test_a_damaged_file_switches_nothing(file: SwitchFile, text: str) -> None:
    file.path.parent.mkdir()
    file.path.write_text(text)
    assert file.read() == Switches()


def test_a_kind_of_a_later_learnchat_is_passed_over(file: SwitchFile) -> None:
    file.path.parent.mkdir()
    file.path.write_text('{"off": ["later"], "inbox_only": ["smell", "fact"]}')
    assert file.read() == Switches(frozenset({"later"}), frozenset({Kind.FACT}))
