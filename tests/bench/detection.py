"""How long hearing takes: a short message, one of 4 KB, and 100 KB made to be slow to read."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.table import milliseconds, print_table

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

    The first time is slower: what a word can begin has to be looked up once, and patterns are compiled.
    """
    from learnchat.learning.detection import Message
    from learnchat.learning.hearing.analysis import default_analyser

    analyser = default_analyser(plugins=False)
    texts = [json.loads(line)["text"] for line in corpus.read_text(encoding="utf-8").splitlines()]
    best = [float("inf")] * len(texts)
    first: list[float] = []
    for _ in range(3):
        for number, text in enumerate(texts):
            _forget()
            began = time.process_time()
            analyser.analyse(Message(text))
            best[number] = min(best[number], time.process_time() - began)
        first = first or sorted(best)
    times = sorted(best)
    return [
        *(
            (f"{share:.0%} of {len(texts)} real messages within", milliseconds(times[int(share * len(times))]))
            for share in (0.5, 0.95, 0.99)
        ),
        ("99% when they are read for the first time", milliseconds(first[int(0.99 * len(first))])),
    ]


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
