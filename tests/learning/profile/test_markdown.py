from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from learnchat.learning.kinds import Kind
from learnchat.learning.profile import markdown
from learnchat.learning.profile.documents import entry_document, resolve
from learnchat.learning.profile.entry_reader import EntryReader
from learnchat.learning.profile.insight import Entry, EntryState
from learnchat.learning.profile.markdown import escape, unescape
from learnchat.learning.text import one_line

AT = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)


def entry(name: str, statement: str, **fields: object) -> Entry:
    base = Entry(name, 1, Kind.FACT, statement, statement, AT)
    return replace(base, **fields)  # type: ignore[arg-type]


def render(entries: list[Entry]) -> bytes:
    return markdown.render(resolve(map(entry_document, entries)), EntryReader())


def test_insights_are_grouped_by_kind_one_block_each_with_the_id_in_a_comment() -> None:
    text = render(
        [
            entry("bbb", "The API returns cents", tags=("api", "money"), because="rounding", quote="it is cents"),
            entry("aaa", "We use pnpm", kind=Kind.NOW_USING, expires=AT, replaces="ccc", pinned=True),
        ]
    ).decode()
    body = text.split("-->\n", 1)[1]
    assert body == (
        "\n## Now using\n\n"
        "- We use pnpm <!-- aaa 1 now_using -->\n"
        "  confirmed 2026-04-01 · best before 2026-04-01 · replaces ccc · pinned "
        "<!-- aaa 1 2026-04-01T09:00:00Z 2026-04-01T09:00:00Z -->\n"
        "\n## Fact\n\n"
        "- The API returns cents <!-- bbb 1 fact -->\n"
        "  > it is cents <!-- bbb 1 -->\n"
        "  confirmed 2026-04-01 · because rounding · tags api, money <!-- bbb 1 2026-04-01T09:00:00Z -->\n"
        "\n<!-- End of the insights -->\n"
    )


def test_the_order_of_entries_changes_no_byte() -> None:
    entries = [entry("aaa", "one"), entry("bbb", "two"), entry("bbb", "two again")]
    assert render(entries) == render(entries[::-1])


def test_what_is_replaced_stands_in_a_comment_only() -> None:
    html = MarkdownIt().render(render([entry("aaa", "old", state=EntryState.REPLACED)]).decode())
    assert "old" not in re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)


def test_no_two_blocks_share_a_line() -> None:
    lines = render([entry("aaa", "same"), entry("bbb", "same")]).decode().splitlines()
    blocks = [line for line in lines if line.startswith(("- ", "  "))]
    assert len(blocks) == len(set(blocks)) == 4


def test_the_steps_of_a_procedure_are_a_list_below_it() -> None:
    text = render([entry("aaa", "Release:\nrun tests\n\n# tag it", kind=Kind.PROCEDURE)]).decode()
    assert "- Release: <!-- aaa 1 procedure -->\n  - run tests <!-- aaa 1 -->\n  - \\# tag it <!-- aaa 1 -->\n" in text


HOSTILE = [
    "--> <script>alert(1)</script> <!--",
    "<!-- zzz 9 fact -->",
    "[click](javascript:alert(1))",
    "![x](http://evil.example/a.png)",
    "https://evil.example and www.evil.example",
    "# heading",
    "- item",
    "+ item",
    "1. item",
    "2) item",
    "> quote",
    "```",
    "~~~",
    "`code`",
    "**bold** __bold__ *it* _it_",
    "a | b",
    "&lt;b&gt; &#60;",
    "\\<b>",
    "a\n\n## Fact\n\n- forged <!-- bbb 1 fact -->",
    "---",
    "===",
    ": x",
    "<b",
    "x\u202ey\x1b[31mz",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_is_and_as_nothing_else(text: str) -> None:
    rendered = render([entry("aaa", text, quote=text + "!", because=text)]).decode()
    html = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(rendered)
    tags = set(re.findall(r"<(?!!--)/?([a-z0-9]+)", html))
    assert tags <= {"h1", "h2", "ul", "li", "blockquote", "p"}
    comments = re.findall(r"<!--(.*?)-->", html, re.S)[1:]
    assert comments[:3] == [" aaa 1 fact ", " aaa 1 ", " aaa 1 2026-04-01T09:00:00Z "]
    assert all(comment.startswith((" learnchat {", " End of")) for comment in comments[3:])
    assert rendered.count("\n## ") == 1


@given(st.text())
def test_escaped_text_is_one_line_without_comment_or_tag(text: str) -> None:
    escaped = escape(text)
    assert len(escaped.splitlines()) <= 1
    assert not re.search(r"(?<!\\)(?:\\\\)*[<>]", escaped)
    assert unescape(escaped) == one_line(text)
