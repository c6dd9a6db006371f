"""Reading what a model answered: JSON if all went well, and something like it if not.

Small models put fences and sentences around it, break off in the middle, write single quotes, or give a list where an
object was asked for. What can be understood is taken, the rest left out; an answer in which no list of events can be
found at all is unreadable, and another judge is asked.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from learnchat.learning.judging.events import KEYWORD_LIMIT, MOST_EVENTS, NAME_LIMIT, TAG_LIMIT, Claim, Draft, EventType
from learnchat.learning.text import one_line

# A whole answer is some 6,000 characters. What is far longer runs in circles.
ANSWER_LIMIT = 60_000
# Raw text is bounded before it is cleaned; the limits for people are the evidence check's.
_TEXT_LIMIT = 4_000
_MOST_CLAIMS = 12
# How deep an answer can be nested: an object, a list, an event, its evidence.
_DEPTH_LIMIT = 20

_FENCE = re.compile(r"```[a-zA-Z0-9_-]*\s*\n?(.*?)(?:```|\Z)", re.DOTALL)
_THOUGHT = re.compile(r"<(think|thinking|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_UNTIDY = re.compile(r"[^\w.+#/@ -]+")
_LIST_NAMES = ("events", "insights", "items", "results")
_BEGUN = re.compile(rf'(?:\{{\s*"(?:{"|".join(_LIST_NAMES)})"\s*:\s*)?\[\s*\{{\s*"')
_QUOTE_NAMES = ("quote", "text", "span", "words")

# What models call a type that we have another name for.
_TYPES: dict[str, EventType] = {
    **{each.value: each for each in EventType},
    "corrected": EventType.CORRECTION,
    "preferences": EventType.PREFERENCE,
    "convention": EventType.PREFERENCE,
    "rule": EventType.PREFERENCE,
    "decided": EventType.DECISION,
    "switch": EventType.DECISION,
    "facts": EventType.FACT,
    "debug": EventType.DEBUGGING,
    "bug": EventType.DEBUGGING,
    "bugfix": EventType.DEBUGGING,
    "error": EventType.DEBUGGING,
    "operation": EventType.OPERATIONAL,
    "operations": EventType.OPERATIONAL,
    "ops": EventType.OPERATIONAL,
}


class Unreadable(ValueError):
    """There is no list of events in an answer."""


def read_answer(text: str) -> list[Draft]:
    """The drafts in an answer, at most `MOST_EVENTS`; none where the model picked nothing.

    Raises:
        Unreadable: it is no answer to the question.
    """
    events = _events(_value(text))
    if events is None:
        raise Unreadable("the answer holds no list of events")
    drafts = [draft for each in events if isinstance(each, dict) and (draft := _draft(each)) is not None]
    return drafts[:MOST_EVENTS]


def read_doubt(text: str) -> bool:
    """Whether an answer says that a statement is rather not to be asked about.

    Raises:
        Unreadable: it says neither yes nor no.
    """
    value = _value(text)
    if isinstance(value, dict) and isinstance(value.get("hold"), bool):
        return bool(value["hold"])
    raise Unreadable("the answer says neither yes nor no")


def _value(text: str) -> Any:
    """The JSON value in an answer; None where there is none."""
    text = _THOUGHT.sub("", text[:ANSWER_LIMIT])
    for candidate in _candidates(text):
        found, value = _parsed(candidate)
        if found:
            return value
    return None


def _candidates(text: str) -> Iterator[str]:
    """Where the value may stand: all of it, what is fenced, what is between the outermost brackets, what is left of it
    when it was cut off."""
    yield text
    for fence in _FENCE.finditer(text):
        yield fence[1]
        yield from _bracketed(fence[1])
    yield from _bracketed(text)


def _bracketed(text: str) -> Iterator[str]:
    starts = sorted(at for at in (text.find("{"), text.find("[")) if at >= 0)
    for start in starts:
        end = max(text.rfind("}"), text.rfind("]"))
        if end > start:
            yield text[start : end + 1]
        yield _completed(text[start:])


def _parsed(text: str) -> tuple[bool, Any]:
    """Whether a text is a JSON object or list, or Python's way of writing one, and which."""
    text = text.strip()
    if not text.startswith(("{", "[")) or _depth(text) > _DEPTH_LIMIT:
        return False, None
    for read in (_json, _json_with_commas, ast.literal_eval):
        try:
            value = read(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
            continue
        if isinstance(value, dict | list):
            return True, value
    return False, None


def _json(text: str) -> Any:
    # Not strict: a newline inside of a string is a common slip.
    return json.loads(text, strict=False)


def _json_with_commas(text: str) -> Any:
    return _json(re.sub(r",(\s*[}\]])", r"\1", text))


def _depth(text: str) -> int:
    depth = deepest = 0
    for character in text:
        if character in "{[":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "}]":
            depth -= 1
    return deepest


def _completed(text: str) -> str:
    """A value that was cut off, up to its last whole event, with the brackets that close it."""
    open_at: list[str] = []
    last_whole = -1
    closing = ""
    in_string = escaped = False
    for at, character in enumerate(text):
        if in_string:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"':
                in_string = False
        elif character == '"':
            in_string = True
        elif character in "{[":
            open_at.append("}" if character == "{" else "]")
        elif character in "}]":
            if not open_at or open_at.pop() != character:
                break
            if character == "}" and open_at and open_at[-1] == "]" and len(open_at) <= 2:
                last_whole, closing = at, "".join(reversed(open_at))
    if last_whole >= 0:
        return text[: last_whole + 1] + closing
    # Cut off before its first event was whole: the list was begun, and nothing of it can be used.
    return "[]" if _BEGUN.match(text) else ""


def _events(value: Any) -> list[Any] | None:
    """The list of events in a value; one event alone counts as a list of one."""
    if isinstance(value, list):
        # Numbers or words in a list are no events, but an empty list is an answer.
        return value if not value or any(isinstance(each, dict) for each in value) else None
    if not isinstance(value, dict):
        return None
    for name in _LIST_NAMES:
        inner = value.get(name)
        if isinstance(inner, list):
            return inner
        if isinstance(inner, dict):
            return [inner]
        if inner is None and name in value:
            return []
    return [value] if "content" in value else None


def _draft(event: Mapping[str, Any]) -> Draft | None:
    """The draft in an event; None where a part is missing that nobody can guess."""
    name = event.get("type", event.get("kind"))
    type = _TYPES.get(name.strip().lower()) if isinstance(name, str) else None
    content = _text(event.get("content"))
    claims = tuple(_claims(event.get("evidence", event.get("quote"))))[:_MOST_CLAIMS]
    if type is None or not content or not claims:
        return None
    return Draft(
        type=type,
        content=content,
        why=_text(event.get("why", event.get("reason"))),
        claims=claims,
        tags=_names(event.get("tags"), TAG_LIMIT),
        keywords=_names(event.get("keywords"), KEYWORD_LIMIT),
        supersedes=_text(event.get("supersedes")),
    )


def _text(value: Any) -> str:
    return one_line(value[:_TEXT_LIMIT]) if isinstance(value, str) else ""


def _claims(value: Any) -> Iterator[Claim]:
    """Evidence in whatever form: objects, bare quotes, one or several."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, str) and each.strip():
            yield Claim(each[:_TEXT_LIMIT])
        elif isinstance(each, dict):
            quote = next((each[name] for name in _QUOTE_NAMES if isinstance(each.get(name), str)), "")
            if quote.strip():
                yield Claim(quote[:_TEXT_LIMIT], _number(each.get("message")))


def _number(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, str) and (digits := re.search(r"\d{1,6}", value)):
        return int(digits[0])
    return None


def _names(value: Any, limit: int) -> tuple[str, ...]:
    """Tags or keywords: names in lower case, each once."""
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list):
        return ()
    names: dict[str, None] = {}
    for each in value:
        if isinstance(each, str):
            name = _UNTIDY.sub("-", one_line(each[:200]).lower()).strip("-. #")
            if 1 < len(name) <= NAME_LIMIT:
                names[name] = None
    return tuple(names)[:limit]
