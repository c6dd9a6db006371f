from __future__ import annotations

import pytest

from learnchat.app.slash_commands import SLASH_COMMANDS
from learnchat.app.slash_completion import Known, complete_command
from learnchat.widgets.completions import Completion, Completions
from learnchat.widgets.prompt_helper import Place


def texts(before: str, values=None) -> list[str]:
    found = complete_command(Place(before, "", 0, 1), values or {})
    return [item.text for item in found.items] if found else []


def test_a_slash_lists_every_command_with_its_summary() -> None:
    found = complete_command(Place("/", "", 0, 1), {})
    assert [item.text.strip() for item in found.items] == [f"/{command.name}" for command in SLASH_COMMANDS]
    assert [item.detail for item in found.items] == [command.summary for command in SLASH_COMMANDS]


def test_what_begins_so_comes_first_and_what_only_has_the_letters_is_a_guess() -> None:
    found = complete_command(Place("/in", "", 0, 1), {})
    assert [item.text for item in found.items if item.eager][:2] == ["/insights", "/inbox"]
    assert all(not item.eager for item in found.items if not item.text.startswith("/in"))


def test_a_command_of_the_shell_is_not_taken_for_one_that_begins_like_it() -> None:
    found = complete_command(Place("/log", "", 0, 1), {})
    assert [(item.text.strip(), item.eager) for item in found.items][:1] == [("/login", False)]
    assert complete_command(Place("/logi", "", 0, 1), {}).items[0].eager
    assert complete_command(Place("/inbox", "", 0, 1), {}).items[0].eager


def test_a_whole_name_stands_first() -> None:
    assert texts("/quit")[0] == "/quit"


@pytest.mark.parametrize("place", [Place("/in", "x", 0, 1), Place("/in", "", 0, 2), Place(" /in", "", 0, 1)])
def test_only_a_line_of_its_own_is_a_command(place: Place) -> None:
    assert complete_command(place, {}) is None


@pytest.mark.parametrize("before", ["/etc/hosts", "/usr", "/s means sarcasm", "/nothing x"])
def test_paths_and_prose_are_left_alone(before: str) -> None:
    assert texts(before) == []


def test_arguments_come_from_the_table() -> None:
    assert texts("/quiet ") == ["session", "1h", "project", "off"]
    assert texts("/share o") == ["on", "off"]
    assert texts("/share of") == ["off"]


def test_arguments_come_from_whoever_knows_them() -> None:
    values = {"model": lambda: [Known("anthropic/a", "its key is set"), Known("ollama/b")]}
    assert texts("/model olla", values) == ["ollama/b"]
    assert texts("/model b", values) == ["ollama/b"]


def test_an_empty_argument_is_not_completed_by_enter() -> None:
    found = complete_command(Place("/quiet ", "", 0, 1), {})
    assert not any(item.eager for item in found.items)


def test_free_text_is_not_completed() -> None:
    assert texts("/remember us") == []


def test_a_single_choice_is_offered() -> None:
    assert texts("/compact ") == ["undo"]


def test_a_value_of_two_words_is_completed_from_its_beginning() -> None:
    values = {"copy": lambda: [Known("1"), Known("code 1"), Known("code 2"), Known("all")]}
    assert texts("/copy co", values) == ["code 1", "code 2"]
    assert texts("/copy code 2", values) == ["code 2"]


def test_a_conversation_is_found_by_words_of_its_title_and_enter_takes_it() -> None:
    known = [Known("abc", "Moving to Tailwind · 2026-04-01", searched=True), Known("def", "Deploying", searched=True)]
    found = complete_command(Place("/resume tail mov", "", 0, 1), {"resume": lambda: known})
    assert [(item.text, item.eager, item.sends) for item in found.items] == [("abc", True, True)]
    assert texts("/resume de", {"resume": lambda: known}) == ["def"]
    assert texts("/model key", {"model": lambda: [Known("anthropic/a", "its key is set")]}) == []


def test_a_file_is_completed_behind_what_is_saved() -> None:
    asked: list[tuple[int, str]] = []

    def files(start: int, typed: str) -> Completions:
        asked.append((start, typed))
        return Completions(start, (Completion("notes.md", "notes.md", eager=False),))

    values = {"save": lambda: [Known("all"), Known("code 1"), Known("1")]}
    for before, wanted in (
        ("/save ", ["all", "code 1", "1"]),
        ("/save a", ["all", "notes.md"]),
        ("/save no", ["notes.md"]),
        ("/save all no", ["notes.md"]),
        ("/save code 1 no", ["notes.md"]),
        ("/save 2 ", ["notes.md"]),
    ):
        found = complete_command(Place(before, "", 0, 1), values, files)
        assert [item.text for item in found.items] == wanted, before
    assert asked == [(6, "a"), (6, "no"), (10, "no"), (13, "no"), (8, "")]
