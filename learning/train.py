"""Trains the gate: `python -m learnchat.learning.train CORPUS` writes its model file.

Needs the extra `train`. The file holds weights, not sentences: words and evidence seen with three authors or more.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from learnchat.learning.hearing.model_file import SHIPPED

# So many digits that plain Python and scikit-learn agree to a thousandth of a log-odds.
DIGITS = 4


def train(corpus: Path, model: Path) -> dict[str, object]:
    """Fit the gate to a corpus and write it.

    Returns:
        The provenance that is in the file.

    Raises:
        OSError: a file can't be read or written.
        ValueError: it is no corpus.
        ModuleNotFoundError: the extra `train` is not installed.
    """
    import sklearn

    from learnchat.learning.hearing.evidence import sources
    from learnchat.learning.language.patterns import packed
    from learnchat.learning.training.beginnings import beginnings_of
    from learnchat.learning.training.calibration import (
        DEALS,
        Calibration,
        held_out_opinions,
        mean_of,
        outcome_of,
    )
    from learnchat.learning.training.corpus import digest, read_corpus, read_examples
    from learnchat.learning.training.evaluation import OUTER_FOLDS
    from learnchat.learning.training.figures import averaged, figures
    from learnchat.learning.training.fitting import Fitted
    from learnchat.learning.training.prospects import Bounds

    messages, examples = read_corpus(corpus), read_examples()
    deals = [held_out_opinions(messages, examples, OUTER_FOLDS, seed) for seed in range(DEALS)]
    calibration = mean_of([Calibration(opinions, messages) for opinions in deals])
    found = [calibration.probabilities(opinions, messages) for opinions in deals]
    outcomes = [outcome_of(each, calibration.threshold, messages) for each in found]
    opinions_as_weights = Fitted(messages, examples).weights(DIGITS)
    provenance: dict[str, object] = {
        "made": datetime.now(UTC).date().isoformat(),
        "command": f"python -m learnchat.learning.train {corpus.name}",
        "trained_with": f"scikit-learn {sklearn.__version__}",
        "corpus": {
            "sha256": digest(corpus),
            "messages": len(messages),
            "groups": len({message.group for message in messages}),
        },
        "labels": {name: sum(message.label == name for message in messages) for name in ("yes", "no", "maybe")},
        "examples": len(examples),
        "threshold_for": asdict(Bounds()),
        "held_out": {name: round(value, 3) for name, value in averaged([figures(one) for one in outcomes]).items()},
    }
    data = {
        "provenance": provenance,
        "threshold": round(calibration.threshold, DIGITS),
        "calibration": [round(calibration.slope, DIGITS), round(calibration.offset, DIGITS)],
        **opinions_as_weights,
        "beginnings": packed(beginnings_of(sources())),
    }
    text = json.dumps(data, separators=(",", ":"), ensure_ascii=False)
    model.write_text(text + "\n", encoding="utf-8", newline="\n")
    return provenance


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m learnchat.learning.train", description=__doc__)
    parser.add_argument("corpus", type=Path, help="labelled messages, as JSON lines")
    parser.add_argument("--model", type=Path, default=SHIPPED, help="where to write (default: %(default)s)")
    arguments = parser.parse_args()
    try:
        provenance = train(arguments.corpus, arguments.model)
    except ModuleNotFoundError as error:
        sys.stderr.write(f"{error.name} is missing: pip install 'learnchat[train]'\n")
        return 1
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(json.dumps(provenance, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
