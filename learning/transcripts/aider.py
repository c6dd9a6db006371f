"""Reads aider's `.aider.chat.history.md`.

As aider writes it (github.com/Aider-AI/aider, aider/io.py: `user_input`, `append_chat_history`; read back by
`split_chat_history_markdown` in aider/utils.py): a session begins with `# aider chat started at 2025-01-31 12:00:00`;
each line of the user's begins with `#### ` and ends in two blanks; what the program says begins with `> `; all else
is the model's. An empty message is `<blank>`, and slash commands stand there as they were typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from learnchat.learning.transcripts.lines import ASSISTANT_LIMIT, USER_LIMIT, Line, Lines, Passage
from learnchat.learning.transcripts.session import Role, Utterance

_SESSION = re.compile(r"# aider chat started at (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\s*\Z")
_SAID = "####"
# Commands behind which a sentence stands; all others take files, models and shell commands.
_ASKING = re.compile(r"/(?:ask|code|architect|context)\s+(?=\S)")
# What aider logs as if the user had said it: no input, and answers to its own questions.
_BLANK = "<blank>"
_ANSWER = re.compile(r"\((?:Y|N)\)(?:es|o)/\([YN]\)")


def recognises(head: Sequence[Line]) -> bool:
    """Whether a file that begins like this is such a history. The beginning of a long one may be cut off."""
    return any(_SESSION.match(text) or (text.startswith("#### ") and text.endswith("  ")) for _, text in head)


def read(lines: Lines) -> Iterator[Utterance]:
    """The messages, in order. The times are those of their sessions: aider notes no others."""
    user, assistant = Passage(USER_LIMIT), Passage(ASSISTANT_LIMIT, ending=True)
    started: datetime | None = None
    session, first = "", 0
    # A model's own heading of this level looks like the user's line, but for the two blanks at its end. They are
    # demanded where the first such line of the session, which can only be the user's, has them: editors cut them off.
    blanks: bool | None = None

    def ended() -> Iterator[Utterance]:
        if text := _said(user.take()):
            yield _utterance("user", text, started, first, session)
        if text := assistant.take():
            yield _utterance("assistant", text, started, first, session)

    for number, text in lines:
        if header := _SESSION.match(text):
            yield from ended()
            started, session, blanks, first = _moment(header[1]), header[1], None, 0
        elif text.rstrip() == _SAID or text.startswith(f"{_SAID} "):
            if blanks is None:
                blanks = text.endswith("  ")
            if blanks and not text.endswith("  "):
                assistant.add(text)
                continue
            if reply := assistant.take():
                yield _utterance("assistant", reply, started, number, session)
            first = first or number
            user.add(text[len(_SAID) + 1 :].rstrip())
        elif text.startswith("> ") or text.rstrip() == ">":
            yield from ended()
            first = 0
        else:
            if said := _said(user.take()):
                yield _utterance("user", said, started, first, session)
            first = 0
            assistant.add(text)
    yield from ended()


def _said(text: str) -> str:
    """What of a message are words to the model."""
    if text == _BLANK or _ANSWER.search(text):
        return ""
    asking = _ASKING.match(text)
    if asking:
        return text[asking.end() :]
    return "" if text.startswith(("/", "!")) else text


def _utterance(role: Role, text: str, at: datetime | None, line: int, session: str) -> Utterance:
    return Utterance("", role, text, at, {"line": line, "session": session})


def _moment(text: str) -> datetime | None:
    try:
        # Local time, as aider takes it from the machine.
        return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError, OSError):
        return None
