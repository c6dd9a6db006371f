"""What a journal says is to be forgotten for good, and records without the words of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from learnchat.learning.clock import parse_timestamp
from learnchat.learning.disk.files import Record
from learnchat.learning.memory.acts import NEVER, UNDONE
from learnchat.learning.profile.documents import Document, forgotten_document, is_document, is_forgotten
from learnchat.learning.profile.journal import WRITTEN


@dataclass(slots=True)
class Gone:
    """What is to leave the files of one profile."""

    entries: set[str] = field(default_factory=set)
    """Ids of insights."""
    proposals: set[str] = field(default_factory=set)
    """Ids of proposals."""
    texts: set[str] = field(default_factory=set)
    """Their statements and the words behind them, those left out that something living says too."""

    def __bool__(self) -> bool:
        return bool(self.entries or self.proposals)


def find_gone(records: Iterable[Record], before: datetime) -> Gone:
    """What was forgotten, or refused for good, before a moment and not brought back since.

    An act that was taken back, so that its proposal waits again, forgets nothing.

    Args:
        records: the journal's, oldest first.
        before: the end of the time in which acts can be undone.
    """
    records = [record for record in records if isinstance(record.get("id"), str) or record.get("event") == WRITTEN]
    written = {str(name) for record in records if record["event"] == WRITTEN for name in record.get("events", [])}
    acts = {str(record["id"]): record for record in records if record["event"] != WRITTEN}
    undone = {str(act["undoes"]) for act in acts.values() if act.get("undoes")}
    last = {str(document["id"]): act for act in acts.values() for document in _documents(act, "documents")}
    gone = Gone()
    for entry_id, act in last.items():
        stands = [document for document in _documents(act, "documents") if document["id"] == entry_id]
        # What has not reached the folder is needed as it is, to be written there.
        if all(map(is_forgotten, stands)) and _is_before(act, before) and str(act["id"]) in written:
            if act["event"] == UNDONE and _waits_again(acts.get(str(act.get("undoes"))), entry_id):
                continue
            gone.entries.add(entry_id)
    living: set[str] = set()
    for name, act in acts.items():
        refused = act["event"] == NEVER and name not in undone and _is_before(act, before)
        if refused or _touched(act) & gone.entries:
            gone.proposals.update([str(act["proposal"])] if act.get("proposal") else [])
            if refused or _touched(act) <= gone.entries:
                gone.texts.update(_words(act))
        for document in _documents(act, "documents", "before"):
            (gone.texts if document["id"] in gone.entries else living).update(_words(document))
    gone.texts -= living
    return gone


def _waits_again(act: Record | None, entry_id: str) -> bool:
    """Whether an act that was undone had made an entry of a proposal."""
    return (
        act is not None
        and bool(act.get("proposal"))
        and not any(document["id"] == entry_id for document in _documents(act, "before"))
    )


def _is_before(act: Record, moment: datetime) -> bool:
    try:
        return parse_timestamp(act["at"]) < moment
    except (KeyError, TypeError, ValueError):
        return False


def _documents(act: Record, *names: str) -> Iterator[Document]:
    for name in names:
        documents = act.get(name)
        for document in documents if isinstance(documents, list) else []:
            if isinstance(document, dict) and is_document(document):
                yield document


def _touched(act: Record) -> set[str]:
    return {str(document["id"]) for document in _documents(act, "documents", "before")}


def _words(record: Record) -> set[str]:
    source = record.get("source")
    found = [record.get("statement"), record.get("quote"), source.get("quote") if isinstance(source, dict) else None]
    return {text for text in found if isinstance(text, str) and text.strip()}


def act_without_words(act: Record, gone: Gone) -> Record:
    """A record of the journal, without what it says of what is gone. What it did stays."""
    if act.get("event") == WRITTEN:
        return act
    touched = _touched(act)
    concerned = touched & gone.entries
    kept = dict(act)
    for name in ("documents", "before"):
        if isinstance(act.get(name), list):
            kept[name] = [_without_text(document, gone) for document in act[name]]
    for name in ("marks", "marks_before"):
        marks = act.get(name)
        if isinstance(marks, dict) and concerned & marks.keys():
            # The hash of a sentence can be guessed, and there is no trust in what is gone.
            kept[name] = {entry_id: None if entry_id in gone.entries else mark for entry_id, mark in marks.items()}
    only = (concerned or act.get("proposal") in gone.proposals) and touched <= gone.entries
    if only or _words(act) & gone.texts:
        if act.get("statement"):
            kept["statement"] = ""
        kept.pop("source", None)
    return kept


def _without_text(document: Any, gone: Gone) -> Any:
    if isinstance(document, dict) and document.get("id") in gone.entries and is_document(document):
        return forgotten_document(document["id"], document["revision"])
    return document


def proposal_without_words(record: Record, gone: Gone, waiting: set[str]) -> Record:
    """A record of the inbox, without the words of a proposal that is gone; kind, date and detector stay.

    Args:
        record: the record.
        gone: what is gone.
        waiting: ids of the proposals that wait for a decision: they are left alone, unless they are gone themselves.
    """
    proposal = record.get("proposal")
    if record.get("event") != "made" or not isinstance(proposal, dict):
        return record
    name = str(proposal.get("id"))
    if name not in gone.proposals and (name in waiting or not _words(proposal) & gone.texts):
        return record
    empty = {"statement": "", "source": {"quote": ""}, "tags": [], "slots": {}, "because": ""}
    return {**record, "proposal": {**proposal, **{field: empty[field] for field in empty if field in proposal}}}


def mark_without_hash(record: Record, gone: Gone) -> Record:
    """A record of trust, without the hash of what is gone."""
    return {**record, "mark": None} if record.get("id") in gone.entries and record.get("mark") else record


def lines_without(lines: Sequence[bytes], words: Iterable[bytes]) -> list[bytes]:
    """Lines without those that have any of some words in them."""
    unwanted = tuple(words)
    return [line for line in lines if not any(word in line for word in unwanted)]
