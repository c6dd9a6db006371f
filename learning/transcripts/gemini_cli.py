"""Reads Gemini CLI's sessions, `~/.gemini/tmp/<project>/chats/session-*.jsonl` and the older `session-*.json`.

By its source (github.com/google-gemini/gemini-cli, Apache 2.0, read in 2026: chatRecordingService.ts and
chatRecordingTypes.ts in packages/core/src/services). Today one record a line is appended: first what the session is,
then messages, each anew whenever something of it changes, and `$rewindTo` where the user went back to before a message.
`$set` changes what the session is; the history in it is what the model is given, with summaries in the user's place,
and left out.

Until 2025 it was one JSON object with the messages in a list, written anew with an indentation of two. So each message
stands between lines of four blanks and a brace, and the end of a session can be read without its beginning. A file
written in another way is not recognised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from learnchat.learning.transcripts.json_lines import moment, text_of
from learnchat.learning.transcripts.lines import USER_LIMIT, Line, Lines, record_in
from learnchat.learning.transcripts.session import Utterance
from learnchat.learning.transcripts.wrappers import own_words

_TYPES = ("user", "gemini", "info", "error", "warning")
_OPENS = "    {"
_CLOSES = ("    }", "    },")
_TYPE = re.compile(r'      "type": "(?:user|gemini)",?\Z')
_SESSION = re.compile(r'  "sessionId": "([^"]{1,200})",?\Z')
# Lines: a message with the output of many tools. What is longer is left out.
_LONGEST = 200_000
# Behind the user's words: the files that they name.
_FILES = "--- Content from referenced files ---"


def recognises(head: Sequence[Line]) -> bool:
    """Whether a file that has these lines is such a session."""
    return _is_indented(head) or any(_is_record(record_in(text)) for _, text in head if text.startswith('{"'))


def _is_indented(head: Sequence[Line]) -> bool:
    return any(text == _OPENS for _, text in head) and any(_TYPE.match(text) for _, text in head)


def _is_record(record: Mapping[str, Any] | None) -> bool:
    if record is None:
        return False
    is_message = record.get("type") in _TYPES and {"id", "timestamp", "content"} <= record.keys()
    return is_message or "projectHash" in record or isinstance(record.get("$set"), dict)


def read(lines: Lines) -> Iterator[Utterance]:
    """The messages that still hold, in order; none of a sub-agent's session."""
    session, found = "", dict[str, Utterance]()
    for line, record in _records(lines):
        if record.get("kind") == "subagent":
            return
        session = str(record.get("sessionId") or session)
        back_to = record.get("$rewindTo")
        if isinstance(back_to, str):
            _go_back(found, back_to)
        elif (said := _message(record, line, session, lines.reply_limit)) is not None:
            # One without an id is itself alone.
            found[said.id or f"line {line}"] = said
    yield from found.values()


def _records(lines: Lines) -> Iterator[tuple[int, dict[str, Any]]]:
    """The records of either form: a line each, or several, indented."""
    gathered, first = list[str](), 0
    for number, text in lines:
        if text == _OPENS:
            gathered, first = [text], number
        elif gathered and text in _CLOSES:
            if (record := record_in("\n".join([*gathered, _CLOSES[0]]))) is not None:
                yield first, record
            gathered = []
        elif gathered and len(gathered) < _LONGEST:
            gathered.append(text)
        elif head := _SESSION.match(text):
            yield number, {"sessionId": head[1]}
        elif text.startswith('{"'):
            if (record := record_in(text)) is not None:
                yield number, record
            else:
                lines.unreadable += 1


def _go_back(found: dict[str, Utterance], message: str) -> None:
    """Drop a message and all that came after it; all of them where it is not there, for then it was before them."""
    names = list(found)
    for name in names[names.index(message) if message in found else 0 :]:
        del found[name]


def _message(record: Mapping[str, Any], line: int, session: str, reply_limit: int) -> Utterance | None:
    identifier, at = str(record.get("id") or ""), moment(record.get("timestamp"))
    facts = {"line": line, "session": session}
    if record.get("type") == "gemini" and (reply := text_of(_aloud(record.get("content")))[-reply_limit:].strip()):
        return Utterance(identifier, "assistant", reply, at, facts)
    if record.get("type") == "user" and (said := _typed(record)):
        return Utterance(identifier, "user", said, at, facts)
    return None


def _typed(record: Mapping[str, Any]) -> str:
    """What the user typed: what was shown, where something else was sent."""
    text = text_of(record.get("displayContent")) or text_of(record.get("content"))
    return own_words(text[:USER_LIMIT].partition(_FILES)[0])


def _aloud(content: object) -> object:
    """A reply without what the model thought."""
    if not isinstance(content, list):
        return content
    return [each for each in content if not (isinstance(each, dict) and each.get("thought") is True)]
