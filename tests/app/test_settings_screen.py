from __future__ import annotations

import tomllib
from pathlib import Path

from textual.app import SystemCommand
from textual.widgets import Input, OptionList, Static

from learnchat.app.screens.settings import SettingsScreen
from learnchat.app.slash_commands import SLASH_COMMANDS
from support.chat import Chat, open_chat


async def open_settings(chat: Chat, name: str) -> None:
    await chat.send("/settings")
    await chat.until(lambda: isinstance(chat.app.screen, SettingsScreen) and chat.app.screen._found)
    listed = chat.app.screen.query_one(OptionList)
    listed.highlighted = [each.setting.name for each in chat.app.screen._found].index(name)
    await chat.pilot.pause()


def detail(chat: Chat) -> str:
    return str(chat.app.screen.query_one("#settings-detail", Static).content)


def kept(chat: Chat) -> dict:
    return tomllib.loads(chat.app.locations.configuration_file.read_text())


async def test_each_setting_says_what_it_means_and_where_it_comes_from(project: Path) -> None:
    async with open_chat(project) as chat:
        await open_settings(chat, "asking.countdown")
        assert "Seconds that a toast waits for an answer." in detail(chat)
        assert "5 to 600" in detail(chat)
        assert "default · shipped: 30" in detail(chat)
        await chat.pilot.press("escape")
        await chat.until(lambda: chat.app.screen is chat.app.chat)


async def test_a_switch_is_turned_by_enter_and_back_by_its_key(project: Path) -> None:
    async with open_chat(project) as chat:
        await open_settings(chat, "asking.quiet")
        await chat.pilot.press("enter")
        await chat.until(lambda: "asking.quiet is true" in detail(chat))
        assert kept(chat) == {"asking": {"quiet": True}}
        await chat.pilot.press("d")
        await chat.until(lambda: "as shipped" in detail(chat))
        assert kept(chat) == {"asking": {}}


async def test_a_value_that_can_not_be_is_said_in_the_dialog(project: Path) -> None:
    async with open_chat(project) as chat:
        await open_settings(chat, "asking.countdown")
        await chat.pilot.press("enter")
        await chat.until(lambda: chat.app.screen.query(Input))
        chat.app.screen.query_one(Input).value = "3"
        await chat.pilot.press("enter")
        await chat.until(lambda: "between 5 and 600" in str(chat.app.screen.query_one("#one-line-problem").content))
        chat.app.screen.query_one(Input).value = "45"
        await chat.pilot.press("enter")
        await chat.until(lambda: "asking.countdown is 45" in detail(chat))
        assert kept(chat) == {"asking": {"countdown": 45}}


async def test_a_theme_is_taken_at_once_and_kept(project: Path) -> None:
    async with open_chat(project) as chat:
        await chat.send("/theme day")
        await chat.until(lambda: chat.app.theme == "day")
        await chat.until(lambda: chat.app.locations.configuration_file.exists())
        assert kept(chat) == {"theme": "day"}
        await chat.send("/theme dya")
        await chat.until(lambda: "dya" in chat.said)
        assert chat.app.theme == "day"


async def test_models_and_themes_are_completed(project: Path) -> None:
    async with open_chat(project) as chat:
        await chat.type("/theme con")
        await chat.until(lambda: chat.app.chat.prompting.takes_escape, "the list of themes")
        await chat.pilot.press("tab")
        assert chat.prompt.text == "/theme contrast"


async def test_the_palette_has_every_command_and_its_choices(project: Path) -> None:
    async with open_chat(project) as chat:
        found: list[SystemCommand] = list(chat.app.get_system_commands(chat.app.chat))
        titles = [each.title for each in found]
        assert all(any(title.startswith(f"/{command.name}") for title in titles) for command in SLASH_COMMANDS)
        assert {"Theme", "Quit", "/quiet 1h", "/share on", "/remember …", "Search (ctrl+r)"} <= set(titles)
        next(each for each in found if each.title == "/remember …").callback()
        assert chat.prompt.text == "/remember "


async def test_what_the_command_line_says_for_this_run_is_shown_as_such(project: Path) -> None:
    async with open_chat(project, model="ollama/llama3", theme="day", quiet=True) as chat:
        await open_settings(chat, "model")
        found = {each.setting.name: each for each in chat.app.screen._found}
        assert (found["model"].value, found["model"].origin) == ("ollama/llama3", "--model, for this run")
        assert (found["theme"].value, found["theme"].origin) == ("day", "--theme, for this run")
        assert (found["asking.quiet"].value, found["asking.quiet"].origin) == (True, "--quiet, for this run")
        assert "--model, for this run" in detail(chat)


async def test_what_was_chosen_since_is_not_said_to_come_from_the_command_line(project: Path) -> None:
    async with open_chat(project, model="ollama/llama3", theme="day") as chat:
        await chat.send("/model offline")
        await chat.until(lambda: "offline answers from now on" in chat.said, "the other model")
        await chat.send("/theme contrast")
        await chat.until(lambda: chat.app.theme == "contrast", "the other look")
        await open_settings(chat, "model")
        found = {each.setting.name: each for each in chat.app.screen._found}
        assert (found["model"].value, found["model"].origin) == ("offline", "chosen for this project")
        assert found["theme"].value == "contrast"
        assert "for this run" not in found["theme"].origin
