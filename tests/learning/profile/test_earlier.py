from __future__ import annotations

import cProfile
import os
import random
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from learnchat.learning.identifiers import new_identifier
from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.profile.insight import Means
from learnchat.learning.profile.outside import What
from support.memory import Place, make_place


@dataclass
class Branches:
    """The two files as they stand on each branch; switching puts those of the other branch there, as git does."""

    place: Place
    current: str = "main"
    files: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)

    def switch(self, name: str) -> Profiles:
        self.files[self.current] = self.place.insights_file.read_bytes(), self.place.markdown.read_bytes()
        self.current = name
        if name in self.files:
            insights, markdown = self.files[name]
            self.place.insights_file.write_bytes(insights)
            self.place.markdown.write_bytes(markdown)
        self.place.clock.advance(1)
        return self.place.open()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path)


def recalled(profiles: Profiles) -> list[str]:
    return sorted(insight.statement for insight in profiles.insights())


def waiting(profiles: Profiles) -> list[str]:
    """What waits, but for what another branch has."""
    return [item.change.entry.statement for item in profiles.review() if item.change.what is not What.MISSING]


def reworded(place: Place) -> tuple[Branches, str]:
    """3.13 on main; on the branch, where we are, 3.14."""
    branches = Branches(place)
    profiles = place.open()
    profiles.remember("we only support Python 3.13")
    name = profiles.insights()[0].id
    profiles = branches.switch("feat")
    profiles.edit(name, Means.COMMAND, statement="we only support Python 3.14")
    return branches, name


def test_on_a_branch_its_own_wording_holds_and_nothing_waits(place: Place) -> None:
    branches, _ = reworded(place)
    for _ in range(2):
        for branch, statement in (("main", "we only support Python 3.13"), ("feat", "we only support Python 3.14")):
            profiles = branches.switch(branch)
            assert (recalled(profiles), waiting(profiles), profiles.health()) == ([statement], [], [])


def test_the_decision_behind_a_wording_is_that_of_its_own_words(place: Place) -> None:
    branches, name = reworded(place)
    first = branches.switch("main").find(name)
    second = branches.switch("feat").find(name)
    assert first is not None
    assert second is not None
    assert first.decision.at < second.decision.at


def test_what_stands_on_a_branch_can_be_edited_pinned_and_tagged_there(place: Place) -> None:
    branches, name = reworded(place)
    profiles = branches.switch("main")
    profiles.pin(name, Means.COMMAND)
    profiles.edit(name, Means.COMMAND, statement="we only support Python 3.13 and 3.12")
    assert (recalled(profiles), waiting(profiles)) == (["we only support Python 3.13 and 3.12"], [])
    profiles = branches.switch("feat")
    assert (recalled(profiles), waiting(profiles)) == (["we only support Python 3.14"], [])
    profiles = branches.switch("main")
    assert (recalled(profiles), waiting(profiles)) == (["we only support Python 3.13 and 3.12"], [])


def test_a_pin_of_one_branch_is_no_change_on_the_other(place: Place) -> None:
    branches = Branches(place)
    profiles = place.open()
    profiles.remember("we use uv")
    branches.switch("feat").pin(profiles.insights()[0].id, Means.COMMAND)
    assert waiting(branches.switch("main")) == []
    assert waiting(branches.switch("feat")) == []


def test_what_was_replaced_on_one_branch_holds_on_the_other(place: Place) -> None:
    branches = Branches(place)
    profiles = place.open()
    profiles.remember("we use npm")
    npm = profiles.insights()[0].id
    profiles = branches.switch("feat")
    profiles.confirm(place.propose(profiles, "we use pnpm", replaces=npm), Means.TOAST)
    profiles = branches.switch("main")
    assert (recalled(profiles), waiting(profiles)) == (["we use npm"], [])
    profiles = branches.switch("feat")
    assert (recalled(profiles), waiting(profiles)) == (["we use pnpm"], [])


def test_two_wordings_of_ones_own_that_were_merged_are_still_asked_about(place: Place) -> None:
    branches, name = reworded(place)
    line = next(each for each in place.documents() if each["id"] == name)
    profiles = branches.switch("main")
    profiles.edit(name, Means.COMMAND, statement="we only support Python 3.12")
    place.write_line(line)
    assert waiting(place.open()) == ["we only support Python 3.14"]


# What does not come back


def test_an_old_wording_in_a_revision_above_ones_own_is_somebody_elses_doing(place: Place) -> None:
    reworded(place)
    place.change('"revision":2,"kind"', '"revision":3,"kind"')
    place.change("Python 3.14", "Python 3.13")
    profiles = place.open()
    assert (recalled(profiles), waiting(profiles)) == (["we only support Python 3.14"], ["we only support Python 3.13"])


def test_what_was_replaced_does_not_come_back_beside_what_replaced_it(place: Place) -> None:
    profiles = place.open()
    profiles.remember("we use npm")
    npm = profiles.insights()[0].id
    profiles.confirm(place.propose(profiles, "we use pnpm", replaces=npm), Means.TOAST)
    place.change(',"state":"replaced"', "")
    place.change('"revision":2', '"revision":1')
    profiles = place.open()
    assert (recalled(profiles), waiting(profiles)) == (["we use pnpm"], ["we use npm"])


def line_of(place: Place, name: str) -> str:
    lines = place.insights_file.read_text("utf-8").splitlines()
    return next(line.rstrip(",") for line in lines if f'"id":"{name}"' in line)


def back_beside(place: Place, name: str, original: str) -> Profiles:
    """What was replaced is put back by hand as it stood before it was, and nothing else."""
    place.change(line_of(place, name), original)
    return place.open()


def test_what_was_replaced_does_not_come_back_beside_what_replaced_that(place: Place) -> None:
    profiles = place.open()
    profiles.remember("we use npm")
    npm, original = profiles.insights()[0].id, line_of(place, profiles.insights()[0].id)
    profiles.confirm(place.propose(profiles, "we use pnpm", replaces=npm), Means.TOAST)
    pnpm = profiles.insights()[0].id
    profiles.confirm(place.propose(profiles, "we use bun", replaces=pnpm), Means.TOAST)
    profiles = back_beside(place, npm, original)
    assert (recalled(profiles), waiting(profiles)) == (["we use bun"], ["we use npm"])


def test_what_was_replaced_does_not_come_back_when_what_replaced_it_was_forgotten(place: Place) -> None:
    profiles = place.open()
    profiles.remember("we use npm")
    npm, original = profiles.insights()[0].id, line_of(place, profiles.insights()[0].id)
    profiles.confirm(place.propose(profiles, "we use pnpm", replaces=npm), Means.TOAST)
    profiles.forget(profiles.insights()[0].id, Means.COMMAND)
    profiles = back_beside(place, npm, original)
    assert (recalled(profiles), waiting(profiles)) == ([], ["we use npm"])


def calls_to_open_with_so_many_put_back(tmp_path: Path, number: int) -> int:
    place = make_place(tmp_path / str(number))
    profiles = place.open()
    for each in range(number):
        profiles.remember(f"Service {each} listens on port {8000 + each}")
    originals = {insight.id: line_of(place, insight.id) for insight in profiles.insights()}
    for each, name in enumerate(originals):
        profiles.confirm(place.propose(profiles, f"Table {each} is called {name}", replaces=name), Means.TOAST)
    lines = place.insights_file.read_text("utf-8").splitlines(keepends=True)
    put_back = [originals.get(line[7:].partition('"')[0], line.rstrip(",\n")) + ",\n" for line in lines[1:-1]]
    place.insights_file.write_text("".join([lines[0], *put_back, lines[-1]]), "utf-8")
    calls = cProfile.Profile()
    profiles = calls.runcall(place.open)
    waiting = calls.runcall(profiles.unaccepted)
    assert len(waiting) == len(originals) == number
    return sum(each.callcount for each in calls.getstats())


def test_putting_twice_as_many_back_takes_no_more_than_twice_the_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)
    # The first opening imports what the others find.
    few, some, many = [calls_to_open_with_so_many_put_back(tmp_path, number) for number in (1, 24, 48)][-3:]
    assert many - few < 2.3 * (some - few)


def test_an_edit_that_was_undone_is_not_trusted(place: Place) -> None:
    branches, _ = reworded(place)
    edited = place.insights_file.read_bytes()
    place.open().undo()
    place.insights_file.write_bytes(edited)
    profiles = place.open()
    assert (recalled(profiles), waiting(profiles)) == (["we only support Python 3.13"], ["we only support Python 3.14"])
    assert recalled(branches.switch("main")) == ["we only support Python 3.13"]


def test_a_wording_that_was_rejected_is_trusted_no_more(place: Place) -> None:
    branches, name = reworded(place)
    line = next(each for each in place.documents() if each["id"] == name)
    profiles = branches.switch("main")
    profiles.edit(name, Means.COMMAND, statement="we only support Python 3.12")
    merged = place.insights_file.read_bytes()
    place.write_line(line)
    profiles = place.open()
    profiles.reject(profiles.review())
    profiles = branches.switch("feat")
    assert (recalled(profiles), waiting(profiles)) == (["we only support Python 3.12"], ["we only support Python 3.14"])
    profiles.undo()
    place.insights_file.write_bytes(merged)
    branches.files["main"] = merged, place.markdown.read_bytes()
    assert recalled(branches.switch("main")) == ["we only support Python 3.12"]


def test_what_was_forgotten_is_trusted_in_none_of_its_wordings(place: Place) -> None:
    branches, name = reworded(place)
    place.open().forget(name, Means.COMMAND)
    profiles = branches.switch("main")
    assert (recalled(profiles), waiting(profiles)) == ([], ["we only support Python 3.13"])


def test_a_wording_that_was_refused_for_good_since_is_not_trusted(place: Place) -> None:
    branches, _ = reworded(place)
    profiles = place.open()
    profiles.never(place.propose(profiles, "we only support Python 3.13"), Means.TOAST)
    profiles = branches.switch("main")
    assert recalled(profiles) == ["we only support Python 3.14"]
    assert waiting(profiles) == ["we only support Python 3.13"]


@pytest.mark.parametrize("seed", range(25))
def test_whatever_one_does_on_branches_switching_is_silent_and_the_file_holds(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    place = make_place(tmp_path)
    profiles = place.open()
    for number in range(4):
        profiles.remember(f"Service {number} listens on port {8000 + number}")
    branches, forgotten = Branches(place), set[str]()
    for step in range(14):
        profiles = branches.switch(chance.choice(["main", "feat"]))
        active = [
            document
            for document in place.documents()
            if document.get("state", "active") == "active" and document["id"] not in forgotten
        ]
        assert recalled(profiles) == sorted(document["statement"] for document in active)
        assert all(item.change.what is What.MISSING or item.change.id in forgotten for item in profiles.review())
        place.clock.advance(timedelta(minutes=1).total_seconds())
        chosen = chance.choice(active)["id"]
        act = chance.choice(["edit", "edit", "pin", "tag", "replace", "remember", "forget"])
        if act == "edit":
            profiles.edit(chosen, Means.COMMAND, statement=f"Queue {step} is called {new_identifier()}")
        elif act == "pin" and not next(each for each in active if each["id"] == chosen).get("pinned"):
            profiles.pin(chosen, Means.COMMAND)
        elif act == "tag":
            profiles.tag(chosen, Means.COMMAND, add=[f"tag{step}"])
        elif act == "replace":
            proposal = place.propose(profiles, f"Table {step} holds {new_identifier()}", replaces=chosen)
            profiles.confirm(proposal, Means.TOAST)
        elif act == "remember":
            profiles.remember(f"Bucket {step} keeps {new_identifier()}")
        elif act == "forget" and len(active) > 2:
            profiles.forget(chosen, Means.COMMAND)
            forgotten.add(chosen)
