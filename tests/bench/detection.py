"""How long hearing takes: a short message, one of 4 KB, and 100 KB made to be slow to read."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterable
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.table import milliseconds, print_table

if TYPE_CHECKING:
    from learnchat.learning.hearing.analysis import Analyser

RUNS = 20
SHORT = "ok so We moved from npm to pnpm last week, can you update the README?"
PROSE = (
    "The importer reads the file line by line and keeps a cursor in the job table so that it can go on. "
    "I moved the parser into its own module, use the new name there. Can you look at why the second run is slow? "
)
# What of many adversarial repetitions was slowest to read.
HOSTILE = ("we use X ", "? ", '"a" . ', "moved everything over back to ", "token is ")
_LOAD = """
import time
began = time.perf_counter()
from learnchat.learning.hearing.analysis import default_analyser
default_analyser()
print(time.perf_counter() - began)
"""


def _best(text: str) -> float:
    from learnchat.learning.detection import Message
    from learnchat.learning.hearing.analysis import default_analyser

    analyser = default_analyser(plugins=False)
    times = []
    for _ in range(RUNS):
        _forget()
        began = time.perf_counter()
        analyser.analyse(Message(text))
        times.append(time.perf_counter() - began)
    return min(times)


def _forget() -> None:
    """What was read of the last messages."""
    from learnchat.learning.detectors.phrases import fitting
    from learnchat.learning.hearing.evidence import evidence
    from learnchat.learning.hearing.gate import shipped_by_kind, shipped_probabilities
    from learnchat.learning.language.statements import split

    for each in (split, evidence, fitting, shipped_probabilities, shipped_by_kind):
        each.cache_clear()


def _percentiles(corpus: Path) -> list[tuple[str, str]]:
    """Of the messages of a corpus: how long half, 95 % and 99 % of them take. Processor time, best of three.

    Of a word that is met again it is known what it can begin. So messages are measured twice: new to a program that has
    read half of the corpus before (every second message), as they are to a user's, and when all their words were met.
    """
    from learnchat.learning.hearing.analysis import default_analyser
    from learnchat.learning.hearing.evidence import shipped_index

    analyser = default_analyser(plugins=False)
    texts = [json.loads(line)["text"] for line in corpus.read_text(encoding="utf-8").splitlines()]
    texts, half = texts[::2] + texts[1::2], len(texts) // 2
    new, again = [inf] * half, [inf] * len(texts)
    for _ in range(3):
        shipped_index.cache_clear()
        new = [*map(min, new, _times(analyser, texts)[-half:])]
        again = [*map(min, again, _times(analyser, texts))]
    return [
        (
            f"{share:.0%} of {len(times)} real messages {how} within",
            milliseconds(sorted(times)[int(share * len(times))]),
        )
        for how, times in (("new to it", new), ("read again", again))
        for share in (0.5, 0.95, 0.99)
    ]


def _times(analyser: Analyser, texts: Iterable[str]) -> list[float]:
    from learnchat.learning.detection import Message

    times = []
    for text in texts:
        _forget()
        began = time.process_time()
        analyser.analyse(Message(text))
        times.append(time.process_time() - began)
    return times


def _load() -> float:
    command = [sys.executable, "-c", _LOAD]
    return min(float(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(RUNS // 4))


def main() -> None:
    # `python -m tests.bench.detection CORPUS` times its messages too.
    corpora = [Path(argument) for argument in sys.argv[1:] if argument.endswith(".jsonl")]
    rows = [
        *(row for corpus in corpora for row in _percentiles(corpus)),
        ("import and open the detectors", milliseconds(_load())),
        (f"a message of {len(SHORT)} characters", milliseconds(_best(SHORT))),
        ("4 KB of prose", milliseconds(_best((PROSE * 30)[:4096]))),
        *((f"100 KB of {unit!r}", milliseconds(_best((unit * 100_000)[:100_000]))) for unit in HOSTILE),
    ]
    print_table(f"Hearing, best of {RUNS} runs", ("", "time"), rows)


if __name__ == "__main__":
    main()
