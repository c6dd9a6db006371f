from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.widgets import Input

from learnchat.app.screens.one_line import OneLineScreen
from learnchat.learning.transcripts.saved import read_saved
from support.chat import Chat, open_chat
from support.model_server import ModelServer, Reply
from support.talks import hold

MODEL = "anthropic/claude-test"
CODE = "First:\n\n```python\nprint('one')\n```\n\nthen\n\n- in a list\n\n  ```sh\n  make test\n  ```\n"


def shown(chat: Chat) -> str:
    """All that is drawn, row by row."""
    strips = chat.app.chat._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in line) for line in strips)


def texts(chat: Chat) -> list[str]:
    return [said.text for said in chat.app.chat.session.path]


@pytest.fixture
async def talk(project: Path, server: ModelServer) -> AsyncIterator[Chat]:
    """Two exchanges, and a model that says something else each time."""
    server.will(*(Reply(pieces=(text,)) for text in ("Third reply.", "Fourth reply.", "Fifth reply.")))
    file = hold(project, "how do we deploy?", "By hand.", "and test?", "Rarely.")
    async with open_chat(project, model=MODEL, resume=file) as chat:
        await chat.until(lambda: "Rarely." in shown(chat), "what was said")
        yield chat


async def replied(chat: Chat, text: str) -> None:
    await chat.until(lambda: text in texts(chat) and not chat.app.chat.replies.active, text)


async def test_an_edited_message_takes_the_place_of_the_old_one_which_is_kept(talk: Chat, server: ModelServer) -> None:
    await talk.send("/edit 2")
    await talk.until(lambda: talk.prompt.text == "how do we deploy?", "the message in the prompt")
    await talk.send("how do we release?")
    await replied(talk, "Third reply.")

    assert texts(talk) == ["how do we release?", "Third reply."]
    assert "how do we deploy?" not in shown(talk)
    assert [turn["role"] for turn in server.chats[-1].body["messages"]] == ["user"]

    await talk.pilot.press("alt+v")
    await talk.until(lambda: "Variant 1 of 2 of this message" in talk.status, "the first variant")
    assert texts(talk) == ["how do we deploy?", "By hand.", "and test?", "Rarely."]
    await talk.until(lambda: "Rarely." in shown(talk), "what followed the first variant")


async def test_escape_makes_an_edited_message_a_new_one(talk: Chat) -> None:
    await talk.send("/edit")
    await talk.until(lambda: talk.prompt.text == "and test?", "the message in the prompt")
    await talk.pilot.press("escape")
    assert talk.prompt.text == "and test?"
    await talk.pilot.press("enter")
    await replied(talk, "Third reply.")

    assert texts(talk) == ["how do we deploy?", "By hand.", "and test?", "Rarely.", "and test?", "Third reply."]


async def test_a_reply_is_asked_for_again_and_its_variants_are_kept(talk: Chat, project: Path) -> None:
    await talk.send("/retry")
    await replied(talk, "Third reply.")
    await talk.until(lambda: "Variant 2 of 2 of this reply · alt+v" in talk.status, "which it is")
    assert "Rarely." not in shown(talk)
    await talk.send("/variant 1")
    await talk.until(lambda: "Rarely." in shown(talk), "the first one")
    assert "variant 1 of 2" in shown(talk)

    file = next(talk.app.engine.call_now(lambda parts: parts.data.sessions).iterdir())
    records = [json.loads(line) for line in file.read_text().splitlines()]
    assert records[-1]["current"] == records[4]["id"]


async def test_the_next_message_follows_the_variant_that_is_seen(talk: Chat, server: ModelServer) -> None:
    await talk.send("/retry")
    await replied(talk, "Third reply.")
    await talk.send("/variant 1")
    await talk.until(lambda: "Rarely." in shown(talk), "the first one")
    await talk.send("why?")
    await replied(talk, "Fourth reply.")

    sent = json.dumps(server.chats[-1].body["messages"])
    assert "Rarely." in sent
    assert "Third reply." not in sent


async def test_a_stopped_reply_goes_on_and_is_one(project: Path, server: ModelServer) -> None:
    server.will(Reply(pieces=("The first half, ",), ends="stalled"), Reply(pieces=("and the second.",)))
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("tell me")
        await chat.until(lambda: "The first half," in shown(chat), "the first half")
        await chat.pilot.press("escape")
        await chat.until(lambda: len(texts(chat)) == 2 and not chat.app.chat.replies.active, "the stop")
        await chat.send("/continue")
        await replied(chat, "The first half, and the second.")
        await chat.until(lambda: "The first half, and the second." in shown(chat), "both halves")

        assert texts(chat) == ["tell me", "The first half, and the second."]
        assert [turn["role"] for turn in server.chats[-1].body["messages"]] == ["user", "assistant", "user"]
        await chat.send("/variant")
        await chat.until(lambda: "There is only one of everything here." in chat.said, "that there is one")


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("/edit 9", "There is no such message here. You sent 2"),
        ("/edit x", "/edit takes a number"),
        ("/variant", "There is only one of everything here."),
        ("/copy 7", "There are 2 replies."),
        ("/copy x", "/copy takes nothing"),
        ("/copy code", "There is no code block in this conversation."),
        ("/save", "/save takes a file"),
        ("/quote 7", "There are 2 replies."),
        ("/fork 9", "There is no such message here."),
        ("/resume zzz", "There is no conversation with the id zzz here. /resume alone lists them."),
    ],
)
async def test_what_is_not_there_is_said(talk: Chat, command: str, sentence: str) -> None:
    await talk.send(command)
    await talk.until(lambda: sentence in talk.said, sentence)


async def test_nothing_is_changed_while_a_reply_comes(project: Path, server: ModelServer) -> None:
    server.will(Reply(pieces=("half",), ends="stalled"))
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("tell me")
        await chat.until(lambda: "half" in shown(chat), "the first half")
        await chat.send("/retry")
        await chat.until(lambda: "A reply is coming. Esc stops it" in chat.said, "that it waits")
        await chat.pilot.press("escape")


async def test_a_code_block_is_copied_by_its_number(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []
    monkeypatch.setattr("learnchat.app.clipboard.copy", lambda text, *rest: copied.append(text) or "Copied.")
    async with open_chat(project, resume=hold(project, "show me", CODE)) as chat:
        await chat.send("/copy code")
        await chat.until(lambda: "There are 2 code blocks: 1 python “print('one')”; 2 sh" in chat.said, "which")
        await chat.send("/copy code 2")
        await chat.until(lambda: "Code block 2 of 2: Copied." in chat.status, "what was done")
        assert chat.app.clipboard == "make test\n"
        await chat.send("/copy")
        await chat.until(lambda: "The last reply: Copied." in chat.status, "what was done")
        await chat.send("/copy all")
        await chat.until(lambda: "The conversation: Copied." in chat.status, "what was done")

    assert copied[:2] == ["make test\n", CODE]
    assert copied[2].startswith("# show me\n\n## You\n") or "\n\nshow me\n\n## anthropic/claude-test" in copied[2]


async def test_a_file_that_is_there_is_replaced_only_by_its_name(project: Path) -> None:
    (project / "main.py").write_text("old\n")
    async with open_chat(project, resume=hold(project, "show me", CODE)) as chat:
        await chat.send("/save code 1 main.py")
        await chat.until(lambda: isinstance(chat.app.screen, OneLineScreen), "the question")
        await chat.pilot.press("enter")
        await chat.until(lambda: (project / "main-2.py").exists(), "the file beside it")
        assert (project / "main.py").read_text() == "old\n"

        await chat.send("/save code 1 main.py")
        await chat.until(lambda: isinstance(chat.app.screen, OneLineScreen), "the question")
        chat.app.screen.query_one(Input).value = "main.py"
        await chat.pilot.press("enter")
        await chat.until(lambda: (project / "main.py").read_text() == "print('one')\n", "the file")


async def test_the_conversation_is_saved_in_the_form_of_its_ending_and_without_secrets(project: Path) -> None:
    file = hold(project, "the key is AKIAIOSFODNN7EXAMPLQ, <b>use it</b>", "No.")
    async with open_chat(project, resume=file) as chat:
        await chat.send("/save all talk.html")
        await chat.until(lambda: (project / "talk.html").exists(), "the page")
        await chat.until(lambda: "Left out, for they are secrets:" in chat.said, "that a secret was left out")

    page = (project / "talk.html").read_text()
    assert "&lt;b&gt;use it&lt;/b&gt;" in page
    assert "AKIAIOSFODNN7EXAMPLQ" not in page


async def test_a_reply_is_quoted_into_the_prompt(talk: Chat) -> None:
    await talk.send("/quote 2")
    await talk.until(lambda: talk.prompt.text == "> By hand.\n\n", "the quotation")


async def test_a_fork_goes_its_own_way(talk: Chat) -> None:
    await talk.send("/fork 2")
    await talk.until(lambda: "goes its own way" in talk.status, "the fork")
    assert texts(talk) == ["how do we deploy?", "By hand."]
    await talk.send("really?")
    await replied(talk, "Third reply.")

    folder = talk.app.engine.call_now(lambda parts: parts.data.sessions)
    from learnchat.learning.transcripts.session import list_sessions

    last = {len(read_saved(file).branches.path()) for file in list_sessions(folder)}
    assert last == {4}
    assert len(list_sessions(folder)) == 2


async def test_keys_jump_between_messages_and_code_blocks(project: Path) -> None:
    said = [
        text for number in range(20) for text in (f"question {number}", f"answer {number}\n\n" + CODE + "x\n\n" * 9)
    ]
    async with open_chat(project, resume=hold(project, *said)) as chat:
        await chat.until(lambda: "answer 19" in shown(chat) or "x" in shown(chat), "the end")
        conversation = chat.app.chat.conversation
        rows = lambda: shown(chat).split("\n")[1:4]  # noqa: E731

        await chat.pilot.press("alt+up")
        await chat.until(lambda: any("answer 19" in row for row in rows()), "the last reply at the top")
        await chat.pilot.press("alt+up")
        await chat.until(lambda: any("question 19" in row for row in rows()), "the last question at the top")
        await chat.pilot.press("alt+pageup")
        await chat.until(lambda: any("make test" in row for row in rows()), "the code block before")
        await chat.pilot.press("alt+pageup")
        await chat.until(lambda: any("print('one')" in row for row in rows()), "the one before that")
        await chat.pilot.press("alt+pagedown")
        await chat.until(lambda: any("make test" in row for row in rows()), "the next one")
        for _ in range(4):
            await chat.pilot.press("alt+down")
        await chat.until(lambda: conversation.following, "the end")

        await chat.pilot.press("ctrl+home")
        await chat.until(lambda: any("question 0" in row for row in rows()), "the beginning")
        await chat.pilot.press("ctrl+end")
        await chat.until(lambda: conversation.following, "the end again")


async def test_long_messages_are_shown_in_full_and_by_their_beginning_again(project: Path) -> None:
    pasted = "\n".join(f"line {number}" for number in range(300))
    async with open_chat(project, resume=hold(project, pasted, "I see.")) as chat:
        await chat.until(lambda: "300 lines in all" in shown(chat), "the beginning")
        await chat.pilot.press("alt+x")
        await chat.until(lambda: "line 14" in shown(chat), "what follows its beginning")
        await chat.pilot.press("alt+x")
        await chat.until(lambda: "300 lines in all" in shown(chat), "the beginning")

        await chat.send(pasted.replace("line", "row"))
        await chat.until(lambda: len(texts(chat)) == 4, "the reply")
        await chat.pilot.press("alt+x")
        await chat.until(lambda: "row 299" in chat.said, "all of what was sent now")


async def test_where_nothing_is_long_that_is_said(talk: Chat) -> None:
    await talk.pilot.press("alt+x")
    await talk.until(lambda: "No message in view is long enough" in talk.said, "that there is none")
