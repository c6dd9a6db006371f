from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from learnchat.learning.transcripts.chat_exports import is_export, read_export
from learnchat.learning.transcripts.imported import Conversation, Fate, Importer, conversations
from learnchat.learning.transcripts.json_array import CHUNK_BYTES, NotAnArray, elements
from learnchat.learning.transcripts.saved import read_saved
from learnchat.learning.transcripts.session import Transcript, Utterance, last_record, list_sessions
from learnchat.learning.transcripts.shelf import delete
from support.clock import FakeClock

PROJECT = Path("/code/shop")


def node(
    id: str, parent: str | None, role: str, *parts: Any, hidden: bool = False, kind: str = "text"
) -> dict[str, Any]:
    content = {"content_type": kind, "parts": list(parts)}
    message = {
        "id": id,
        "author": {"role": role},
        "create_time": 1_700_000_000.5,
        "content": content,
        "recipient": "all",
        "metadata": {"model_slug": "gpt-4o", "is_visually_hidden_from_conversation": hidden},
    }
    return {"id": id, "message": message, "parent": parent, "children": []}


def chatgpt() -> dict[str, Any]:
    """A question, two replies to it, and what followed the first; roots and hidden nodes in between."""
    nodes = [
        {"id": "root", "message": None, "parent": None},
        node("sys", "root", "system", "", hidden=True),
        node("u1", "sys", "user", "how do we deploy?"),
        node("tool", "u1", "tool", "searching"),
        node("a1", "tool", "assistant", "By hand."),
        node("b1", "u1", "assistant", {"asset_pointer": "file"}, "By script.", kind="multimodal_text"),
        node("u2", "a1", "user", "and test?"),
        node("t1", "u2", "assistant", "thinking", kind="thoughts"),
    ]
    return {
        "title": "Deploying",
        "create_time": 1_700_000_000.0,
        "conversation_id": "c-1",
        "current_node": "t1",
        "mapping": {each["id"]: each for each in nodes},
    }


def claude() -> dict[str, Any]:
    return {
        "uuid": "k-1",
        "name": "Testing",
        "created_at": "2026-01-02T03:04:05.000000Z",
        "chat_messages": [
            {
                "uuid": "m1",
                "sender": "human",
                "text": "how do we test?",
                "attachments": [{"file_name": "plan.txt", "extracted_content": "…"}],
                "created_at": "2026-01-02T03:04:05Z",
            },
            {
                "uuid": "m2",
                "sender": "assistant",
                "content": [{"type": "text", "text": "Rarely."}, {"type": "tool_use"}],
            },
            {"uuid": "m3", "sender": "assistant", "text": " "},
        ],
    }


def stream(*conversations: object) -> io.BytesIO:
    return io.BytesIO(json.dumps(list(conversations)).encode())


def only(data: object) -> Conversation:
    [found] = read_export(stream(data))
    return found


def test_chatgpts_tree_is_read_with_its_branches() -> None:
    found = only(chatgpt())

    assert (found.form, found.id, found.title, found.current) == ("chatgpt", "c-1", "Deploying", "u2")
    assert [(each.id, each.role, each.text, each.facts["parent"]) for each in found.messages] == [
        ("u1", "user", "how do we deploy?", ""),
        ("a1", "assistant", "By hand.", "u1"),
        ("b1", "assistant", "By script.", "u1"),
        ("u2", "user", "and test?", "a1"),
    ]
    assert found.messages[1].facts["model"] == "gpt-4o"


def test_claudes_messages_are_read_with_what_was_attached() -> None:
    found = only(claude())

    assert (found.form, found.id, found.title) == ("claude", "k-1", "Testing")
    assert [(each.role, each.text) for each in found.messages] == [
        ("user", "how do we test?"),
        ("assistant", "Rarely."),
    ]
    assert found.messages[0].facts["attached"] == [{"name": "plan.txt", "kind": "file"}]


@pytest.mark.parametrize(
    "damaged",
    [
        {"mapping": {"a": None, "b": {"message": {"author": 7, "content": []}}, "c": "text"}},
        {
            "mapping": {"a": node("a", "b", "user", "x"), "b": {"parent": "a"}},
            "current_node": ["b"],
            "create_time": "x",
        },
        {"mapping": {"a": node("a", "a", "user", 7)}, "create_time": 1e400, "title": 7},
        {"chat_messages": [None, {"sender": ["human"]}, {"sender": "human", "text": 7, "files": [7]}], "uuid": 7},
    ],
)
def test_a_damaged_conversation_is_read_as_far_as_it_goes(damaged: dict[str, Any]) -> None:
    for message in only(damaged).messages:
        assert message.text


def test_what_is_no_export_is_told_by_its_beginning() -> None:
    assert is_export(stream(chatgpt()))
    assert is_export(stream(claude()))
    for text in (b"", b"[]", b"{}", b"[1", b'[{"role": "user"}]', b"# aider", b"\xff\xfe", b"[" * 5000):
        assert not is_export(io.BytesIO(text))


def test_an_array_is_read_in_pieces_of_any_size() -> None:
    data = [{"text": "é" * 1000, "n": number} for number in range(700)]
    text = json.dumps(data, ensure_ascii=False, indent=1).encode()
    assert len(text) > CHUNK_BYTES
    read: list[int] = []

    assert list(elements(io.BytesIO(b"\xef\xbb\xbf " + text), read.append)) == data
    assert sum(read) == len(text) + 4


@pytest.mark.parametrize("text", [b"[1, 2", b'[{"a": 1}, {"b', b"[1 2 }", b"7"])
def test_an_array_that_ends_before_its_end_is_damaged(text: bytes) -> None:
    with pytest.raises(NotAnArray):
        list(elements(io.BytesIO(text)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "sessions"


@pytest.fixture
def importer(folder: Path) -> Importer:
    return Importer(folder, PROJECT, FakeClock())


def test_an_imported_conversation_is_a_session_with_its_title_date_and_branches(
    importer: Importer, folder: Path
) -> None:
    kept = importer.keep(only(chatgpt()))

    [file] = list_sessions(folder)
    saved = read_saved(file)
    assert (kept.fate, kept.session, kept.added) == (Fate.NEW, file.session, 4)
    assert (saved.title, f"{file.started:%Y-%m-%d}") == ("Deploying", "2023-11-14")
    assert [each.text for each in saved.branches.path()] == ["how do we deploy?", "By hand.", "and test?"]
    assert saved.branches.variants("a1") == ["a1", "b1"]
    assert last_record(file.path)["imported"] == "chatgpt"


def test_what_is_imported_twice_is_recognised_and_what_has_grown_is_added_to(importer: Importer, folder: Path) -> None:
    importer.keep(only(claude()))
    assert Importer(folder, PROJECT, FakeClock()).keep(only(claude())).fate is Fate.KNOWN

    longer = claude()
    longer["chat_messages"].append({"uuid": "m4", "sender": "human", "text": "and now?"})
    kept = Importer(folder, PROJECT, FakeClock()).keep(only(longer))

    assert (kept.fate, kept.added) == (Fate.GROWN, 1)
    [file] = list_sessions(folder)
    assert [each.text for each in read_saved(file).branches.path()][-1] == "and now?"


def test_what_was_gone_on_with_here_stays_what_is_seen(importer: Importer, folder: Path) -> None:
    importer.keep(only(claude()))
    [file] = list_sessions(folder)
    Transcript.reopen(file, PROJECT, FakeClock()).append("user", "here", parent="m2")
    longer = claude()
    longer["chat_messages"].append({"uuid": "m4", "sender": "human", "text": "there"})

    importer.keep(only(longer))

    assert [each.text for each in read_saved(file).branches.path()][-1] == "here"


def test_a_deleted_one_is_not_imported_again(importer: Importer, folder: Path) -> None:
    importer.keep(only(claude()))
    [file] = list_sessions(folder)
    delete(file, FakeClock())

    assert Importer(folder, PROJECT, FakeClock()).keep(only(claude())).fate is Fate.DELETED
    assert list_sessions(folder) == []


def test_secrets_are_not_written_down(importer: Importer, folder: Path) -> None:
    data = claude()
    data["chat_messages"][0]["text"] = "the key is AKIAIOSFODNN7EXAMPLQ"
    data["name"] = "AKIAIOSFODNN7EXAMPLQ"
    importer.keep(only(data))

    [file] = list_sessions(folder)
    assert "AKIAIOSFODNN7EXAMPLQ" not in file.path.read_text()


def test_a_run_of_messages_is_a_conversation_for_each_session_and_a_reply_in_pieces_is_one() -> None:
    said = [
        Utterance("", "user", "one", facts={"session": "s1", "line": 1}),
        Utterance("", "assistant", "a", facts={"session": "s1"}),
        Utterance("", "assistant", "b", facts={"session": "s1"}),
        Utterance("", "user", "two", facts={"session": "s2"}),
    ]

    first, second = conversations("aider", said)

    assert [each.text for each in first.messages] == ["one", "a\n\nb"]
    assert (second.id, [each.text for each in second.messages]) == ("s2", ["two"])


def test_the_same_words_said_twice_are_two_messages(importer: Importer, folder: Path) -> None:
    said = [Utterance("", "user", "yes"), Utterance("", "assistant", "ok"), Utterance("", "user", "yes")]
    importer.keep(Conversation("aider", "s1", messages=said))

    [file] = list_sessions(folder)
    assert [each.text for each in read_saved(file).branches.path()] == ["yes", "ok", "yes"]
