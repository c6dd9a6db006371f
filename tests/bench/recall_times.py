"""How long recall takes: for a message, for a search, and to make the index anew. Processor time of this process."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from learnchat.learning.clock import SystemClock
from learnchat.learning.disk.files import append_json_lines
from learnchat.learning.disk.project import find_project
from learnchat.learning.disk.user_data import UserData
from learnchat.learning.identifiers import new_identifier
from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.recall.finding import Finder
from learnchat.learning.recall.giving import Recall
from learnchat.learning.recall.query import Query
from tests.support.large import WORDS, fill

SIZES = ((1_000, 0), (10_000, 1_000))
MESSAGES_IN_SESSION = 20
WORDS_IN_MESSAGE = 40
MESSAGES = 300


def time_figures(folder: Path) -> list[dict[str, str]]:
    """A row for each size."""
    return [_figures(folder / str(insights), insights, sessions) for insights, sessions in SIZES]


def _figures(home: Path, insights: int, sessions: int) -> dict[str, str]:
    user_data = UserData(home / "data")
    fill(home / "shop", user_data, insights)
    project = find_project(home / "shop")
    data = user_data.project(project.root)
    fill_sessions(data.sessions, sessions)
    profiles = Profiles.open(project, user_data, SystemClock())
    finder = Finder(profiles, data, user_data)
    began = time.process_time()
    finder.update()
    finder.messages(Query("cold"))
    anew = time.process_time() - began
    recall = Recall(profiles.insights(), bearings=finder.bearings)
    recall.prepare()
    choose = random.Random(2)
    asked = [_message(choose) for _ in range(MESSAGES)]
    giving, searching = [], []
    for text in asked:
        began = time.process_time()
        # As the chat does it: what was removed outside is not recalled.
        recall.keep_only(set(profiles.insights().ids()))
        recall.for_message(text)
        giving.append(time.process_time() - began)
    for text in asked[: MESSAGES // 10]:
        began = time.process_time()
        finder.messages(Query(text))
        searching.append(time.process_time() - began)
    finder.close()
    return {
        "insights": f"{insights:,}",
        "sessions": f"{sessions:,}",
        "message p50": _milliseconds(giving, 0.5),
        "message p95": _milliseconds(giving, 0.95),
        "search p50": _milliseconds(searching, 0.5),
        "search p95": _milliseconds(searching, 0.95),
        "made anew": f"{anew:.2f} s",
    }


def fill_sessions(folder: Path, count: int) -> None:
    """Make so many sessions, as transcripts are written, of words that occur as words do: few often, many rarely."""
    choose = random.Random(3)
    vocabulary = [*WORDS, *(f"{one}{two}" for one in WORDS for two in WORDS)]
    weights = [1 / (place + 3) for place in range(len(vocabulary))]
    first = SystemClock().now() - timedelta(days=count + 1)
    for session in range(count):
        at = first + timedelta(days=session)
        name = new_identifier()
        records: list[dict[str, Any]] = [{"learnchat": 1, "session": name, "started": at.isoformat()}]
        for place in range(MESSAGES_IN_SESSION):
            text = " ".join(choose.choices(vocabulary, weights, k=WORDS_IN_MESSAGE))
            role = "assistant" if place % 2 else "user"
            records.append({"id": new_identifier(), "at": at.isoformat(), "role": role, "text": text})
        append_json_lines(folder / f"{at:%Y%m%dT%H%M%SZ}-{name}.jsonl", records, durable=False)


def _message(choose: random.Random) -> str:
    one, two = choose.choice(WORDS), choose.choice(WORDS)
    forms = (
        f"which port does the {one} service {choose.randrange(10_000)} listen on?",
        f"why must {one} not wait for {two}, and what happens to the {choose.choice(WORDS)} when the disk is full?",
        f"write a function that reverses a list of {one} rows and prints it with the {two} and its own header",
    )
    return choose.choice(forms)


def _milliseconds(values: Sequence[float], part: float) -> str:
    return f"{1000 * sorted(values)[min(int(len(values) * part), len(values) - 1)]:.1f} ms"
