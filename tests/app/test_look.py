from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.timer import Timer
from textual.widgets import OptionList

from learnchat.app.application import Learnchat
from learnchat.app.colourless import reversed_where_it_stands_out, without_colours
from learnchat.app.locations import Locations
from learnchat.app.screens.overview_rows import LOOK_SECONDS
from learnchat.app.screens.themes import ThemesScreen
from learnchat.app.terminal_background import ANSWER, Beginning, is_dark, told_by
from learnchat.app.terminal_input import BackgroundSeen, InputParser
from learnchat.themes.loader import load_theme, theme_names
from support.chat import open_chat

WHITE = "\x1b]11;rgb:ffff/ffff/ffff\x1b\\"


@pytest.mark.parametrize(("dark", "theme"), [(True, "night"), (False, "day"), (None, "night")])
async def test_without_a_choice_the_theme_is_that_of_the_terminal(project: Path, dark: bool | None, theme: str) -> None:
    async with open_chat(project, beginning=Beginning(dark)) as chat:
        assert chat.app.theme == theme


async def test_a_theme_that_was_chosen_stays_whatever_the_terminal_says(project: Path) -> None:
    async with open_chat(project, theme="phosphor", beginning=Beginning(dark=False)) as chat:
        chat.app.post_message(BackgroundSeen(dark=False))
        await chat.pilot.pause()
        assert chat.app.theme == "phosphor"


async def test_an_answer_that_comes_late_is_taken_all_the_same(project: Path) -> None:
    async with open_chat(project) as chat:
        assert chat.app.theme == "night"
        chat.app.post_message(BackgroundSeen(dark=False))
        await chat.until(lambda: chat.app.theme == "day")


async def test_auto_goes_back_to_the_terminals(project: Path) -> None:
    async with open_chat(project, theme="contrast", beginning=Beginning(dark=False)) as chat:
        await chat.send("/theme auto")
        await chat.until(lambda: chat.app.theme == "day")


async def test_each_theme_is_shown_as_one_comes_to_it_and_escape_goes_back(project: Path) -> None:
    async with open_chat(project, theme="night") as chat:
        await chat.send("/theme")
        await chat.until(lambda: isinstance(chat.app.screen, ThemesScreen))
        await chat.until(lambda: chat.app.screen.query_one(OptionList).highlighted == 1, "night, the second row")
        for _ in range(2):
            await chat.pilot.press("down")
        assert chat.app.theme == "day"
        await chat.pilot.press("escape")
        await chat.until(lambda: chat.app.theme == "night" and len(chat.app.screen_stack) == 1)
        assert not chat.app.locations.configuration_file.exists()


async def test_enter_keeps_the_theme_that_is_shown(project: Path) -> None:
    async with open_chat(project, theme="day") as chat:
        chat.app.action_change_theme()
        await chat.until(lambda: isinstance(chat.app.screen, ThemesScreen))
        await chat.until(lambda: chat.app.screen.query_one(OptionList).highlighted == 3, "day")
        await chat.pilot.press("up", "enter")
        await chat.until(lambda: chat.app.locations.configuration_file.exists())
        assert chat.app.theme == "contrast"
        assert "contrast" in chat.app.locations.configuration_file.read_text()


async def test_a_theme_that_is_saved_is_drawn_anew(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("learnchat.app.look.LOOK_SECONDS", 0.01)
    folder = Locations.find().themes
    folder.mkdir(parents=True)
    mine = folder / "mine.toml"
    mine.write_text('primary = "#ff0000"\nbackground = "#101010"\n')
    async with open_chat(project, theme="mine") as chat:
        assert chat.app.chat.styles.background == Color.parse("#101010")
        await chat.pilot.pause(0.05)
        mine.write_text('primary = "#ff0000"\nbackground = "#202020"\n')
        await chat.until(lambda: chat.app.chat.styles.background == Color.parse("#202020"), "the new ground")
        mine.write_text("primary = no colour")
        await chat.until(lambda: "mine.toml" in chat.said, "what is wrong")
        assert chat.app.chat.styles.background == Color.parse("#202020")


async def test_a_theme_that_can_not_be_gone_back_to_is_said_and_the_look_stays(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("learnchat.app.look.LOOK_SECONDS", 3600.0)
    mine = Locations.find().themes / "mine.toml"
    mine.parent.mkdir(parents=True)
    mine.write_text('primary = "#ff0000"\nbackground = "#101010"\n')
    async with open_chat(project, theme="mine") as chat:
        for key in ("escape", "ctrl+c"):
            mine.write_text('primary = "#ff0000"\nbackground = "#101010"\n')
            chat.app.look.take("mine")
            await chat.send("/theme")
            await chat.until(lambda: isinstance(chat.app.screen, ThemesScreen))
            await chat.until(lambda: bool(chat.app.screen.query_one(OptionList).highlighted), "mine")
            await chat.pilot.press("up")
            mine.write_text("primary = no colour")
            before = chat.said.count("The look stays as it was.")
            await chat.pilot.press(key)
            await chat.until(
                lambda before=before: chat.said.count("The look stays as it was.") > before, "what is wrong"
            )
            assert chat.app.theme != "mine"


async def test_what_was_pasted_before_there_was_a_screen_stands_in_the_prompt(project: Path) -> None:
    pasted = "a long paste " * 30
    async with open_chat(project, beginning=Beginning(typed=pasted)) as chat:
        await chat.until(lambda: chat.prompt.draft == pasted, "what was pasted")


@pytest.mark.parametrize("cut", [0, 5, 12, len(WHITE) - 1])
def test_the_answer_is_no_key_wherever_it_is_torn(cut: int) -> None:
    parser = InputParser()
    told = [*parser.feed("a" + WHITE[:cut]), *parser.feed(WHITE[cut:] + "b")]
    if cut and not WHITE[:cut].startswith("\x1b]11;"):
        pytest.skip("no terminal sends it in pieces so small")
    assert [type(each).__name__ for each in told] == ["Key", "BackgroundSeen", "Key"]


@pytest.mark.parametrize(
    ("answer", "dark"),
    [(WHITE, False), ("\x1b]11;rgb:14/16/1b\x07", True), ("\x1b]11;rgba:0000/0000/0000/ffff\x07", True)],
)
def test_a_colour_is_dark_or_light(answer: str, dark: bool) -> None:
    found = ANSWER.search(answer)
    assert found is not None
    assert is_dark(found) == dark


@pytest.mark.parametrize(
    ("value", "dark"), [("15;0", True), ("0;15", False), ("0;default;7", False), ("", None), ("x", None)]
)
def test_where_the_terminal_does_not_answer_its_variable_is_looked_at(value: str, dark: bool | None) -> None:
    assert told_by({"COLORFGBG": value}) is dark


def segments(app: Learnchat) -> Iterator[Segment]:
    return (segment for strip in app.screen._compositor.render_strips() for segment in strip)


def reversed_texts(app: Learnchat) -> str:
    return "".join(each.text for each in segments(app) if each.style and each.style.reverse)


@pytest.mark.parametrize("theme", theme_names())
async def test_without_colours_what_is_marked_is_reversed(
    project: Path, theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_chat(project, theme=theme) as chat:
        assert reversed_texts(chat.app) == "A"  # the cursor, on the first letter of the placeholder
        await chat.send("# We use uv")
        await chat.until(chat.insights)
        for command in ("/insights", "/settings"):
            await chat.send(command)
            await chat.until(lambda: len(chat.app.screen_stack) > 1)
            await chat.until(lambda: chat.app.screen.query_one(OptionList).option_count)
            marked = {"/insights": "We use uv", "/settings": "model"}[command]
            await chat.until(lambda marked=marked: marked in reversed_texts(chat.app), command)
            await chat.pilot.press("escape")
            await chat.until(lambda: len(chat.app.screen_stack) == 1)


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("\x1b[1;38;2;1;31;3;48;2;4;5;6mbold\x1b[0m", "\x1b[1mbold\x1b[0m"),
        ("\x1b[38;5;7;7mreversed\x1b[39;49m", "\x1b[7mreversed"),
        ("\x1b[31ma\x1b[97;104mb\x1b[m", "ab\x1b[m"),
        ("\x1b[2J\x1b[4;38H", "\x1b[2J\x1b[4;38H"),
    ],
)
def test_colours_are_taken_out_and_nothing_else(written: str, sent: str) -> None:
    assert without_colours(written) == sent


def test_a_ground_that_says_nothing_is_left_alone() -> None:
    for name in theme_names():
        theme = load_theme(name)
        around = Color.parse(str(theme.background))
        panel = Style.parse(f"bold {theme.foreground} on {theme.panel}")
        cursor = Style.parse(f"{theme.background} on {theme.foreground}")
        assert not reversed_where_it_stands_out(panel, around).reverse
        assert reversed_where_it_stands_out(cursor, around).reverse


def ticking(app: Learnchat) -> list[Timer]:
    """What comes again and again, more often than the look at the files."""
    pumps = [app, *app.screen_stack, *app.screen.walk_children()]
    timers = [timer for pump in pumps for timer in pump._timers if timer._task and timer._active.is_set()]
    return [timer for timer in timers if timer._repeat != 0 and timer._interval < LOOK_SECONDS]


async def test_nothing_is_drawn_while_nothing_happens(project: Path) -> None:
    async with open_chat(project) as chat:
        await chat.be_asked()
        await chat.pilot.press("ctrl+y")
        await chat.until(chat.insights)
        assert ticking(chat.app) != []

        def rests() -> bool:
            chat.clock.advance(10)
            return ticking(chat.app) == []

        await chat.until(rests, "rest")
