"""How often small talk is asked about, where nothing should be: `python -m tests.bench.smalltalk locomo10.json`.

The file is the LoCoMo benchmark (Snap Research, CC BY-NC 4.0), which is not part of the repository.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from learnchat.learning.detection import Message
from learnchat.learning.hearing.analysis import default_analyser
from tests.bench.table import print_table


def turns(path: Path) -> Iterator[str]:
    """What people say to each other in all conversations of the file."""
    for sample in json.loads(path.read_text(encoding="utf-8")):
        for name, session in sample["conversation"].items():
            if name.startswith("session_") and isinstance(session, list):
                yield from (turn["text"] for turn in session)


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("python -m tests.bench.smalltalk FILE: the path of locomo10.json")
    analyser = default_analyser(plugins=False)
    said = list(turns(Path(sys.argv[1])))
    asks = sum(analyser.analyse(Message(text)).prompt for text in said)
    print_table(
        "Asks on small talk (bound: 0.5 in 100 turns)",
        ("conversations", "turns", "asks", "in 100 turns"),
        [("LoCoMo", f"{len(said):,}", str(asks), f"{100 * asks / len(said):.2f}")],
    )


if __name__ == "__main__":
    main()
