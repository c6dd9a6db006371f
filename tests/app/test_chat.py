import json
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.events import Paste
from textual.widgets import Input, OptionList, Static, TextArea

from learnchat.app.application import Learnchat
from learnchat.app.screens.inbox import InboxScreen
from learnchat.app.screens.insights import InsightsScreen
from learnchat.app.screens.reword import RewordScreen
from learnchat.widgets.message import UserMessage
from learnchat.widgets.reply import Reply
from support.chat import SWITCH, Chat, open_chat
from support.clock import FakeClock


@pytest.fixture
async def chat(project: Path) -> AsyncIterator[Chat]:
    async with open_chat(project) as chat:
        yield chat


async def test_one_chord_saves_what_was_said(chat: Chat) -> None:
    await chat.be_asked()
    assert SWITCH in chat.toast_text
    await chat.pilot.press("ctrl+y")
    await chat.until(lambda: "Learned" in chat.said, "Learned")
    (insight,) = chat.insights()
    assert insight["statement"] == SWITCH
    markdown = (chat.project / ".learnchat" / "LEARNED_INSIGHTS.md").read_text()
    assert markdown.count(SWITCH) == 1


async def test_typing_goes_on_in_the_prompt_letter_for_letter(chat: Chat) -> None:
    await chat.be_asked()
    await chat.type("yes n 1 it's fine")
    assert chat.prompt.text == "yes n 1 it's fine"
    assert chat.app.chat.asker.shown
    assert chat.insights() == []


async def test_no_answer_saves_nothing_and_leaves_the_proposal_in_the_inbox(chat: Chat) -> None:
    await chat.be_asked()
    chat.app.chat.focus_report(True)
    for _ in range(31):
        chat.clock.advance(1)
        await chat.pilot.pause(0.11)
    await chat.until(lambda: not chat.app.chat.asker.shown, "the end of the countdown")
    await chat.until(lambda: "1 waiting" in chat.status, "the waiting line")
    assert chat.insights() == []
    assert not (chat.project / ".learnchat").exists()


async def test_skip_saves_nothing_and_is_not_asked_again(chat: Chat) -> None:
    await chat.be_asked()
    await chat.pilot.press("ctrl+n")
    await chat.until(lambda: not chat.app.chat.asker.shown)
    chat.clock.advance(200)
    await chat.send(SWITCH)
    await chat.until(lambda: chat.app.chat.observation and chat.app.chat.observation.remarks, "why")
    assert not chat.app.chat.asker.shown
    assert chat.insights() == []


async def test_undo_takes_it_back_and_it_waits_again(chat: Chat) -> None:
    await chat.be_asked()
    await chat.pilot.press("ctrl+y")
    await chat.until(lambda: len(chat.insights()) == 1)
    await chat.pilot.press("ctrl+t")
    await chat.until(lambda: chat.insights() == [], "the undo")
    await chat.until(lambda: "1 waiting" in chat.status)


async def test_reword_saves_the_users_words(chat: Chat) -> None:
    await chat.be_asked()
    await chat.pilot.press("ctrl+g")
    await chat.until(lambda: isinstance(chat.app.screen, RewordScreen))
    chat.app.screen.query_one("#reword-statement", TextArea).load_text("The dashboard uses Tailwind")
    chat.app.screen.query_one("#reword-tags", Input).value = "css dashboard"
    await chat.pilot.press("ctrl+s")
    await chat.until(lambda: chat.insights(), "the insight")
    (insight,) = chat.insights()
    assert insight["statement"] == "The dashboard uses Tailwind"
    assert insight["tags"] == ["css", "dashboard"]
    assert SWITCH in insight["quote"]


@pytest.mark.parametrize(("date", "trouble"), [("next [b]week", "is not a date"), ("2026-03-31", "has passed")])
async def test_a_bad_date_is_refused_in_place(chat: Chat, date: str, trouble: str) -> None:
    await chat.be_asked()
    await chat.pilot.press("ctrl+g")
    await chat.until(lambda: isinstance(chat.app.screen, RewordScreen))
    chat.app.screen.query_one("#reword-expires", Input).value = date
    await chat.pilot.press("ctrl+s")
    problem = chat.app.screen.query_one("#reword-problem", Static)
    await chat.until(lambda: f"{date} {trouble}" in str(problem.content))
    assert chat.insights() == []


async def test_cancelling_the_dialog_leaves_it_waiting(chat: Chat) -> None:
    await chat.be_asked()
    await chat.pilot.press("ctrl+g")
    await chat.until(lambda: isinstance(chat.app.screen, RewordScreen))
    await chat.pilot.press("escape")
    await chat.until(lambda: "1 waiting" in chat.status)
    assert chat.insights() == []


async def test_the_chords_are_the_prompts_own_while_no_toast_is_up(chat: Chat) -> None:
    await chat.type("abc")
    await chat.pilot.press("ctrl+underscore")
    undone = chat.prompt.text
    await chat.pilot.press("ctrl+y")
    assert chat.prompt.text == "abc" != undone


async def test_slash_remember_and_a_typed_hash_save_without_a_toast(chat: Chat) -> None:
    await chat.send("/remember the API returns cents, not dollars")
    await chat.until(lambda: len(chat.insights()) == 1)
    await chat.type("# deploys happen on Tuesdays")
    await chat.pilot.press("enter")
    await chat.until(lambda: len(chat.insights()) == 2)
    assert {i["statement"] for i in chat.insights()} == {
        "the API returns cents, not dollars",
        "deploys happen on Tuesdays",
    }


async def test_a_pasted_heading_is_a_message(chat: Chat) -> None:
    chat.prompt.focus()
    chat.prompt.post_message(Paste("# Deploying\nFirst build it."))
    await chat.until(lambda: "Deploying" in chat.prompt.text)
    await chat.pilot.press("enter")
    await chat.until(lambda: "Nothing is remembered yet" in chat.said)
    assert chat.insights() == []


async def test_the_next_conversation_knows_it(project: Path) -> None:
    async with open_chat(project) as chat:
        await chat.send(f"/remember {SWITCH}")
        await chat.until(lambda: len(chat.insights()) == 1)
    async with open_chat(project) as chat:
        await chat.send("what do we use for CSS?")
        await chat.until(lambda: "What you confirmed about this" in chat.said, "the answer")
        assert "Tailwind CSS" in chat.said


async def test_an_unknown_command_is_named_and_the_nearest_put_into_the_prompt(chat: Chat) -> None:
    await chat.send("/insihgts")
    await chat.until(lambda: "Did you mean /insights?" in chat.said)
    assert chat.prompt.text == "/insights"


async def test_inbox_and_insights_open_and_close(chat: Chat) -> None:
    await chat.be_asked()
    await chat.pilot.press("ctrl+g")
    await chat.until(lambda: isinstance(chat.app.screen, RewordScreen))
    await chat.pilot.press("escape")
    await chat.send("/inbox")
    await chat.until(lambda: isinstance(chat.app.screen, InboxScreen))
    await chat.until(lambda: chat.app.screen.query_one(OptionList).option_count == 1)
    await chat.pilot.press("y")
    await chat.until(lambda: len(chat.insights()) == 1)
    await chat.pilot.press("escape")
    await chat.send("/insights")
    await chat.until(lambda: isinstance(chat.app.screen, InsightsScreen))
    await chat.until(lambda: chat.app.screen.query_one(OptionList).option_count == 1)
    await chat.type("tailwind")
    assert chat.app.screen.query_one(OptionList).option_count == 1
    await chat.pilot.press("ctrl+d")
    await chat.until(lambda: chat.insights() == [], "the forgetting")


async def test_ctrl_c_keeps_the_draft(project: Path) -> None:
    async with open_chat(project) as chat:
        await chat.type("half a thought")
        await chat.pilot.press("ctrl+c")
        assert chat.prompt.text == ""
        await chat.pilot.press("up")
        assert chat.prompt.text == "half a thought"
        chat.clock.advance(10)
        chat.app.chat.leaving.leave()
        await chat.until(lambda: not chat.app.is_running, "the end")
    async with open_chat(project) as chat:
        await chat.pilot.press("up")
        assert chat.prompt.text == "half a thought"


async def test_ctrl_c_twice_leaves_and_keeps_the_draft(project: Path) -> None:
    async with open_chat(project) as chat:
        await chat.type("half a thought")
        await chat.pilot.press("ctrl+c", "ctrl+c")
        await chat.until(lambda: not chat.app.is_running, "the end")
    async with open_chat(project) as chat:
        await chat.pilot.press("up")
        assert chat.prompt.text == "half a thought"


@pytest.mark.parametrize(
    "text",
    [
        "use [/etc] and [b]bold[/b] [link=x]",
        "emoji 👩‍👩‍👧‍👦 and שלום עולם",
        "\x1b[31mred\x1b[0m \x1b]0;title\x07 \u202egnp.exe",
        "[" * 2000,
    ],
)
async def test_hostile_text_is_only_text(chat: Chat, text: str) -> None:
    await chat.send(text)
    await chat.until(lambda: "Nothing is remembered yet" in chat.said)
    await chat.send(f"/remember we use {text[:300]}")
    await chat.until(lambda: len(chat.insights()) == 1)
    assert "\x1b" not in chat.said
    assert "\u202e" not in json.dumps(chat.insights(), ensure_ascii=False)


async def test_help_names_every_command_and_key(chat: Chat) -> None:
    await chat.send("/help")
    await chat.until(lambda: "/why-not" in chat.said)
    assert "ctrl+y" in chat.said


async def test_quiet_asks_nothing_and_keeps_it_in_the_inbox(chat: Chat) -> None:
    await chat.send("/quiet")
    await chat.until(lambda: "quiet" in chat.status)
    await chat.send(SWITCH)
    await chat.until(lambda: "1 waiting" in chat.status)
    chat.clock.advance(5)
    await chat.until(lambda: not chat.app.chat.asker.busy)
    assert not chat.app.chat.asker.shown
    await chat.send("/why-not")
    await chat.until(lambda: "it waits in the inbox: quiet" in chat.said)


@pytest.fixture
def repository(project: Path) -> Path:
    subprocess.run(["git", "init", "--quiet"], cwd=project, check=True)
    return project


def seen_by_git(repository: Path) -> bool:
    command = ["git", "status", "--porcelain", "--untracked-files=all"]
    return "insights.json" in subprocess.run(command, cwd=repository, capture_output=True, text=True).stdout


@pytest.mark.parametrize(("chord", "shared"), [("ctrl+y", True), ("ctrl+n", False)])
async def test_in_a_repository_it_asks_once_whether_to_share(repository: Path, chord: str, shared: bool) -> None:
    async with open_chat(repository) as chat:
        await chat.be_asked()
        await chat.pilot.press("ctrl+y")
        await chat.until(lambda: len(chat.insights()) == 1)
        chat.clock.advance(1)
        await chat.until(lambda: "Share .learnchat/" in chat.toast_text and chat.app.chat.asker.shown, "the question")
        chat.clock.advance(0.5)
        await chat.pilot.press(chord)
        await chat.until(lambda: not chat.app.chat.asker.shown)
        await chat.until(lambda: not chat.app.chat.asker.busy or chat.toast_text)
        await chat.until(lambda: seen_by_git(repository) is shared)
        await chat.send("/remember deploys happen on Tuesdays")
        await chat.until(lambda: len(chat.insights()) == 2)
        chat.clock.advance(10)
        await chat.until(lambda: not chat.app.chat.asker.busy)
        assert not chat.app.chat.asker.shown


async def test_where_nothing_can_be_saved_nothing_is_asked_and_the_chat_goes_on(project: Path) -> None:
    (project / ".learnchat").symlink_to(project.parent)
    async with open_chat(project) as chat:
        assert chat.status.strip() == "read-only"
        await chat.send(SWITCH)
        await chat.until(lambda: "Nothing is remembered yet" in chat.said)
        chat.clock.advance(5)
        await chat.until(lambda: not chat.app.chat.asker.busy)
        assert not chat.app.chat.asker.shown
        await chat.send("/remember we use uv")
        await chat.until(lambda: "symbolic link" in chat.said)


async def test_the_conversation_is_scrolled_from_the_prompt(chat: Chat) -> None:
    await chat.send("/help")
    await chat.until(lambda: "/why-not" in chat.said)
    conversation = chat.app.chat.conversation
    await chat.until(lambda: conversation.max_scroll_y > 0 and not conversation.is_vertical_scroll_end)
    beginning = conversation.scroll_y
    await chat.pilot.press("pagedown")
    await chat.until(lambda: conversation.scroll_y > beginning)
    await chat.pilot.press("pageup")
    await chat.until(lambda: conversation.scroll_y == beginning)


async def test_a_draft_is_kept_while_its_writer_pauses(project: Path) -> None:
    async with open_chat(project) as chat:
        await chat.type("half a thought")
        kept = chat.app.locations.user_data.project(project).draft
        await chat.until(lambda: kept.exists() and "half a thought" in kept.read_text(), "the draft on the disk")
        await chat.pilot.press("enter")
        await chat.until(lambda: not kept.exists(), "no draft any more")


async def test_ctrl_c_up_ctrl_c_does_not_leave(chat: Chat) -> None:
    await chat.type("half a thought")
    await chat.pilot.press("ctrl+c", "up", "ctrl+c")
    assert chat.prompt.text == ""
    assert "again leaves" in chat.status
    assert chat.app.is_running


async def test_each_answer_stands_with_its_question(chat: Chat) -> None:
    for question in ("one?", "two?", "three?"):
        await chat.send(question)
    conversation = chat.app.chat.conversation
    await chat.until(lambda: len(conversation.query(Reply)) == 3 and not chat.app.chat.replies.active)
    kinds = [type(child) for child in conversation.children if isinstance(child, UserMessage | Reply)]
    assert kinds == [UserMessage, Reply] * 3


async def test_a_message_right_after_new_belongs_to_the_new_conversation(chat: Chat) -> None:
    await chat.send("before")
    await chat.until(lambda: not chat.app.chat.replies.active and len(chat.app.chat.conversation.query(Reply)) == 1)
    chat.app.chat.run_command("new", "")
    chat.app.chat.send("after")
    await chat.until(lambda: "after" in chat.said and len(chat.app.chat.conversation.query(Reply)) == 1)
    assert "before" not in chat.said


async def test_what_was_asked_is_told_by_why_not_too(chat: Chat) -> None:
    await chat.be_asked()
    await chat.send("/why-not")
    await chat.until(lambda: "asked, or about to be" in chat.said)


async def test_a_wrong_model_or_theme_in_the_configuration_is_named_and_left_out(
    project: Path, isolation: Path
) -> None:
    configuration = isolation / "configuration"
    configuration.mkdir()
    (configuration / "config.toml").write_text('model = "nonsense"\ntheme = "nosuch"\n')
    async with open_chat(project) as chat:
        await chat.until(lambda: "nosuch" in chat.said and "nonsense" in chat.said)
        assert "config.toml" in chat.said
        assert chat.app.chat.session.model.name == "offline"


async def test_where_the_users_data_cant_be_used_the_chat_goes_on(project: Path, isolation: Path) -> None:
    (isolation / "data").write_text("a file")
    app_chat = Learnchat(project, clock=FakeClock())
    async with app_chat.run_test() as pilot:
        chat = Chat(app_chat, pilot, FakeClock(), project)
        await chat.until(lambda: str(isolation / "data") in chat.said.replace("\n", ""), "what is wrong")
        await chat.send("hello")
        await chat.until(lambda: "hello" in chat.said)
        assert app_chat.is_running


async def test_ctrl_d_twice_in_an_empty_prompt_leaves(chat: Chat) -> None:
    await chat.type("ab")
    await chat.pilot.press("home", "ctrl+d")
    assert chat.prompt.text == "b"
    await chat.pilot.press("ctrl+d", "ctrl+d")
    assert "ctrl+d again leaves" in chat.status
    await chat.pilot.press("ctrl+d")
    await chat.until(lambda: not chat.app.is_running, "the end")


async def test_what_is_remembered_by_hand_is_said_with_what_it_is(project: Path) -> None:
    async with open_chat(project) as chat:
        await chat.send("/remember always respond in English until 2099-12-30")
        await chat.until(lambda: chat.insights(), "the insight")
        await chat.until(lambda: "Learned" in chat.said, "the word on it")
        told = " ".join(chat.said.split())
        assert "· Preference · tags: english · best before 2099-12-30" in told
