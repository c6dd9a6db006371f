"""Foreign text on every surface of the program: commands in all their forms, files, errors, dialogs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from textual.widgets import Input, OptionList, Static, TextArea

from learnchat.app.command_table import COMMANDS
from learnchat.app.main import main
from learnchat.learning.text import one_line
from learnchat.widgets.page import Page
from support.chat import Chat, open_chat
from support.commands import CommandLine
from support.hostile import ZOO, Hostile, harm
from support.memory import Place

# What a file system takes as a name.
NAMES = [
    hostile
    for hostile in ZOO
    if not set(hostile.text) & set("/\0\ud800") and len(hostile.text.encode("utf-8", "ignore")) < 255
]
SKIPPED = {"purge", "replay", "detect"}  # delete; want a file or a pipe


def fill(learnchat: CommandLine, zoo: Sequence[Hostile] = ZOO) -> None:
    """Insights and proposals of hostile text in the project of a command line."""
    profiles = learnchat.profiles()
    place = Place(learnchat.directory, learnchat.directory)
    for hostile in zoo:
        profiles.remember(f"Rule of {hostile.name}: {hostile.text}", tags=[hostile.text])
        profiles.inbox.add([place.proposal(f"Say {hostile.text}", quote=hostile.text, because=hostile.text)])


def test_no_command_prints_harm_in_any_form(learnchat: CommandLine) -> None:
    fill(learnchat, ZOO[::2])
    some = learnchat("insights", "--json", "--all").json[0]["id"]
    calls = [[name] for name in COMMANDS if name not in SKIPPED]
    calls += [["insights", "--all"], ["insights", "show", some], ["doctor", "--offline"], ["inbox"], ["log", some]]
    for call in calls:
        for form in ([], ["--json"]):
            for result in (learnchat(*call, *form), learnchat.on_terminal(*call, *form)):
                assert harm(result.out + result.err) == [], call
                assert "Traceback" not in result.err


def test_json_says_what_an_eye_would_have_read(learnchat: CommandLine) -> None:
    fill(learnchat)
    said = {insight["statement"] for insight in learnchat("insights", "--json", "--all").json}
    for hostile in ZOO:
        assert one_line(f"Rule of {hostile.name}: {hostile.text}") in said


def test_both_files_of_the_profile_hold_no_harm_and_no_markup(learnchat: CommandLine, shop: Path) -> None:
    fill(learnchat)
    folder = shop / ".learnchat"
    documents = json.loads((folder / "insights.json").read_text())["documents"]
    assert harm("".join(text for each in documents if each for text in map(str, each.values()))) == []
    markdown = (folder / "LEARNED_INSIGHTS.md").read_text()
    assert harm(markdown) == []
    for token in MarkdownIt("gfm-like").parse(markdown):
        for child in (token, *(token.children or ())):
            assert child.type not in ("link_open", "image", "fence", "table_open", "strong_open", "code_inline")
            assert not child.type.startswith("html") or child.content.strip().startswith("<!--")
        assert token.type != "heading_open" or token.tag in ("h1", "h2")


@pytest.mark.parametrize("form", ["json", "jsonl", "markdown"])
def test_no_export_holds_harm(learnchat: CommandLine, tmp_path: Path, form: str) -> None:
    fill(learnchat)
    for arguments in (["--format", form], ["--format", form, "--output", str(tmp_path / "out")]):
        assert learnchat("insights", "export", *arguments).code == 0
    text = (tmp_path / "out").read_text()
    decoded = text.encode().decode("unicode_escape", "ignore") if form != "markdown" and "\\u" in text else text
    assert harm(text) == []
    assert "\x1b" not in decoded


@pytest.mark.parametrize("hostile", NAMES, ids=lambda hostile: hostile.name.replace(" ", "-"))
def test_a_project_of_a_hostile_name_shows_no_harm(learnchat: CommandLine, tmp_path: Path, hostile: Hostile) -> None:
    learnchat.directory = tmp_path / hostile.text
    learnchat.directory.mkdir()
    (learnchat.directory / ".learnchat").mkdir()
    (learnchat.directory / ".learnchat" / "config.toml").write_text("model = 'x'\n[bad")
    (learnchat.directory / ".learnchat" / "insights.json").write_text("{")
    for call in (["locate"], ["doctor", "--offline"], ["remember", "We use pnpm"], ["trust"], ["locate", "--json"]):
        result = learnchat(*call)
        assert harm(result.out + result.err) == [], call


@pytest.mark.parametrize(
    "call",
    [
        ["{}"], ["--model", "{}", "."], ["--{}"], ["insights", "show", "{}"], ["insights", "--{}"], ["insights", "{}"],
        ["inbox", "confirm", "{}"], ["remember", "--kind", "{}", "x"], ["undo", "{}"], ["share", "{}"],
        ["locate", "{}"],
        ["doctor", "--project", "{}"], ["trust", "import", "{}"], ["insights", "import", "{}"], ["log", "{}"],
        ["replay", "{}"], ["sessions", "show", "{}"], ["detectors", "on", "{}"],
    ],
)  # fmt: skip
def test_an_error_names_a_hostile_argument_without_harm(learnchat: CommandLine, call: list[str]) -> None:
    for hostile in (each for each in ZOO if "\0" not in each.text):
        result = learnchat(*(part.replace("{}", hostile.text) for part in call))
        assert result.code in (0, 1, 2), hostile.name
        assert harm(result.out + result.err) == [], hostile.name


def test_the_chat_that_can_not_be_opened_says_so_without_harm(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    for hostile in ZOO:
        monkeypatch.setattr("sys.argv", ["learnchat", f"--model=x{hostile.text}"])
        with pytest.raises(SystemExit):
            main()
        out, err = capsys.readouterr()
        assert harm(out + err) == [], hostile.name


def drawn(chat: Chat) -> str:
    """All that stands on the screen now, and all that a dialog holds."""
    screen = chat.app.screen
    rows = ["".join(segment.text for segment in strip) for strip in screen._compositor.render_strips()]
    options = [str(option.prompt) for each in screen.query(OptionList) for option in each.options]
    fields = [each.value for each in screen.query(Input)] + [each.text for each in screen.query(TextArea)]
    pages = [page.text for page in screen.query(Page)]
    return "\n".join([*rows, *options, *fields, *pages, *(str(each.content) for each in screen.query(Static))])


async def test_the_dialogs_show_no_harm(shop: Path, learnchat: CommandLine) -> None:
    few = ZOO[::8]  # a key takes a tenth of a second
    fill(learnchat, few)
    async with open_chat(shop, size=(100, 40)) as chat:
        for command in ("/insights", "/inbox", "/review"):
            await chat.send(command)
            await chat.until(lambda: len(chat.app.screen_stack) == 2, command)
            assert harm(drawn(chat)) == [], command
            for _ in few:
                await chat.pilot.press("down")
                assert harm(drawn(chat)) == [], command
            await chat.pilot.press("escape")
            await chat.until(lambda: len(chat.app.screen_stack) == 1)
        for command in ("/why-not", "/model x\x1b[31m/\u202ey", "/share \x1b[31m", "/quiet \u202eno", "/h\u202eelp"):
            await chat.send(command)
        await chat.pilot.pause()
        assert harm(chat.said + chat.status) == []
