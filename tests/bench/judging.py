"""What a judge takes: tokens a reading, and of the typing while one runs.

`python -m tests.bench.judging [CORPUS]`: with labelled messages, also the tokens of requests and of recorded answers.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from tests.bench.keystrokes import LETTERS, type_letters
from tests.bench.program import LEARNCHAT, Program
from tests.bench.table import milliseconds, print_table

# A judge that takes ten seconds for its answer: as long as the letters are typed.
PIECES, GAP_SECONDS = 1000, 0.01
REPLY_CHARACTERS = 1000


def tokens(corpus: Path) -> None:
    """The size of the requests, estimated as everywhere (UTF-8 bytes / 3)."""
    from learnchat.learning.judging.reading import Exchange, deep_reading, single_reading
    from learnchat.learning.judging.request import question_about
    from learnchat.learning.transcripts.session import Utterance

    groups: dict[str, list[Exchange]] = defaultdict(list)
    for number, line in enumerate(corpus.read_text(encoding="utf-8").splitlines()):
        record = json.loads(line)
        reply = "the assistant explains what it did. " * (REPLY_CHARACTERS // 36)
        groups[record["group"]].append(Exchange(Utterance(f"u{number}", "user", record["text"]), reply, f"a{number}"))

    def size(reading: object) -> int:
        question = question_about(reading)  # type: ignore[arg-type]
        return len((question.instructions + question.data).encode()) // 3

    single = [size(single_reading(each)) for said in groups.values() for each in said]
    deep = [size(deep_reading(said[at : at + 5])) for said in groups.values() for at in range(0, len(said), 5)]
    print_table(
        f"Tokens of a request, estimated; replies of {REPLY_CHARACTERS:,} characters",
        ("reading", "mean", "median", "most"),
        [
            (name, f"{statistics.mean(sizes):,.0f}", f"{statistics.median(sizes):,.0f}", f"{max(sizes):,}")
            for name, sizes in (("of one exchange", single), ("deep, of five", deep))
        ],
    )


def answers() -> None:
    """The size of the recorded answers, estimated likewise."""
    from support.judging import recorded_sizes

    print_table(
        "Tokens of a recorded answer, estimated",
        ("events in it", "answers", "mean", "most"),
        [
            (str(events), str(len(sizes)), f"{statistics.mean(sizes):,.0f}", f"{max(sizes):,.0f}")
            for events in (0, 1, 2, 5)
            if (sizes := recorded_sizes(events))
        ],
    )


def echo() -> None:
    """From a key to its echo, with a judge that answers slowly and without one."""
    from support.model_server import ModelServer, Reply

    rows = []
    answer = Reply(pieces=("x",) * PIECES, gap=GAP_SECONDS)
    for name, models in (("without a judge", ()), ("while a judge answers", ("qwen2.5:3b",))):
        with (
            tempfile.TemporaryDirectory() as folder,
            ModelServer(answer, ollama_models=models) as server,
            Program([LEARNCHAT, "--model", "offline"], Path(folder), {"OLLAMA_HOST": server.url}) as chat,
        ):
            chat.wait_for("/help")
            chat.rest(3)
            chat.send("in here it is pnpm that runs the workspaces, mind you\r")
            chat.wait_for("Nothing is remembered")
            chat.rest(2.5)
            rows.append((name, type_letters(chat, LETTERS), len(server.chats)))
    print_table(
        f"From a key to its echo, {LETTERS} letters",
        ("when", "median", "p95", "slowest", "asked"),
        [
            (
                name,
                milliseconds(statistics.median(times)),
                milliseconds(sorted(times)[int(len(times) * 0.95)]),
                milliseconds(max(times)),
                str(asked),
            )
            for name, times, asked in rows
        ],
    )


def main() -> None:
    sys.path.insert(0, str(Path(__file__).parent.parent))
    for corpus in sys.argv[1:]:
        if Path(corpus).is_file():
            tokens(Path(corpus))
            answers()
    echo()


if __name__ == "__main__":
    main()
