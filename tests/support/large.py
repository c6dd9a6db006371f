"""A large profile, made as learnchat itself would have made it, in seconds: all its events at once."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

from learnchat.learning.clock import SystemClock
from learnchat.learning.disk.project import find_project
from learnchat.learning.disk.record_log import RecordLog
from learnchat.learning.disk.user_data import UserData
from learnchat.learning.identifiers import new_identifier
from learnchat.learning.kinds import Kind
from learnchat.learning.memory.acts import CONFIRMED, make_entry
from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.profile.changes import addition
from learnchat.learning.profile.event import Event, event_record
from learnchat.learning.profile.insight import Means
from learnchat.learning.proposal import Source

WORDS = [
    "billing",
    "search",
    "deploy",
    "staging",
    "cache",
    "queue",
    "token",
    "schema",
    "worker",
    "gateway",
    "invoice",
    "report",
    "session",
    "webhook",
    "export",
    "import",
    "cluster",
    "backup",
    "metrics",
    "alert",
    "router",
    "payment",
    "ledger",
    "refund",
    "cart",
    "login",
    "mail",
    "crawler",
    "index",
    "shard",
]


def fill(root: Path, user_data: UserData, insights: int, seed: int = 1) -> None:
    """Confirm so many insights in the project at this root: one a minute, the last one a few days ago."""
    root.mkdir(parents=True, exist_ok=True)
    project = find_project(root)
    profiles = Profiles.open(project, user_data, SystemClock())
    profile, place = profiles.project, profiles.name
    assert profile is not None
    choose = random.Random(seed)
    first = SystemClock().now().replace(microsecond=0) - timedelta(days=3, minutes=insights)
    records = []
    for number in range(insights):
        at = first + timedelta(minutes=number)
        one, two, three = (choose.choice(WORDS) for _ in range(3))
        statement = (
            f"The {one} service {number} listens on port {9000 + number} because {two} must not wait for {three}"
        )
        quote = f"we decided that {statement[0].lower()}{statement[1:]}"
        kind = choose.choice([kind for kind in Kind if kind is not Kind.PROCEDURE])
        entry = make_entry(new_identifier(), statement, kind, at, quote=quote, tags=(one, two))
        source = Source(quote, session="session-1", message=f"message-{number}", start=0, end=len(quote))
        event = Event(
            new_identifier(), CONFIRMED, at, Means.TOAST, place, number=number + 1, statement=statement, source=source
        )
        records.append(event_record(addition(profile.view(), entry, event.id, at).on(event)))
    RecordLog(user_data.project(project.root).journal).append(records)
    assert profiles.settle() is None
    # Read once, as any learnchat would do after it.
    assert len(profiles.insights()) == insights
