"""`python -m tests.bench [NAME…]` prints the tables of figures that the README quotes. Run it on a quiet machine."""

from __future__ import annotations

import argparse
import importlib
import sys

# Each is a module beside this one with a `main()` that prints one table.
BENCHES = (
    "startup",
    "opening",
    "keystrokes",
    "streaming",
    "exchanges",
    "idle",
    "commands",
    "detection",
    "storage",
    "recall",
    "hook",
    "judging",
)
# What a labelled corpus is called; the bench of detection times its messages too.
CORPUS = ".jsonl"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which of them: {', '.join(BENCHES)}; all if none")
    # A corpus is for the bench to read: `detection developer-messages.jsonl`.
    names = [name for name in parser.parse_args().names if not name.endswith(CORPUS)]
    for name in names or BENCHES:
        if name not in BENCHES:
            sys.exit(f"There is no bench “{name}”: {', '.join(BENCHES)}.")
        importlib.import_module(f"tests.bench.{name}").main()


if __name__ == "__main__":
    main()
