"""A reply that comes is written down every few seconds: whatever ends the program, what came until then is kept.

The event loop only looks at the clock. What is written is put together in the engine's thread, before the reply itself
is recorded there.
"""

from __future__ import annotations

import asyncio
import contextlib
import string
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from learnchat.app.engine import RETRY_SECONDS, Engine
from learnchat.app.recording import facts_to_keep, record_reply
from learnchat.learning.errors import LearnchatError
from learnchat.learning.transcripts.unfinished import UnfinishedReply

if TYPE_CHECKING:
    from learnchat.app.coming import Coming
    from learnchat.app.models.model import Usage
    from learnchat.app.parts import Parts
    from learnchat.learning.transcripts.session import Transcript, Utterance

# As much as a killed program loses of a reply, and most replies of a quick model are whole by then.
PAUSE_SECONDS = 2.0
# A long reply is looked through for secrets each time: as a part of the time, no more than this.
LARGEST_SHARE = 0.02
# Characters of a word that is still coming: half a secret is not seen to be one. Whatever is longer is no word.
LONGEST_WORD = 200
# What secrets are made of; scripts without blanks are written as far as they came.
_WORD = string.ascii_letters + string.digits + string.punctuation


class Safekeeping:
    """Keeps what comes of one reply, and records the reply when it has come.

    Args:
        engine: in its thread all is written.
        transcript: of the session; None where nothing can be recorded.
        came: what has come.
        id: the reply's.
        facts: what else is kept of it, as in `record_reply`.
        before: what it goes on from.
    """

    def __init__(
        self,
        engine: Engine,
        transcript: Transcript | None,
        came: Coming,
        id: str,
        facts: Mapping[str, Any],
        before: str = "",
    ) -> None:
        self._engine = engine
        self._transcript = transcript
        self._came = came
        self._facts = dict(facts)
        self._before = before
        self._file = UnfinishedReply(transcript.path, id) if transcript is not None and id else None
        self._pause = PAUSE_SECONDS
        self._timer: asyncio.TimerHandle | None = None
        self._writing: asyncio.Task[None] | None = None
        self._more = False
        self._ended = False

    def look_after(self) -> None:
        """Something came: after a while it is written down, with what comes until then."""
        self._more = True
        if self._file is not None and self._timer is None and self._writing is None:
            self._timer = asyncio.get_running_loop().call_later(self._pause, self._begin)

    def end(self) -> None:
        """Nothing comes any more."""
        self._ended = True
        if self._timer is not None:
            self._timer.cancel()

    async def record(self, question: str, reply: Utterance, usage: Usage | None) -> tuple[str, ...]:
        """Write the reply into the transcript, in place of what was kept of it; returns as `record_reply` does.

        Raises:
            LearnchatError: the user's data can't be used.
            OSError: it could not be written.
        """
        if self._transcript is None:
            return ()
        # Shielded: stopping a reply must not stop what came of it from being recorded.
        return await asyncio.shield(self._engine.call(self._record, self._transcript, question, reply, usage))

    def _begin(self) -> None:
        self._timer, self._more = None, False
        self._writing = asyncio.create_task(self._write())

    async def _write(self) -> None:
        try:
            self._pause = max(PAUSE_SECONDS, await self._engine.call(self._keep) / LARGEST_SHARE)
        except (LearnchatError, OSError):
            self._pause = RETRY_SECONDS
        except RuntimeError:
            # The engine is closed: the program ends.
            self._ended = True
        self._writing = None
        if self._more and not self._ended:
            self.look_after()

    def _keep(self, parts: Parts) -> float:
        """In the engine's thread; returns the seconds that it took."""
        from learnchat.learning.clock import timestamp
        from learnchat.learning.secrets.finding import find_secrets, masked

        text = whole_words(self._before + self._came.text)
        if self._file is None or self._ended or parts.temporary or not text.strip():
            return 0.0
        began = time.perf_counter()
        facts = facts_to_keep({**self._facts, **self._came.thoughts()}, self._came.took())
        self._file.keep(masked(text, find_secrets(text)), timestamp(parts.clock.now()), facts)
        return time.perf_counter() - began

    def _record(
        self, parts: Parts, transcript: Transcript, question: str, reply: Utterance, usage: Usage | None
    ) -> tuple[str, ...]:
        with contextlib.ExitStack() as undone:
            if self._file is not None:
                undone.callback(self._file.leave)
            used = record_reply(parts, transcript, question, reply.text, reply.id, reply.facts, usage)
            if self._file is not None:
                self._file.remove()
        return used


def whole_words(text: str) -> str:
    """A text that is still coming, without the word at its end."""
    whole = text.rstrip(_WORD)
    return whole if len(text) - len(whole) <= LONGEST_WORD else text
