"""How many insights are found by a question that has no word of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from learnchat.learning.clock import SystemClock
from learnchat.learning.kinds import Kind, Scope
from learnchat.learning.memory.acts import make_entry
from learnchat.learning.profile.insight import Decision, Insight, Means
from learnchat.learning.proposal import Source
from learnchat.learning.recall.bearing import BEARS, MemoryBearings, rank
from learnchat.learning.recall.meanings import FusedBearings, Meanings
from learnchat.learning.recall.postings import MemoryPostings
from learnchat.learning.recall.terms import terms

FOLDER = Path(__file__).parents[1] / "learning" / "recall"
# The table of synonyms was written beside the first file; when the second was written it was closed.
FILES = {"beside the table": "paraphrases.tsv", "held out": "paraphrases_held_out.tsv"}
GIVEN = 5


@dataclass(frozen=True)
class Paraphrase:
    """An insight, the tags a user might give it, and a question that it answers in other words."""

    statement: str
    tags: str
    question: str


def read_paraphrases(name: str) -> list[Paraphrase]:
    """The pairs of a file; written for this project."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [Paraphrase(*line.split("\t")) for line in lines if line]


def paraphrase_figures(model: Path | None = None) -> dict[str, Any]:
    """For each file, in percent: the right one first, among five, and among five and sure enough to be given.

    Args:
        model: the folder of a model for finding by meaning too.
    """
    figures = {name: _figures(read_paraphrases(file)) for name, file in FILES.items()}
    if model is not None:
        for name, file in FILES.items():
            figures[name]["tags, synonyms, semantic"] = _semantic_figures(read_paraphrases(file), model)
    return figures


def _semantic_figures(pairs: list[Paraphrase], model: Path) -> dict[str, float]:
    known = [_insight(str(place), pair) for place, pair in enumerate(pairs)]
    meanings = Meanings(model, lambda: known)
    if not meanings.load():
        raise SystemExit(f"There is no model in {model}, or model2vec is not installed.")
    bearings = FusedBearings(MemoryBearings(known), meanings)
    found = [bearings.find(pair.question)[:GIVEN] for pair in pairs]
    return {
        "first": _percent([each.id for each in row[:1]] == [str(place)] for place, row in enumerate(found)),
        "among 5": _percent(str(place) in [each.id for each in row] for place, row in enumerate(found)),
        "given": _percent(
            any(each.id == str(place) and each.confidence >= BEARS for each in row) for place, row in enumerate(found)
        ),
    }


def _figures(pairs: list[Paraphrase]) -> dict[str, Any]:
    figures: dict[str, Any] = {"pairs": len(pairs)}
    for name, tags, synonyms in (
        ("words alone", False, False),
        ("synonyms", False, True),
        ("tags", True, False),
        ("tags and synonyms", True, True),
    ):
        postings = MemoryPostings(
            (place, terms(pair.statement + (f" {pair.tags}" if tags else ""))) for place, pair in enumerate(pairs)
        )
        found = [rank(pair.question, postings, synonyms=synonyms) for pair in pairs]
        places = [sorted(each, key=lambda place: -each[place])[:GIVEN] for each in found]
        figures[name] = {
            "first": _percent(ranked[:1] == [place] for place, ranked in enumerate(places)),
            "among 5": _percent(place in ranked for place, ranked in enumerate(places)),
            "given": _percent(place in ranked and found[place][place] >= BEARS for place, ranked in enumerate(places)),
        }
    return figures


def _insight(name: str, pair: Paraphrase) -> Insight:
    now = SystemClock().now()
    entry = make_entry(name, pair.statement, Kind.FACT, now, quote=pair.statement, tags=pair.tags.split())
    return Insight(entry, Decision(name, now, Means.REMEMBER, Source(pair.statement)), Scope.PROJECT)


def _percent(hits: Any) -> float:
    values = list(hits)
    return round(100 * sum(values) / len(values), 1)
