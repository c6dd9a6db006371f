"""Reads Gemini CLI's sessions, `~/.gemini/tmp/<project>/chats/session-*.json`.

By its source (packages/core/src/services/chatRecordingService.ts of github.com/google-gemini/gemini-cli, 2025): one
JSON object with the messages in a list, written anew with an indentation of two. So each message stands between lines
of four blanks and a brace, and the end of a session can be read without its beginning. A file written in another way
is not recognised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from learnchat.learning.transcripts.json_lines import moment, text_of
from learnchat.learning.transcripts.lines import USER_LIMIT, Line, Lines, record_in
from learnchat.learning.transcripts.session import Utterance
from learnchat.learning.transcripts.wrappers import own_words

_OPENS = "    {"
_CLOSES = ("    }", "    },")
_TYPE = re.compile(r'      "type": "(?:user|gemini)",?\Z')
_SESSION = re.compile(r'  "sessionId": "([^"]{1,200})",?\Z')
# Lines: a message with the output of many tools. What is longer is left out.
_LONGEST = 200_000


def recognises(head: Sequence[Line]) -> bool:
    """Whether a file that has these lines is such a session."""
    return any(text == _OPENS for _, text in head) and any(_TYPE.match(text) for _, text in head)


def read(lines: Lines) -> Iterator[Utterance]:
    """The messages, in order."""
    session, gathered, first = "", list[str](), 0
    for number, text in lines:
        if text == _OPENS:
            gathered, first = [text], number
        elif gathered and text in _CLOSES:
            gathered.append(text.rstrip(","))
            if found := _message("\n".join(gathered), first, session, lines.reply_limit):
                yield found
            gathered = []
        elif gathered and len(gathered) < _LONGEST:
            gathered.append(text)
        elif head := _SESSION.match(text):
            session = head[1]


def _message(text: str, line: int, session: str, reply_limit: int) -> Utterance | None:
    record = record_in(text)
    if record is None:
        return None
    said, at = text_of(record.get("content")), moment(record.get("timestamp"))
    facts = {"line": line, "session": session}
    identifier = str(record.get("id") or "")
    if record.get("type") == "gemini" and (said := said[-reply_limit:].strip()):
        return Utterance(identifier, "assistant", said, at, facts)
    if record.get("type") == "user" and (said := own_words(said[:USER_LIMIT])):
        return Utterance(identifier, "user", said, at, facts)
    return None
