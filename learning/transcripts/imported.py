"""Conversations held elsewhere, and how they become sessions here.

A conversation has the same id here whenever it is imported, and so have its messages: what is here already is
recognised, and of one that has grown only what is new is added.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from learnchat.learning.clock import Clock, timestamp
from learnchat.learning.disk.files import Record, append_json_lines
from learnchat.learning.disk.locks import lock
from learnchat.learning.identifiers import ALPHABET, LENGTH, is_identifier
from learnchat.learning.secrets.finding import find_secrets, masked
from learnchat.learning.text import shorten
from learnchat.learning.transcripts.branches import ROOT
from learnchat.learning.transcripts.saved import SavedSession, read_saved
from learnchat.learning.transcripts.session import SessionFile, Utterance, file_name, list_sessions
from learnchat.learning.transcripts.shelf import header, kept_title


@dataclass(slots=True)
class Conversation:
    """One conversation of a history."""

    form: str
    """The name of the history's format."""
    id: str = ""
    """Its own; empty where it has none."""
    title: str = ""
    started: datetime | None = None
    messages: list[Utterance] = field(default_factory=list)
    """With the fact `parent` where it is known; without it each follows the one before."""
    current: str = ""
    """The id of the last message of the branch that was looked at; empty where there is only one."""


class Fate(StrEnum):
    """What became of a conversation."""

    NEW = "imported"
    GROWN = "grown"
    KNOWN = "known"
    DELETED = "deleted"
    """It was imported, and then deleted here."""
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Kept:
    """A conversation, and what became of it."""

    fate: Fate
    session: str = ""
    title: str = ""
    added: int = 0
    """Messages."""


def conversations(form: str, said: Iterable[Utterance]) -> Iterator[Conversation]:
    """The conversations in a history that is one run of messages: each message names its session among its facts.

    What a model said in several pieces is one message.
    """
    by_session: dict[str, Conversation] = {}
    for message in said:
        session = str(message.facts.get("session") or "")
        conversation = by_session.setdefault(session, Conversation(form, session))
        last = conversation.messages[-1] if conversation.messages else None
        kept = {name: value for name, value in message.facts.items() if name not in ("line", "session")}
        if last is not None and last.role == message.role == "assistant" and "parent" not in kept:
            conversation.messages[-1] = replace(last, text=f"{last.text}\n\n{message.text}")
        else:
            conversation.messages.append(replace(message, facts=kept))
    yield from by_session.values()


class Importer:
    """Puts conversations among the sessions of a place.

    Args:
        folder: where the sessions lie.
        project: the project's root, for their headers.
        clock: the time.
    """

    def __init__(self, folder: Path, project: Path, clock: Clock) -> None:
        self._folder = folder
        self._project = project
        self._clock = clock
        self._here = {file.session: file for file in list_sessions(folder)}
        self._deleted = {file.session for file in list_sessions(folder, deleted=True)}

    def keep(self, conversation: Conversation) -> Kept:
        """Write a conversation, or what of it is new. Secrets are written down nowhere.

        Raises:
            OSError: it could not be written.
        """
        messages = [each for each in conversation.messages if each.text.strip()]
        if not messages:
            return Kept(Fate.EMPTY)
        session = _session_id(conversation, messages[0])
        messages = _with_ids(session, messages)
        title = conversation.title or shorten(messages[0].text, 80)
        if session in self._deleted:
            return Kept(Fate.DELETED, session, title)
        if session in self._here:
            return self._add(read_saved(self._here[session]), conversation, messages)
        started = conversation.started or messages[0].at or self._clock.now()
        file = SessionFile(self._folder / file_name(session, started), session, started.astimezone(UTC))
        imported = {"format": conversation.form, "id": conversation.id, "at": timestamp(self._clock.now())}
        records = [header(file, self._project, imported=imported), *map(_record, messages)]
        if conversation.title:
            records.append(self._fact(title=kept_title(conversation.title)))
        if any(each.id == conversation.current for each in messages):
            records.append(self._fact(current=conversation.current))
        self._write(file, [*records, self._fact(imported=conversation.form)])
        self._here[session] = file
        return Kept(Fate.NEW, session, title, len(messages))

    def _add(self, saved: SavedSession, conversation: Conversation, messages: Sequence[Utterance]) -> Kept:
        new = [each for each in messages if each.id not in saved.branches]
        if new:
            records = list(map(_record, new))
            if saved.branches.tip not in {each.id for each in messages}:
                # It was gone on with here: that stays what is seen.
                records.append(self._fact(current=saved.branches.tip))
            else:
                records.append(self._fact(imported=conversation.form))
            self._write(saved.file, records)
        return Kept(Fate.GROWN if new else Fate.KNOWN, saved.id, saved.title, len(new))

    def _fact(self, **facts: str) -> Record:
        return {"at": timestamp(self._clock.now()), **facts}

    def _write(self, file: SessionFile, records: list[Record]) -> None:
        with lock(self._folder.parent / "lock"):
            append_json_lines(file.path, records)


def _session_id(conversation: Conversation, first: Utterance) -> str:
    if conversation.form == "learnchat" and is_identifier(conversation.id):
        return conversation.id
    # With the first words: several projects may have a conversation that began in the same second.
    return _digest(conversation.form, conversation.id, first.text)


def _digest(*parts: str) -> str:
    number = int.from_bytes(hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).digest())
    return "".join(ALPHABET[number >> (5 * place) & 31] for place in range(LENGTH))


def _with_ids(session: str, messages: Sequence[Utterance]) -> list[Utterance]:
    """The messages, each with an id and a parent."""
    named: list[Utterance] = []
    seen: dict[str, int] = {}
    above = ROOT
    for message in messages:
        # The same words may be said twice.
        count = seen[message.text] = seen.get(message.text, 0) + 1
        id = message.id or _digest(session, message.role, message.text, str(count))
        named.append(replace(message, id=id, facts={"parent": above, **message.facts}))
        above = id
    return named


def _record(message: Utterance) -> Record:
    at = {"at": timestamp(message.at)} if message.at is not None else {}
    text = masked(message.text, find_secrets(message.text))
    return {"id": message.id, **at, "role": message.role, "text": text, **message.facts}
