import re
from pathlib import Path

import pytest

from learnchat.app.keymap import KEYS
from learnchat.app.slash_commands import SLASH_COMMANDS
from learnchat.themes.loader import theme_names

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("key", [key for key in KEYS if f"`{key.id}`" in README], ids=lambda key: key.id)
def test_the_keys_are_those_of_the_program(key) -> None:
    keys = ", ".join(f"`{each}`" for each in key.keys.split(","))
    assert f"| {keys} | {key.description} | `{key.id}` |" in README


def test_every_key_of_the_toast_and_the_prompt_is_there() -> None:
    assert {key.id for key in KEYS if key.id.startswith(("toast.", "memory.", "chat."))} <= set(
        re.findall(r"`([a-z]+\.[a-z_]+)` \|", README)
    )


@pytest.mark.parametrize("command", SLASH_COMMANDS, ids=lambda command: command.name)
def test_every_slash_command_is_there(command) -> None:
    assert f"`/{command.name} {command.argument}".rstrip() in README


def test_every_theme_is_there() -> None:
    assert all(name in README for name in theme_names())


def test_the_picture_is_there() -> None:
    for target in re.findall(r"!\[[^]]*\]\(([^)]+)\)", README):
        assert (Path(__file__).parent.parent / target).is_file()
