"""What an exchange takes after many others: until the request arrives, until the reply stands there, of the processor.

The real program on a terminal, and a service on loopback that replies at once.
"""

from __future__ import annotations

import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.keystrokes import type_letters
from tests.bench.program import LEARNCHAT, Program
from tests.bench.shapes import mixed, tokens_of
from tests.bench.table import milliseconds, print_table

if TYPE_CHECKING:
    from support.model_server import ModelServer

AFTER = (10, 200, 1_000)
REPLY_TOKENS = 200
# Between a reply and the next message: whoever sends faster is no person.
PAUSE_SECONDS = 0.15
LETTERS = 60
# The most that an exchange may take, compared with the first ten.
BOUND = 1.3


@dataclass(frozen=True)
class Taken:
    """What one exchange took, in seconds."""

    asked: float
    """From Enter until the request began to arrive."""
    seen: float
    """From Enter until the end of the reply was sent to the terminal."""
    processor: float


def _exchange(chat: Program, server: ModelServer, number: int) -> Taken:
    from support.model_server import Reply

    # Anew in each, so that it can be told when it stands there.
    end = f"Q{number:05}Z"
    server.will(Reply(pieces=(*tokens_of(mixed(REPLY_TOKENS)), "\n\n", end)))
    server.received.clear()
    chat.send("hello")
    chat.rest(PAUSE_SECONDS)
    processor, began = chat.processor_seconds, time.perf_counter()
    chat.send("\r")
    seen = chat.wait_for(end)
    asked = server.chats[0].at - began
    chat.rest(PAUSE_SECONDS)
    return Taken(asked, seen, chat.processor_seconds - processor)


def _row(chat: Program, taken: Sequence[Taken], first_memory: int) -> tuple[str, ...]:
    first, last = taken[:10], taken[-10:]

    def median(of: Sequence[Taken], name: str) -> float:
        return statistics.median(getattr(each, name) for each in of)

    chat.rest(2)
    echoes = type_letters(chat, LETTERS)
    chat.send("\x15")
    chat.rest(0.2)
    return (
        f"{len(taken):,}",
        milliseconds(median(last, "asked")),
        milliseconds(median(last, "seen")),
        f"{median(last, 'seen') / median(first, 'seen'):.2f}",
        milliseconds(median(last, "processor")),
        f"{median(last, 'processor') / (median(first, 'processor') or 1):.2f}",
        milliseconds(statistics.quantiles(echoes, n=20)[-1]),
        f"{(chat.memory - first_memory) / 1e6:.0f} MB",
    )


def main() -> None:
    sys.path.insert(0, str(Path(__file__).parent.parent))
    from support.model_server import ModelServer

    for model, after in (("openai/bench", AFTER), ("anthropic/bench", AFTER[:2])):
        with tempfile.TemporaryDirectory() as folder, ModelServer() as server:
            variables = {
                "OPENAI_API_KEY": "bench",
                "OPENAI_BASE_URL": server.url + "/v1",
                "ANTHROPIC_API_KEY": "bench",
                "ANTHROPIC_BASE_URL": server.url,
                "OLLAMA_HOST": "http://127.0.0.1:9",
            }
            with Program([LEARNCHAT, "--model", model], Path(folder), variables) as chat:
                chat.wait_for("/help")
                # The SDK is loaded meanwhile.
                chat.rest(4)
                # The first one imports what no other does.
                _exchange(chat, server, 0)
                memory, taken, rows = chat.memory, [], []
                for number in itertools.count(1):
                    taken.append(_exchange(chat, server, number))
                    if number in after:
                        rows.append(_row(chat, taken, memory))
                    if number == after[-1]:
                        break
        print_table(
            f"An exchange of {REPLY_TOKENS} tokens at once, {model}; the bound of both ratios is {BOUND}",
            ("after", "until asked", "until seen", "ratio", "processor", "ratio", "echo p95", "memory since the first"),
            rows,
        )


if __name__ == "__main__":
    main()
