from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from learnchat.app.attachments.path_completion import LISTED_FOR, PathCompletions
from learnchat.widgets.prompt_helper import Place
from support.clock import FakeClock


class Completions:
    def __init__(self, root: Path) -> None:
        self.clock = FakeClock()
        self.asked = 0
        self.paths = PathCompletions(root, self.clock, self.learn)

    def learn(self, ask: Callable[[], Any], tell: Callable[[Any], None]) -> None:
        self.asked += 1
        tell(ask())

    def of(self, before: str) -> list[str]:
        self.paths.complete(Place(before, "", 0, 1))
        found = self.paths.complete(Place(before, "", 0, 1))
        return [item.text for item in found.items] if found else []


@pytest.fixture
def completions(tmp_path: Path) -> Completions:
    root = tmp_path / "shop"
    for name in ("README.md", "src/main.py", "src/domain/main.py", "src/remain.py", "docs/my notes.txt", "docs/m.txt"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")
    return Completions(root)


def test_nothing_is_asked_before_something_is_mentioned(completions: Completions) -> None:
    assert completions.of("no mention, me@example") == []
    assert completions.asked == 0


def test_alone_it_lists_the_top_of_the_project(completions: Completions) -> None:
    assert completions.of("see @") == ["@src/", "@docs/", "@README.md "]


def test_names_that_begin_so_come_first_the_shallow_before_the_deep(completions: Completions) -> None:
    assert completions.of("see @main") == ["@src/main.py ", "@src/domain/main.py ", "@src/domain/", "@src/remain.py "]


def test_a_folder_is_gone_on_from(completions: Completions) -> None:
    assert completions.of("@doc")[0] == "@docs/"
    assert completions.of("@docs/")[1:] == ["@docs/m.txt ", '@"docs/my notes.txt" ']


def test_letters_in_their_order_are_enough_but_only_a_guess(completions: Completions) -> None:
    found = completions.of("@sdmn")
    assert found == ["@src/domain/", "@src/domain/main.py "]
    assert not completions.paths.complete(Place("@sdmn", "", 0, 1)).items[0].eager


def test_what_begins_a_name_is_taken_by_enter_and_what_stands_inside_one_is_not(completions: Completions) -> None:
    items = completions.paths.complete(Place("@main", "", 0, 1)) or completions.paths.complete(Place("@main", "", 0, 1))
    assert [item.eager for item in items.items[:3]] == [True, True, False]


def test_a_name_with_spaces_is_completed_inside_its_quotation_marks(completions: Completions) -> None:
    found = completions.of('see @"docs/my n')
    assert found == ['@"docs/my notes.txt" ']


def test_the_files_are_listed_again_after_a_while_and_not_before(completions: Completions) -> None:
    completions.of("@R")
    completions.of("@RE")
    assert completions.asked == 1
    completions.clock.advance(LISTED_FOR)
    completions.of("@REA")
    assert completions.asked == 2


def test_a_path_of_its_own_is_completed_from_the_disk(completions: Completions, tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_text("x")
    assert completions.of(f"@{tmp_path}/out") == [f"@{tmp_path}/outside.txt "]
    assert completions.of("@../out") == ["@../outside.txt "]


def test_case_does_not_matter(completions: Completions) -> None:
    assert completions.of("@readme") == ["@README.md "]


def test_names_that_no_prompt_should_hold_are_not_offered(completions: Completions, tmp_path: Path) -> None:
    for name in ("evil\x1b[31m.txt", "evil\nline.txt", 'evil".txt', "evil\u202e.txt", "evil.txt"):
        (tmp_path / "shop" / name).write_text("x")
    assert completions.of("@evil") == ["@evil.txt "]
    assert completions.of("@./evil") == ["@./evil.txt "]
