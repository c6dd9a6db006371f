from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from learnchat.app.engine import Engine
from learnchat.app.locations import Locations
from learnchat.learning.disk.project import find_project
from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.profile.insight import Means
from support.clock import FakeClock


async def test_opening_the_chat_takes_away_what_was_forgotten_and_old_conversations(shop: Path) -> None:
    locations, clock = Locations.find(), FakeClock()
    locations.configuration.mkdir(parents=True)
    locations.configuration_file.write_text("[sessions]\nkeep_days = 30\n")
    profiles = Profiles.open(find_project(shop), locations.user_data, clock)
    insight = profiles.remember("We use Bootstrap").insight
    assert insight is not None
    profiles.forget(insight.id, Means.COMMAND)
    data = locations.user_data.project(find_project(shop).root)
    data.sessions.mkdir()
    old = data.sessions / "20250101T000000Z-abc.jsonl"
    old.write_text("{}\n")
    long_ago = (clock.now() - timedelta(days=31)).timestamp()
    os.utime(old, (long_ago, long_ago))
    clock.advance(timedelta(days=1, minutes=1).total_seconds())
    engine = Engine(shop, locations, clock)
    await engine.call(lambda parts: None)
    engine.close()
    assert b"Bootstrap" not in data.journal.read_bytes()
    assert not old.exists()


def test_a_command_takes_away_what_was_forgotten(learnchat, shop: Path) -> None:
    clock = FakeClock()
    profiles = learnchat.profiles(clock)
    insight = profiles.remember("We use Bootstrap").insight
    profiles.forget(insight.id, Means.COMMAND)
    # The machine's clock is not set back to the fake one's day in any year to come.
    assert learnchat("insights").code == 0
    journal = Locations.find().user_data.project(find_project(shop).root).journal
    assert b"Bootstrap" not in journal.read_bytes()


async def test_opening_the_chat_counts_answers_of_an_earlier_learnchat_anew(shop: Path) -> None:
    locations = Locations.find()
    answers = locations.user_data.answers
    answers.parent.mkdir(parents=True)
    answers.write_text('{"id":"gone","place":"shop","kind":"fact","probability":0.9,"answer":"refused"}\n')
    engine = Engine(shop, locations, FakeClock())
    await engine.call(lambda parts: None)
    engine.close()
    assert "gone" not in answers.read_text()
