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

from learnchat.learning.clock import from_local
from learnchat.learning.transcripts.lines import USER_LIMIT, Line, Lines, Passage
from learnchat.learning.transcripts.session import Utterance

_SESSION = re.compile(r"# aider chat started at (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\s*\Z")
_SAID = "####"
# Commands behind which a sentence stands; all others take files, models and shell commands.
_ASKING = re.compile(r"/(?:ask|code|architect|context)\s+(?=\S)")
# What aider logs as if the user had said it: no input, and answers to its own questions.
_BLANK = "<blank>"
_ANSWER = re.compile(r"\((?:Y|N)\)(?:es|o)/\([YN]\)")


def recognises(head: Sequence[Line]) -> bool:
    """Whether a file that begins like this is such a history.

    The beginning of a long one may be cut off: it is told by what no other Markdown has, lines of both the user's and
    the program's that end in two blanks.
    """
    if any(_SESSION.match(text) for _, text in head):
        return True
    written = [text for _, text in head if text.endswith("  ")]
    return any(text.startswith("#### ") for text in written) and any(text.startswith("> ") for text in written)


def read(lines: Lines) -> Iterator[Utterance]:
    """The messages, in order. The times are those of their sessions: aider notes no others."""
    user, assistant = Passage(USER_LIMIT), Passage(lines.reply_limit, ending=True)
    started: datetime | None = None
    session, first = "", 0
    # A model's own heading of this level looks like the user's line, but for the two blanks at its end. They are
    # demanded where the first such line of the session, which can only be the user's, has them: editors cut them off.
    blanks: bool | None = None

    def ended() -> Iterator[Utterance]:
        """What was gathered: of the two at most one has anything in it."""
        facts = {"line": first, "session": session}
        if text := _said(user.take()):
            yield Utterance("", "user", text, started, facts)
        if text := assistant.take():
            yield Utterance("", "assistant", text, started, facts)

    speaking = ""
    for number, text in lines:
        header = _SESSION.match(text)
        speaker = "" if header or text.startswith("> ") or text.rstrip() == ">" else "assistant"
        if text.rstrip() == _SAID or text.startswith(f"{_SAID} "):
            if blanks is None:
                blanks = text.endswith("  ")
            if text.endswith("  ") or not blanks:
                speaker = "user"
        if speaker != speaking:
            yield from ended()
            speaking, first = speaker, number
        if header:
            started, session, blanks = _moment(header[1]), header[1], None
        elif speaker == "user":
            user.add(text[len(_SAID) + 1 :].rstrip())
        elif speaker == "assistant":
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


def _moment(text: str) -> datetime | None:
    try:
        # Local time, as aider takes it from the machine.
        return from_local(datetime.fromisoformat(text))
    except ValueError:
        return None
