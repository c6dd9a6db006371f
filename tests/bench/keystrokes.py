"""How soon a typed letter is echoed: at rest, while the model's SDK is being loaded, and while a reply streams."""

from __future__ import annotations

import itertools
import statistics
import sys
import tempfile
from pathlib import Path

from tests.bench.program import LEARNCHAT, Program
from tests.bench.table import milliseconds, print_table

LETTERS = 120
# About as fast as a fast typist: 14 letters a second.
GAP_SECONDS = 0.07
PIECES = 3000
PIECE_GAP_SECONDS = 0.01


def type_letters(chat: Program, count: int) -> list[float]:
    """Type letters; the seconds until each is echoed at its place."""
    letters = itertools.cycle("abcdefghijklmnopqrstuvwxyz0123456789")
    typed, times = "", []
    for _ in range(count):
        typed += next(letters)
        chat.send(typed[-1])
        # By the last eight letters: the prompt's row is sent anew with each, up to the cursor.
        times.append(chat.wait_for(typed[-8:]))
        chat.rest(GAP_SECONDS)
        if len(typed) >= 60:
            chat.send("\x15")  # ctrl+u: to the start of the line
            chat.rest(0.1)
            typed = ""
    return times


def main() -> None:
    sys.path.insert(0, str(Path(__file__).parent.parent))
    from support.model_server import ModelServer, Reply

    rows = []
    words = ["The", "answer", "is", "**long**", "and", "has", "`code`", "in", "it,", ""]
    pieces = tuple(f"{words[number % len(words)]} " + ("\n\n" if number % 60 == 59 else "") for number in range(PIECES))
    for model in ("offline", "openai/bench", "anthropic/bench"):
        with (
            tempfile.TemporaryDirectory() as folder,
            ModelServer(Reply(pieces=pieces, gap=PIECE_GAP_SECONDS)) as server,
        ):
            environment = {
                "OPENAI_API_KEY": "bench",
                "OPENAI_BASE_URL": server.url + "/v1",
                "ANTHROPIC_API_KEY": "bench",
                "ANTHROPIC_BASE_URL": server.url,
                "OLLAMA_HOST": "http://127.0.0.1:9",
            }
            with Program([LEARNCHAT, "--model", model], Path(folder), environment) as chat:
                chat.wait_for("/help")
                rows.append((f"{model}, from the first paint on", type_letters(chat, LETTERS)))
                if model != "offline":
                    chat.send("\x15")
                    chat.send("go\r")
                    chat.wait_for("answer")
                    rows.append((f"{model}, while a reply streams", type_letters(chat, LETTERS)))
    print_table(
        f"From a key to its echo, {LETTERS} letters, {1 / GAP_SECONDS:.0f} a second; "
        f"replies of {1 / PIECE_GAP_SECONDS:.0f} pieces a second",
        ("when", "median", "p95", "slowest"),
        [
            (
                name,
                milliseconds(statistics.median(times)),
                milliseconds(statistics.quantiles(times, n=20)[-1]),
                milliseconds(max(times)),
            )
            for name, times in rows
        ],
    )


if __name__ == "__main__":
    main()
