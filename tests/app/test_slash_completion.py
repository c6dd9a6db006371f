from __future__ import annotations

import pytest

from learnchat.app.slash_commands import SLASH_COMMANDS
from learnchat.app.slash_completion import complete_command
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
    values = {"model": lambda: [("anthropic/a", "its key is set"), ("ollama/b", "")]}
    assert texts("/model olla", values) == ["ollama/b"]
    assert texts("/model b", values) == ["ollama/b"]


def test_an_empty_argument_is_not_completed_by_enter() -> None:
    found = complete_command(Place("/quiet ", "", 0, 1), {})
    assert not any(item.eager for item in found.items)


def test_free_text_is_not_completed() -> None:
    assert texts("/remember us") == []
