"""Every widget, led through the zoo: nothing of it does harm, and markup stands there as the text that it is."""

from __future__ import annotations

import pytest

from learnchat.learning.text import one_line
from learnchat.widgets.header import Header
from learnchat.widgets.page import Page
from learnchat.widgets.status import StatusLine
from learnchat.widgets.toast import Choice, Question, Toast
from learnchat.widgets.typeset import typeset
from support.hostile import HONEST, ZOO, Hostile, each_hostile, harm

# One widget after the other in one app: starting it for each text would take a minute.
TEXTS = [hostile.text for hostile in ZOO]


def drawn(app) -> str:
    """All that stands on the screen, and all that is scrolled out of it."""
    parts = [*(str(part.content) for part in app.query("Static")), *(page.text for page in app.query(Page))]
    return "\n".join([*app.rows(), *parts])


async def test_messages_notes_and_failed_replies_show_no_harm(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(100, 40)) as pilot:
        for hostile in ZOO:
            await app.conversation.add_user(hostile.text)
            await app.conversation.add_note(hostile.text, title=hostile.text)
            reply = await app.conversation.start_reply(hostile.text)
            reply.chips(hostile.text)
            await reply.fail(hostile.text, hostile.text)
            text = drawn(app)
            assert harm(text) == [], hostile.name
            assert hostile.shown in one_line(text), hostile.name
            await app.conversation.clear()
        await pilot.pause()


async def test_replies_show_no_harm_however_they_are_cut(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(100, 40)) as pilot:
        for hostile in ZOO:
            reply = await app.conversation.start_reply("model")
            for character in hostile.text[:30]:
                await reply.write(character)
            await reply.finish()
            await pilot.pause()
            assert harm(drawn(app)) == [], hostile.name
            await app.conversation.clear()


async def test_a_reply_in_pieces_keeps_what_is_joined(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(100, 40)) as pilot:
        for text in (each.replace("1\ufe0f\u20e3", "") for each in HONEST):
            reply = await app.conversation.start_reply("model")
            for character in text:
                await reply.write(character)
                await reply._flush()
            await reply.finish()
            await pilot.pause()
            assert one_line(text) in one_line(" ".join(app.rows()))
            assert one_line(text) in one_line("\n".join(line.content.plain for line in reply.entry().lines()))
            await app.conversation.clear()


@each_hostile
def test_markdown_shows_no_harm_and_where_links_lead(hostile: Hostile) -> None:
    assert harm(str(typeset(one_line(hostile.text)))) == []


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("[bank.example](https://evil.example)", "bank.example (https://evil.example)"),
        ("[bank.example][1]\n\n[1]: https://evil.example", "bank.example (https://evil.example)"),
        ("[https://bank.example](https://evil.example)", "https://bank.example (https://evil.example)"),
        ("[https://same.example/](https://same.example)", "https://same.example/"),
        ("see https://plain.example now", "see https://plain.example now"),
        ("mail bob@example.org", "mail bob@example.org"),
        ("a&#x202e;b&#8203;c&#xad;d", "abcd"),
        ("**b&#x202e;old** and *i&#x200b;t*", "bold and it"),
        ("`&#x202e;`", "&#x202e;"),
    ],
)
def test_a_link_says_where_it_leads_and_a_character_reference_hides_nothing(markdown: str, shown: str) -> None:
    assert str(typeset(markdown)) == shown


async def test_header_and_status_line_show_no_harm(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(100, 40)) as pilot:
        header, status = app.query_one(Header), app.query_one(StatusLine)
        for hostile in ZOO:
            header.set(project=hostile.text, model=f"x/{hostile.text}", insights=1)
            status.set(left=hostile.text, right=hostile.text)
            await pilot.pause()
            assert harm("\n".join([*app.rows(), str(header.render()), str(status.render())])) == []


async def test_the_toast_shows_no_harm(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(100, 40)) as pilot:
        toast = Toast()
        await app.mount(toast)
        for hostile in ZOO[::3]:
            text = hostile.text
            await toast.ask(
                Question(text, text, text, [Choice("a", text, text)], quote=text, replaces=text, footnote=text), 30
            )
            await pilot.pause()
            assert harm(drawn(app)) == [], hostile.name
            assert harm(str(toast.border_title)) == [], hostile.name
            await toast.flash(text, text)
            await pilot.pause()
            assert harm(drawn(app)) == [], hostile.name
