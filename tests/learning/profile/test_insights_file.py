from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnchat.learning.kinds import Kind
from learnchat.learning.profile.documents import (
    clean_statement,
    clean_tags,
    entry_document,
    forgotten_document,
    read_entry,
    resolve,
    schema_document,
)
from learnchat.learning.profile.insights_file import FIRST_LINE, LAST_LINE, parse, render
from support.memory import git


def document(name: str, revision: int = 1, statement: str = "We use pnpm", **fields: object) -> dict[str, object]:
    return {
        "id": name,
        "revision": revision,
        "kind": "fact",
        "statement": statement,
        "confirmed": "2026-04-01T09:00:00Z",
        **fields,
    }


def test_it_is_valid_json_with_one_document_a_line_sorted_by_id() -> None:
    data = render([document("bbb", statement="Größe 🎈 שלום"), document("aaa")])
    text = data.decode()
    assert [line[:11] for line in text.split("\n")] == [FIRST_LINE[:11], '{"id":"aaa"', '{"id":"bbb"', LAST_LINE, ""]
    assert [d and d["id"] for d in json.loads(text)["documents"]] == ["aaa", "bbb", None]
    assert "Größe 🎈 שלום" in text
    assert b"\r" not in data


def test_an_empty_profile_is_valid_json_too() -> None:
    assert json.loads(render([])) == {"documents": [None]}
    assert parse(render([])).damage == ""


def test_the_order_of_documents_changes_no_byte() -> None:
    documents = [document("aaa"), document("bbb"), document("ccc", 2), document("ccc", 2, "other")]
    assert render(documents) == render(documents[::-1])


@given(
    st.lists(
        st.builds(
            document,
            st.sampled_from(["aaa", "bbb", "ccc"]),
            st.integers(1, 3),
            st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40),
        )
    )
)
def test_whatever_is_rendered_is_read_again_as_it_was(documents: list[dict[str, object]]) -> None:
    data = render(documents)
    content = parse(data)
    assert (content.damage, content.documents) == ("", resolve(documents))
    assert render(content.documents) == data


def test_of_a_twice_present_id_the_higher_revision_wins() -> None:
    assert resolve([document("aaa", 2, "new"), document("aaa", 1, "old")]) == [document("aaa", 2, "new")]
    assert resolve([forgotten_document("aaa", 3), document("aaa", 2)]) == [forgotten_document("aaa", 3)]


def test_of_equal_revisions_that_differ_both_are_kept_and_of_equal_documents_one() -> None:
    one, other = document("aaa", 2, "one"), document("aaa", 2, "other")
    assert resolve([other, one, one]) == [one, other]


@pytest.mark.parametrize(
    ("change", "damage"),
    [
        (lambda data: b"", "is empty"),
        (lambda data: data[: len(data) // 2], "no insight"),
        (lambda data: data.replace(LAST_LINE.encode(), b""), "was cut off"),
        (lambda data: data.replace(b'"aaa"', b'"a\xffa"'), "is not UTF-8"),
        (lambda data: data.replace(b'{"id":"aaa"', b'{"id":"AAA/../x"'), "no insight"),
        (lambda data: data.replace(b'"revision":1', b'"revision":true', 1), "no insight"),
        (lambda data: data.replace(b'"revision":1', b'"revision":99999999999', 1), "no insight"),
        (lambda data: data.replace(b'"revision":1', b'"revision":1,"x":NaN', 1), "no insight"),
        (lambda data: data.replace(b'"revision":1', b'"revision":1,"x":1e999', 1), "no insight"),
        (lambda data: data.replace(b'"revision":1', b'"revision":1,"x":' + b"[" * 60_000, 1), "no insight"),
    ],
)
def test_damage_is_named_and_spoils_no_other_line(change: object, damage: str) -> None:
    data = render([document("aaa"), document("bbb"), document("ccc")])
    assert callable(change)
    content = parse(change(data))
    assert damage in content.damage
    assert {d["id"] for d in content.documents} <= {"aaa", "bbb", "ccc"}
    if len(change(data)) > len(data) * 0.8:
        assert {"bbb", "ccc"} <= {d["id"] for d in content.documents}


def test_every_truncation_is_seen_or_changes_nothing() -> None:
    data = render([document("aaa"), document("bbb")])
    for length in range(len(data)):
        content = parse(data[:length])
        assert content.damage or content.documents == parse(data).documents


def test_a_file_laid_out_anew_by_an_editor_is_read_as_it_is() -> None:
    documents = [document("aaa"), document("bbb")]
    pretty = json.dumps(json.loads(render(documents)), indent=2).replace("\n", "\r\n").encode()
    content = parse(b"\xef\xbb\xbf" + pretty)
    assert (content.damage, content.documents) == ("", documents)


def test_git_conflict_marks_are_recognised() -> None:
    text = render([document("aaa")]).decode().replace(LAST_LINE, f"<<<<<<< HEAD\n=======\n>>>>>>> other\n{LAST_LINE}")
    assert parse(text.encode()).conflict


@pytest.mark.parametrize("earlier", [0, 3])
def test_two_branches_that_each_learned_something_merge_without_a_conflict(tmp_path: Path, earlier: int) -> None:
    base = [document(f"m{n}") for n in range(earlier)]
    file = tmp_path / "insights.json"
    git(tmp_path, "init", "-q")
    (tmp_path / ".gitattributes").write_text("insights.json merge=union\n")
    if base:
        file.write_bytes(render([*base, schema_document()]))
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "base")
    mine, theirs = [document("a1"), document("z1")], [document("a2"), document("z2")]
    git(tmp_path, "switch", "-qc", "theirs")
    file.write_bytes(render([*base, *theirs, schema_document()]))
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "theirs")
    git(tmp_path, "switch", "-q", "main")
    file.write_bytes(render([*base, *mine, schema_document()]))
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "mine")
    subprocess.run(["git", "merge", "-q", "theirs", "-m", "merge"], cwd=tmp_path, check=True, capture_output=True)
    content = parse(file.read_bytes())
    assert (content.damage, content.conflict) == ("", False)
    assert content.documents == resolve([*base, *mine, *theirs, schema_document()])
    json.loads(file.read_bytes())


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "gossip"},
        {"statement": ""},
        {"statement": "\u200b\u202e"},
        {"statement": "x" * 1401},
        {"statement": 5},
        {"confirmed": "yesterday"},
        {"confirmed": None},
        {"tags": "css"},
        {"tags": [1]},
        {"replaces": "../x"},
        {"quote": []},
        {"state": "sleeping"},
    ],
)
def test_a_document_that_is_no_valid_entry_is_none(fields: dict[str, object]) -> None:
    assert read_entry({**document("aaa"), **fields}) is None
    assert read_entry(document("aaa")) is not None


def test_hidden_characters_of_a_foreign_file_never_reach_an_entry() -> None:
    entry = read_entry(document("aaa", statement="use\u202e pnpm\x1b[31m\nnow", quote="a\u200bb", because="x\ny"))
    assert entry is not None
    assert (entry.statement, entry.quote, entry.because) == ("use pnpm now", "ab", "x y")


def test_an_entry_survives_being_written_and_read() -> None:
    full = document(
        "aaa",
        4,
        "first\nsecond",
        kind="procedure",
        quote="said so",
        tags=["css", "c++"],
        because="smaller",
        expires="2027-01-01T00:00:00Z",
        replaces="bbb",
        pinned=True,
        state="replaced",
    )
    entry = read_entry(full)
    assert entry is not None
    assert entry_document(entry) == full
    assert read_entry(entry_document(entry)) == entry


@given(st.text(), st.sampled_from(list(Kind)))
def test_cleaning_a_clean_statement_changes_nothing(text: str, kind: Kind) -> None:
    once = clean_statement(text, kind)
    assert clean_statement(once, kind) == once


@given(st.lists(st.text(max_size=60), max_size=12))
def test_tags_are_few_and_plain_and_cleaning_them_again_changes_nothing(tags: list[str]) -> None:
    once = clean_tags(tags)
    assert clean_tags(once) == once
    assert len(once) <= 8
    assert all(tag == tag.lower() and not set(tag) & set(" <>[]`*@\n") for tag in once)
