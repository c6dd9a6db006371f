"""`docs/FEATURES.md` says of each feature which tests show it, or no: what it names exists, and no entry is without."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENT = (ROOT / "docs" / "FEATURES.md").read_text(encoding="utf-8")
TESTS = re.compile(r"^- `(tests/[\w/]+\.py)::(test_\w+)`$", re.MULTILINE)
# Both lists, as they were drawn up: so many entries each.
LENGTHS = {"Features": 30, "Complaints": 41}


def entries(part: str) -> dict[int, str]:
    """What stands below each heading of a part, by its number."""
    text = DOCUMENT.partition(f"\n## {part}\n")[2].partition("\n## ")[0]
    found = re.split(r"^### (\d+)\. .*$", text, flags=re.MULTILINE)[1:]
    return {int(number): below for number, below in zip(found[::2], found[1::2], strict=True)}


@pytest.mark.parametrize("part", LENGTHS)
def test_no_entry_is_left_out(part: str) -> None:
    assert list(entries(part)) == list(range(1, LENGTHS[part] + 1))


@pytest.mark.parametrize("part", LENGTHS)
def test_each_has_a_test_or_says_no(part: str) -> None:
    for number, below in entries(part).items():
        assert TESTS.search(below) or below.strip().startswith("No:"), f"{part} {number}"


@pytest.mark.parametrize("file", sorted({file for file, _ in TESTS.findall(DOCUMENT)}))
def test_what_it_names_is_there(file: str) -> None:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    there = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    assert {name for each, name in TESTS.findall(DOCUMENT) if each == file} <= there


def test_every_list_item_below_an_entry_is_a_test() -> None:
    items = re.findall(r"^- .*$", DOCUMENT, re.MULTILINE)
    assert len(items) == len(TESTS.findall(DOCUMENT)) > 100
