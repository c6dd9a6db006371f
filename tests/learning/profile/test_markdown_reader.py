from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnchat.learning.kinds import Kind
from learnchat.learning.profile import markdown
from learnchat.learning.profile.documents import Document, entry_document, forgotten_document, read_entry, resolve
from learnchat.learning.profile.entry_reader import EntryReader
from learnchat.learning.profile.insight import Entry
from learnchat.learning.profile.markdown_reader import parse
from learnchat.learning.profile.three_way import rebuilt

AT = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
HEAD = "# Learned insights\n\n"


def document(name: str, **fields: Any) -> Document:
    return {
        "id": name,
        "revision": 1,
        "kind": "fact",
        "statement": "We use pnpm",
        "confirmed": "2026-03-30T10:11:12Z",
    } | fields


def again(documents: list[Document]) -> list[Document]:
    return resolve(rebuilt(parse(markdown.render(resolve(documents), EntryReader())), EntryReader(), AT))


def entries_of(text: str) -> list[Entry]:
    content = parse(text.encode())
    found = [block.entry(None, AT) for block in (*content.blocks, *content.bullets)]
    return [entry for entry in found if entry is not None]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"quote": "pnpm it is"},
        {"quote": "two\nlines  and   blanks"},
        {"tags": ["css", "c++", "a.b_c"], "pinned": True, "replaces": "bbb"},
        {"because": "it is *faster* · and smaller", "expires": "2026-12-31T23:59:59Z"},
        {"because": "tags a, b", "expires": "2026-12-31T01:02:03Z", "revision": 7},
        {"statement": "[x](javascript:1) <!-- bbb 2 fact --> `a` https://x.example #h 1. é 🎈"},
        {"kind": "procedure", "statement": "Release:\nrun tests\n> tag\n- push\ntags a\n1. done"},
        {"kind": "procedure", "statement": "Release:\n\n  indented\nconfirmed 2020-01-01"},
        {"state": "replaced", "tags": ["old"]},
        {"future": {"a": [1, None]}, "note": "--> <b>"},
        {"kind": "prophecy", "statement": "of a later learnchat"},
    ],
)
def test_a_document_is_read_back_to_the_letter(fields: dict[str, Any]) -> None:
    documents: list[Document] = [
        document("aaa", **fields),
        document("ccc", statement="Another"),
        forgotten_document("ddd", 4),
        {"id": "profile", "revision": 1, "profile": "xyz"},
        {"id": "schema", "revision": 1, "schema": 1},
    ]
    if fields.get("kind") in (None, "procedure") and "future" not in fields:
        assert read_entry(documents[0]) is not None
    assert again(documents) == resolve(documents)


@given(
    statement=st.text(min_size=1, max_size=60),
    quote=st.text(max_size=40),
    because=st.text(max_size=40),
    tags=st.lists(st.text(max_size=8), max_size=4),
    kind=st.sampled_from(Kind),
)
def test_any_entry_is_read_back_as_it_was(
    statement: str, quote: str, because: str, tags: list[str], kind: Kind
) -> None:
    raw = document("aaa", statement=statement, quote=quote, because=because, tags=tags, kind=kind.value)
    entry = read_entry(raw)
    if entry is not None and any(map(str.isalnum, entry.statement)):
        clean = entry_document(entry)
        assert again([clean]) == [clean]


def test_a_new_bullet_is_an_insight_of_the_heading_above_it() -> None:
    [one, other, step] = entries_of(
        HEAD
        + "## Preference\n\n- Never commit *generated* files\n* Tabs\n\n## Procedure\n\n- Release:\n  - run tests\n"
    )
    assert (one.kind, one.statement) == (Kind.PREFERENCE, "Never commit *generated* files")
    assert other.statement == "Tabs"
    assert (step.kind, step.statement) == (Kind.PROCEDURE, "Release:\nrun tests")


def test_a_line_that_an_editor_broke_is_one_statement() -> None:
    [entry] = entries_of(HEAD + "## Fact\n\n- We use pnpm\n  and nothing else <!-- aaa 1 fact -->\n")
    assert (entry.id, entry.statement) == ("aaa", "We use pnpm and nothing else")


def test_lines_that_a_merge_mixed_are_told_apart_by_id_and_revision() -> None:
    old = markdown.block(Entry("aaa", 1, Kind.FACT, "old", "said", AT)).splitlines()
    new = markdown.block(Entry("aaa", 2, Kind.FACT, "new", "new", AT, tags=("t",))).splitlines()
    other = markdown.block(Entry("bbb", 1, Kind.FACT, "other", "other", AT)).splitlines()
    mixed = [old[0], new[0], other[0], old[1], new[1], old[2], other[1], new[0], other[1]]
    content = parse("\n".join(mixed).encode())
    assert [(block.id, block.revision, block.text) for block in content.blocks] == [
        ("aaa", 1, "\n".join(old) + "\n"),
        ("aaa", 2, "\n".join(new) + "\n"),
        ("bbb", 1, "\n".join(other) + "\n"),
    ]


def test_the_file_of_an_earlier_learnchat_is_read_as_it_was_meant() -> None:
    known = Entry("aaa", 2, Kind.FACT, "We use pnpm", "pnpm it is", AT, tags=("js",))
    old = "- We use pnpm <!-- aaa 2 fact -->\n  > pnpm it is <!-- aaa -->\n"
    old += "  confirmed 2026-04-01 · tags js <!-- aaa -->\n"
    [block] = parse((HEAD + old).encode()).blocks
    assert block.entry(known, datetime.now(UTC)) == known


def test_what_is_not_changed_by_hand_keeps_what_the_block_does_not_show() -> None:
    known = Entry("aaa", 1, Kind.FACT, "We use pnpm", "two\nlines", AT, tags=("js",), expires=AT)
    text = markdown.block(known).replace("pnpm", "npm").replace("tags js", "tags js, Node")
    changed = parse(text.encode()).blocks[0].entry(known, datetime.now(UTC))
    assert changed == Entry("aaa", 1, Kind.FACT, "We use npm", "two\nlines", AT, tags=("js", "node"), expires=AT)


def test_a_day_that_was_changed_counts_and_one_that_was_not_keeps_its_hour() -> None:
    known = Entry("aaa", 1, Kind.FACT, "We use pnpm", "We use pnpm", AT, expires=AT)
    text = markdown.block(known).replace("best before 2026-04-01", "best before 2026-05-02")
    changed = parse(text.encode()).blocks[0].entry(known, AT)
    assert changed is not None
    assert (changed.confirmed, changed.expires) == (AT, datetime(2026, 5, 2, 23, 59, 59, tzinfo=UTC))


def test_a_file_that_was_cut_off_is_not_whole() -> None:
    data = markdown.render([document("aaa")], EntryReader())
    assert parse(data).whole
    assert not any(parse(data[:length]).whole for length in range(len(data) - 2))


@pytest.mark.parametrize("text", ["<<<<<<< HEAD\n", "- a\n>>>>>>> other\n"])
def test_conflict_marks_are_seen_at_the_start_of_a_line(text: str) -> None:
    assert parse(text.encode()).conflict
    assert not parse(f"x{text}".replace("\n>", " >").encode()).conflict


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail(data: bytes) -> None:
    whole = markdown.render([document("aaa", tags=["js"], quote="said")], EntryReader())
    for text in (data, whole + data, whole[:80] + data + whole[80:]):
        for block in parse(text).blocks:
            block.entry(None, AT)
