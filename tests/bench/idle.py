"""What learnchat takes of the processor while nobody does anything, beside a bare Textual program, at the same time."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.bench.program import LEARNCHAT, Program
from tests.bench.table import milliseconds, print_table

# Until all that follows an opening is done: the engine, the SDK, old sessions read to their end.
SETTLED_SECONDS = 8.0
SECONDS = 30.0


def _rest(programs: Sequence[Program], seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for program in programs:
            program.rest(0.1)


def main() -> None:
    floor = [sys.executable, str(Path(__file__).with_name("floor.py"))]
    cases = {
        "a bare Textual program": (floor, {}),
        "learnchat, no model": ([LEARNCHAT, "--model", "offline"], {}),
        "learnchat, OpenAI's SDK loaded": ([LEARNCHAT, "--model", "openai/bench"], {"OPENAI_API_KEY": "bench"}),
    }
    with tempfile.TemporaryDirectory() as folder, ExitStack() as opened:
        programs = []
        for number, (command, variables) in enumerate(cases.values()):
            home = Path(folder) / str(number)
            home.mkdir()
            program = Program(command, home, {"OLLAMA_HOST": "http://127.0.0.1:9", **variables})
            programs.append(opened.enter_context(program))
        _rest(programs, SETTLED_SECONDS)
        before = [program.processor_seconds for program in programs]
        _rest(programs, SECONDS)
        took = [program.processor_seconds - start for program, start in zip(programs, before, strict=True)]
    print_table(
        f"Processor time of {SECONDS:.0f} s in which nobody does anything",
        ("what", "processor", "ratio"),
        [
            (name, milliseconds(seconds), f"{seconds / took[0]:.2f}" if took[0] else "")
            for name, seconds in zip(cases, took, strict=True)
        ],
    )


if __name__ == "__main__":
    main()
