from __future__ import annotations

import pytest

from learnchat.app.help_page import KEYS, SUBJECTS, one, page
from learnchat.app.keymap import BY_ID, CHAT_PLACES, place_of
from learnchat.app.slash_commands import SLASH_COMMANDS

# Of 80 columns, less what a note takes beside its text and the conversation takes around it.
AT_80 = 70


def shipped(id: str) -> list[str]:
    return BY_ID[id].keys.split(",")


def test_every_command_and_every_key_of_the_chat_has_its_words_once() -> None:
    named = [name for commands in SUBJECTS.values() for name in commands]
    assert sorted(named) == sorted(command.name for command in SLASH_COMMANDS)
    assert list(KEYS) == [id for id in BY_ID if place_of(id) in CHAT_PLACES]


def test_it_is_a_page_that_one_wants_to_read() -> None:
    lines = page(AT_80, shipped).splitlines()
    assert len(lines) < 60
    assert max(map(len, lines)) <= AT_80
    # Two columns, each beginning where the one above it does.
    begins = {line.find("/", 1) for line in lines if line.startswith("/") and line.count("/") == 2}
    assert len(begins) == 1


def test_a_wider_terminal_has_more_side_by_side_and_a_narrow_one_less() -> None:
    heights = [len(page(width, shipped).splitlines()) for width in (40, AT_80, 120)]
    assert heights == sorted(heights, reverse=True)
    assert len(set(heights)) == 3
    assert max(map(len, page(40, shipped).splitlines())) <= 40


def test_keys_of_ones_own_are_named() -> None:
    assert "f2           send" in page(AT_80, lambda id: ["f2"] if id == "prompt.send" else shipped(id))


@pytest.mark.parametrize("typed", ["copy", "/copy", " COPY "])
def test_one_command_is_explained_with_what_it_takes(typed: str) -> None:
    assert one(typed).startswith("/copy [N|code [N]|all]: copy the last reply, the Nth from the end, ")


def test_a_name_that_is_none_leads_to_the_one_that_is_meant() -> None:
    assert one("clear").startswith("There is no /clear. Did you mean /new? /new: begin a new conversation")
    assert one("qqqq") == "There is no /qqqq. /help lists the commands."
