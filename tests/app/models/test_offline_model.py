from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from markdown_it import MarkdownIt

from learnchat.app.models.model import Done, Request, TextPiece, Turn
from learnchat.app.models.offline_model import OfflineModel, literal
from learnchat.learning.kinds import Kind, Scope
from learnchat.learning.profile.insight import Decision, Entry, Insight, Means
from learnchat.learning.proposal import Source
from learnchat.learning.recall.found import FoundInsight

CSS = "We're switching from Bootstrap to Tailwind CSS for the dashboard"


def insight(statement: str, identifier: str = "k3v9") -> Insight:
    moment = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
    entry = Entry(identifier, 1, Kind.SWITCHING, statement, statement, moment)
    return Insight(entry, Decision("d1", moment, Means.TOAST, Source(statement)), Scope.PROJECT)


def model(*insights: Insight) -> OfflineModel:
    def find(question: str) -> Sequence[FoundInsight]:
        words = set(question.lower().strip("?").split())
        bears = 0.5 if len(words) > 1 else 0.3
        found = [one for one in insights if not words or words & set(one.statement.lower().split())]
        return [FoundInsight(one, bears, not words or bears == 0.5) for one in found]

    return OfflineModel(find=find, count=lambda: len(insights))


async def reply(chat: OfflineModel, question: str) -> str:
    events = [event async for event in chat.stream(Request((Turn("user", question),)))]
    assert isinstance(events[-1], Done)
    pieces = [event.text for event in events if isinstance(event, TextPiece)]
    assert len(pieces) > 3
    return "".join(pieces)


async def test_a_question_is_answered_from_what_was_confirmed() -> None:
    answer = await reply(model(insight(CSS), insight("Prices are in cents", "zz11")), "what do we use for CSS?")
    assert CSS in answer
    assert "k3v9" in answer
    assert "Prices" not in answer


async def test_it_says_once_that_no_model_is_set_up_and_where_to_read_how() -> None:
    chat = model(insight(CSS))
    answer = await reply(chat, "something else")
    assert "No language model is set up" in answer
    assert "`/model` shows the way" in answer
    assert "No language model is set up" not in await reply(chat, "something else again")


@pytest.mark.parametrize(
    "question",
    [
        "what do you know",
        "What do you know?",
        "What do you know about this project?",
        "what have you learned so far?",
        "tell me everything you remember",
    ],
)
async def test_asked_what_it_knows_it_lists_all(question: str) -> None:
    answer = await reply(model(insight(CSS), insight("Prices are in cents", "zz11")), question)
    assert CSS in answer
    assert "Prices are in cents" in answer


async def test_asked_what_it_knows_about_a_thing_it_searches() -> None:
    answer = await reply(model(insight(CSS), insight("Prices are in cents", "zz11")), "what do you know about CSS?")
    assert CSS in answer
    assert "Prices" not in answer


async def test_a_long_list_is_cut_and_says_so() -> None:
    answer = await reply(model(*(insight(f"Fact {number}", f"id{number}") for number in range(25))), "what do you know")
    assert "And 5 more" in answer


async def test_where_nothing_bears_on_it_it_says_so() -> None:
    answer = await reply(model(insight(CSS)), "and deployment?")
    assert "Nothing that you confirmed bears on this (1 insight" in answer


async def test_what_may_bear_on_it_is_listed_as_no_more_than_that() -> None:
    answer = await reply(model(insight(CSS), insight("Prices are in cents", "zz11")), "Tailwind?")
    assert answer.startswith(f"Nothing that you confirmed surely bears on this. Perhaps:\n\n- {CSS}")
    assert "Prices" not in answer


async def test_an_empty_profile_says_how_to_fill_it() -> None:
    assert "`/remember`" in await reply(model(), "hello")


@pytest.mark.parametrize(
    "text",
    [
        "**bold** _em_ `code` ~~gone~~ ***",
        "[click](javascript:alert(1)) ![x](http://evil.example/p.png)",
        "<script>alert(1)</script> &lt; <b>x</b> <!-- -->",
        "see https://evil.example/a?b=c&d or www.evil.example or me@evil.example or ftp://x.example",
        "# heading",
        "- item",
        "+ item",
        "=== under",
        "1. one",
        "12) twelve",
        "> quote | table |",
        "ends with a backslash\\",
        "two  \nlines\n\n# not a heading",
        "Use v1.2.3, not ^2.0: it breaks. (See #42.)",
        "a [/etc] path C:\\dir\\*",
        "[ref]: http://evil.example",
        "日本語 עברית 👩‍👩‍👧 :smile:",
    ],
)
def test_foreign_text_shows_literally_in_markdown(text: str) -> None:
    tokens = MarkdownIt("gfm-like").enable(["table", "strikethrough"]).parse(f"- {literal(text)} *(Fact)*")
    assert [token.type for token in tokens if token.nesting == 1] == [
        "bullet_list_open",
        "list_item_open",
        "paragraph_open",
    ]
    (inline,) = [token for token in tokens if token.type == "inline"]
    children = inline.children or []
    assert {child.type for child in children} <= {"text", "em_open", "em_close"}
    shown = "".join(child.content for child in children)
    assert shown == " ".join(text.split()) + " (Fact)"


def test_a_plain_sentence_is_not_touched() -> None:
    assert literal(CSS + ".") == CSS + "."
    assert literal("The API returns cents, not dollars: beware.") == "The API returns cents, not dollars: beware."


def test_escape_sequences_are_taken_out() -> None:
    assert literal("red \x1b[31mtext\u202e") == "red text"
