"""What replies when no model is set up: a search of what the user confirmed, which says that it is no more."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass

from learnchat.app.models.model import Done, Event, Request, TextPiece
from learnchat.app.models.providers import OFFLINE
from learnchat.learning.profile.insight import Insight
from learnchat.learning.recall.found import FoundInsight
from learnchat.learning.text import one_line

# A list longer than a screen is for `/insights`.
LISTED = 20
# Characters of a piece: about a word and a half, so that what draws a stream is used as a model would use it.
_PIECE = 8

_ASKS_FOR_ALL = re.compile(
    r"\b(?:what|everything|all)\b[^?]{0,20}\b(?:do |did |have )?you\b[^?]{0,20}\b(?:know|remember|learn(?:ed|t)?)\b"
    r"(?:[^?]{0,20}\b(?:this|my|our|the) (?:project|repo|repository|code ?base)| so far| about (?:us|me))?\W*\Z",
    re.IGNORECASE,
)
# Everything that can begin or be Markdown, links without brackets too; other punctuation would only make the copy
# of a reply harder to read.
_MARKDOWN = re.compile(r"([\\`*_\[\]<>&|~#!@:/.()+=-])")
_LINE_START = "-+="  # these mean something only where a line begins


def literal(text: str) -> str:
    """Markdown that shows this text as it is: on one line, no emphasis, no link, no HTML, no control characters."""
    text = one_line(text)
    return _MARKDOWN.sub(lambda found: _escaped(found, text), text)


def _escaped(found: re.Match[str], text: str) -> str:
    mark, at = found[1], found.start()
    if mark in _LINE_START and at > 0:
        return mark
    # Between a word and a space these are punctuation, and end most sentences.
    if mark in ".:)" and text[at + 1 : at + 2] in ("", " ") and not text[:at].isdigit():
        return mark
    return f"\\{mark}"


@dataclass(frozen=True, slots=True)
class Ways:
    """What to type, in the place where the reply is read."""

    remember: str
    insights: str
    """The command that lists them."""
    model: str
    """A sentence on how a model is set up."""


EXPLANATION = "No language model is set up: this is a search of what you confirmed."
# One line, under the first reply: the chat itself says at its opening, and `/model` at any time, how one is set up.
IN_THE_CHAT = Ways("`/remember` and a sentence", "`/insights`", "`/model` shows the way.")
IN_A_SHELL = Ways(
    '`learnchat remember "…"`',
    "`learnchat insights`",
    "`--model provider/model` asks one; `learnchat models` lists them.",
)


class OfflineModel:
    """The model of a fresh installation. Needs neither key nor network, and never pretends to be a language model.

    Args:
        find: the insights for a question, the likeliest first, and all of them for the empty question. It is called
            in a thread.
        count: how many insights there are; called in a thread.
        ways: how what the reply names is typed.
    """

    def __init__(
        self, *, find: Callable[[str], Sequence[FoundInsight]], count: Callable[[], int], ways: Ways = IN_THE_CHAT
    ) -> None:
        self.name = OFFLINE
        self._find = find
        self._count = count
        self._ways = ways
        self._explained = False

    def warm(self) -> None:
        """Nothing to load."""

    async def stream(self, request: Request) -> AsyncGenerator[Event, None]:
        question = next((turn.text for turn in reversed(request.turns) if turn.role == "user"), "")
        reply = await asyncio.to_thread(self._reply, question)
        for start in range(0, len(reply), _PIECE):
            yield TextPiece(reply[start : start + _PIECE])
            # Lets a key press or the drawing go first.
            await asyncio.sleep(0)
        yield Done()

    def _reply(self, question: str) -> str:
        total, looked_for, ways = self._count(), searched(question), self._ways
        found = self._find(looked_for) if total else ()
        if not total:
            answer = (
                "Nothing is remembered yet. Say what you decide, as in “we're switching from npm to pnpm”, and "
                f"learnchat asks whether to remember it; or type {ways.remember}."
            )
        elif not found:
            answer = f"Nothing that you confirmed bears on this ({_counted(total)}; {ways.insights} lists them)."
        elif not looked_for:
            more = f"\n\nAnd {len(found) - LISTED} more: {ways.insights} lists them." if len(found) > LISTED else ""
            answer = _listed("All that you confirmed:", found[:LISTED]) + more
        elif bearing := [each for each in found if each.bears]:
            answer = _listed("What you confirmed about this:", bearing)
        else:
            # A model would not be given these; who reads them sees at once what is meant.
            answer = _listed("Nothing that you confirmed surely bears on this. Perhaps:", found)
        explained, self._explained = self._explained, True
        return answer if explained else f"{answer}\n\n*{EXPLANATION} {ways.model}*"


def searched(question: str) -> str:
    """What is searched for; empty where all is asked for."""
    return "" if _ASKS_FOR_ALL.search(one_line(question)) else question


def _counted(total: int) -> str:
    return "1 insight" if total == 1 else f"{total} insights"


def _listed(title: str, found: Sequence[FoundInsight]) -> str:
    return f"{title}\n\n" + "\n".join(_line(each.insight) for each in found)


def _line(insight: Insight) -> str:
    confirmed = insight.entry.confirmed.strftime("%Y-%m-%d")
    return f"- {literal(insight.statement)} *({insight.kind.label}, {confirmed}, {literal(insight.id)})*"
