"""How well the right thing is found, and how well it stays silent.

`python -m tests.bench.recall locomo10.json [--json]`. The file is the LoCoMo benchmark (Snap Research, CC BY-NC 4.0),
which is not part of the repository. Ranking, weights and threshold are the product's own. The shares in the ranking
were chosen on the conversations with even numbers ("chosen on"), so both halves are printed. Without a file only the
paraphrases and the times are measured.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean
from typing import Any

from learnchat.learning.recall.bearing import BEARS, rank
from learnchat.learning.recall.conversations import number
from learnchat.learning.recall.conversations import rank as rank_messages
from learnchat.learning.recall.dates import named_dates
from learnchat.learning.recall.feedback import sessions_with_feedback
from learnchat.learning.recall.meanings import ALIKE
from learnchat.learning.recall.postings import MemoryPostings
from learnchat.learning.recall.terms import terms, wanted
from tests.bench.paraphrases import paraphrase_figures
from tests.bench.recall_times import time_figures
from tests.bench.semantic import semantic_silence
from tests.bench.table import print_table

# Its questions have no answer in the conversation: silence is not measured by them.
ADVERSARIAL = 5
FALSE_SURFACING = 0.1
# Right is an observation among so many, which is what is given with a message.
GIVEN = 5
_MEANT = ("threshold", "own", "foreign")


@dataclass
class Question:
    """A question about a conversation, and where its answer stands."""

    text: str
    turns: set[str]
    category: int

    @property
    def sessions(self) -> set[int]:
        return {int(turn[1:].split(":")[0]) for turn in self.turns}


@dataclass
class Conversation:
    """One of the ten, indexed as the product indexes sessions."""

    names: list[str]
    messages: MemoryPostings = field(default_factory=MemoryPostings)
    turns: dict[int, str] = field(default_factory=dict)
    held: dict[int, datetime] = field(default_factory=dict)
    observations: MemoryPostings = field(default_factory=MemoryPostings)
    observed: dict[int, set[str]] = field(default_factory=dict)
    """From which turns each observation was made."""
    sentences: list[str] = field(default_factory=list)
    """The observations."""
    questions: list[Question] = field(default_factory=list)

    def without_names(self, text: str) -> str:
        return re.sub(rf"\b(?:{'|'.join(map(re.escape, self.names))})(?:'s)?\b", " ", text)


def read(path: Path) -> list[Conversation]:
    """The conversations of a file, indexed."""
    return [_conversation(sample) for sample in json.loads(path.read_text(encoding="utf-8"))]


def _conversation(sample: dict[str, Any]) -> Conversation:
    said = sample["conversation"]
    result = Conversation([said["speaker_a"], said["speaker_b"]])
    for name, turns in said.items():
        if not re.fullmatch(r"session_\d+", name):
            continue
        session = int(name.removeprefix("session_"))
        date = said[f"{name}_date_time"].split(" on ")[1]
        result.held[session] = datetime.strptime(date, "%d %B, %Y").replace(tzinfo=UTC)
        for position, turn in enumerate(turns):
            result.turns[number(session, position)] = turn["dia_id"]
            result.messages.add(number(session, position), terms(f"{turn['speaker']}: {turn['text']}"))
    for observed in sample["observation"].values():
        for statements in observed.values():
            for statement, turns in statements:
                place = len(result.observed)
                result.observed[place] = set(re.findall(r"D\d+:\d+", str(turns)))
                result.observations.add(place, terms(statement))
                result.sentences.append(statement)
    for asked in sample["qa"]:
        turns = {turn for each in asked.get("evidence", ()) for turn in re.findall(r"D\d+:\d+", each)}
        if turns:
            result.questions.append(Question(asked["question"], turns, asked["category"]))
    return result


def part_found(right: set[Any], ranked: Sequence[Any], first: int) -> float:
    """What part of what is right stands among the first."""
    return len(right & set(ranked[:first])) / len(right)


def finding(conversations: Sequence[Conversation]) -> dict[str, float]:
    """Mean part of the evidence among the first 5 and 10, in percent."""
    parts: dict[str, list[float]] = {name: [] for name in ("sessions@5", "sessions@10", "turns@5", "turns@10")}
    for each in conversations:
        for question in each.questions:
            looked_for = wanted(question.text)
            ranked = rank_messages(looked_for, each.messages, each.held, named_dates(question.text))
            found = sessions_with_feedback(ranked, {wish.term for wish in looked_for}, each.messages)
            sessions = sorted(found, key=lambda name: (-found[name], name))
            messages = sorted(ranked.messages, key=lambda name: (-ranked.messages[name], name))
            turns = [each.turns[name] for name in messages[:10]]
            for first in (5, 10):
                parts[f"sessions@{first}"].append(part_found(question.sessions, sessions, first))
                parts[f"turns@{first}"].append(part_found(question.turns, turns, first))
    return {name: round(100 * fmean(values), 1) for name, values in parts.items()}


@dataclass
class Surfacing:
    """The best confidences of questions asked of their own conversation, and of each of the nine others."""

    own: list[float] = field(default_factory=list)
    right: list[float] = field(default_factory=list)
    """Of the best right one among those that would be given; 0 where there is none."""
    foreign: dict[tuple[int, int], list[float]] = field(default_factory=dict)
    """By the numbers of the question's conversation and of the one that was asked."""

    @property
    def _foreign(self) -> list[float]:
        return [value for values in self.foreign.values() for value in values]

    @property
    def threshold(self) -> float:
        """At which one in ten foreign questions surfaces something."""
        return sorted(self._foreign)[int(len(self._foreign) * (1 - FALSE_SURFACING))]

    def at(self, threshold: float) -> dict[str, float]:
        """Percentages of what surfaces at a threshold; the worst pair is the two conversations most like each other."""
        return {
            "own": _part(self.own, threshold),
            "right among 5": _part(self.right, threshold),
            "foreign": _part(self._foreign, threshold),
            "worst pair": max(_part(values, threshold) for values in self.foreign.values()),
        }


def _part(values: Sequence[float], threshold: float) -> float:
    return round(100 * fmean(value >= threshold and value > 0 for value in values), 1)


def _confidences_of_turns(conversation: Conversation, text: str) -> dict[int, float]:
    """As `learnchat search` ranks messages."""
    ranked = rank_messages(wanted(text), conversation.messages, conversation.held)
    return {name: ranked.confidence(name) for name in ranked.scores}


def _confidences_of_observations(conversation: Conversation, text: str) -> dict[int, float]:
    """Of single sentences, as insights are ranked for a message."""
    return rank(text, conversation.observations)


CONFIDENCES = {"turns": _confidences_of_turns, "observations": _confidences_of_observations}


def surfacing(conversations: Sequence[Conversation], of: Sequence[int], what: str) -> Surfacing:
    """Ask the questions of some conversations of all, without the speakers' names."""
    confidences = CONFIDENCES[what]
    result = Surfacing()
    for index in of:
        own = conversations[index]
        for question in own.questions:
            if question.category == ADVERSARIAL:
                continue
            text = own.without_names(question.text)
            found = confidences(own, text)
            best = sorted(found, key=lambda name: -found[name])[:GIVEN]
            result.own.append(max(found.values(), default=0.0))
            said = {name: own.observed[name] if what == "observations" else {own.turns[name]} for name in best}
            result.right.append(max((found[name] for name in best if said[name] & question.turns), default=0.0))
            for other, foreign in enumerate(conversations):
                if other != index:
                    values = result.foreign.setdefault((index, other), [])
                    values.append(max(confidences(foreign, text).values(), default=0.0))
    return result


def locomo_figures(path: Path, model: Path | None = None) -> dict[str, Any]:
    """All figures on LoCoMo."""
    conversations = read(path)
    every = range(len(conversations))
    halves = {"all": [*every], "chosen on": [*every][::2], "held out": [*every][1::2]}
    figures: dict[str, Any] = {
        "questions": sum(len(each.questions) for each in conversations),
        "finding": {name: finding([conversations[index] for index in of]) for name, of in halves.items()},
        "silence": {},
    }
    for what in CONFIDENCES:
        chosen, held_out = (surfacing(conversations, halves[half], what) for half in ("chosen on", "held out"))
        every_one = Surfacing(
            chosen.own + held_out.own, chosen.right + held_out.right, chosen.foreign | held_out.foreign
        )
        figures["silence"][what] = {
            "threshold": round(every_one.threshold, 3),
            "at 10 % foreign": every_one.at(every_one.threshold),
            "held out, threshold of the other half": held_out.at(chosen.threshold),
            "the other half, threshold of the held out": chosen.at(held_out.threshold),
            f"at the product's threshold of {BEARS}": every_one.at(BEARS),
        }
    if model is not None:
        figures["semantic"] = semantic_silence(conversations, model, ADVERSARIAL)
    return figures


def print_locomo(figures: dict[str, Any]) -> None:
    print_table(
        f"Evidence found, {figures['questions']:,} questions (bounds: sessions 88 and 94, turns 64 and 73)",
        ("conversations", *figures["finding"]["all"]),
        [(name, *(f"{value:.1f}" for value in row.values())) for name, row in figures["finding"].items()],
    )
    for name, rows in figures["silence"].items():
        print_table(
            f"Silence, {name}: percent of questions for which something surfaces"
            + (" (bound: own 60 at 10 % foreign)" if name == "turns" else ""),
            ("threshold", "own", "right among 5", "foreign", "worst pair"),
            [
                (label, *(f"{value:.1f}" for value in row.values()))
                for label, row in rows.items()
                if isinstance(row, dict)
            ],
        )
    if "semantic" in figures:
        rows = [
            (f"{BEARS} by words, or {ALIKE} by meaning", *(f"{value:.1f}" for value in figures["semantic"].values()))
        ]
        print_table("Silence, observations, with finding by meaning; foreign is the next conversation", _MEANT, rows)


def main(arguments: Sequence[str] = ()) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.recall", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, help="locomo10.json")
    parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON")
    parser.add_argument("--semantic", type=Path, metavar="FOLDER", help="of a model2vec model")
    given = parser.parse_args(arguments)
    if given.file is not None and not given.file.is_file():
        sys.exit(f"There is no file {given.file}.")
    figures: dict[str, Any] = {}
    if given.file is not None:
        figures["locomo"] = locomo_figures(given.file, given.semantic)
    figures["paraphrases"] = paraphrase_figures(given.semantic)
    with tempfile.TemporaryDirectory() as folder:
        figures["times"] = time_figures(Path(folder))
    if given.as_json:
        print(json.dumps(figures, indent=2))  # noqa: T201 - it is what this is for
        return
    if "locomo" in figures:
        print_locomo(figures["locomo"])
    for name, rows in figures["paraphrases"].items():
        print_table(
            f"Paraphrases, {name}: {rows['pairs']} questions without a word of their insight, percent found",
            ("found by", "first", "among 5", "given"),
            [
                (label, *(f"{value:.1f}" for value in row.values()))
                for label, row in rows.items()
                if isinstance(row, dict)
            ],
        )
    print_table(
        "Times (bounds: a message 5 ms at 1,000 and 15 ms at 10,000 insights, 95 %; all made anew 5 s)",
        ("insights", "sessions", "message p50", "message p95", "search p50", "search p95", "made anew"),
        [tuple(row.values()) for row in figures["times"]],
    )


if __name__ == "__main__":
    main(sys.argv[1:])
