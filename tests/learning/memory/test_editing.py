from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from learnchat.learning.kinds import Kind, Scope
from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.profile.errors import ProfileError
from learnchat.learning.profile.insight import Insight, Means
from support.memory import Place, detection, make_place

TOKEN = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path)


def learn(profiles: Profiles, statement: str, **fields: object) -> Insight:
    insight = profiles.remember(statement, **fields).insight  # type: ignore[arg-type]
    assert insight is not None
    return insight


def statements(profiles: Profiles) -> list[str]:
    return [insight.statement for insight in profiles.insights()]


# Edit


def test_an_edited_insight_has_the_new_words_and_keeps_the_rest_and_where_it_came_from(place: Place) -> None:
    profiles = place.open()
    proposal = place.propose(profiles, "We use pnmp", tags=("js",), quote="we use pnmp here")
    old = profiles.confirm(proposal, Means.TOAST).insight
    assert old is not None
    act = profiles.edit(old.id[:6], Means.COMMAND, statement="We use pnpm", kind=Kind.NOW_USING, because="it is fast")
    assert act.sentence == "Edited: We use pnpm"
    [insight] = place.open().insights()
    assert insight == act.insight
    assert (insight.id, insight.statement, insight.kind, insight.tags) == (
        old.id,
        "We use pnpm",
        Kind.NOW_USING,
        ("js",),
    )
    assert (insight.entry.because, insight.entry.quote) == ("it is fast", "we use pnmp here")
    assert (insight.decision.means, insight.decision.source) == (Means.COMMAND, proposal.source)
    assert place.open().unaccepted() == []
    assert place.open().health() == []


def test_an_edit_can_be_undone(place: Place) -> None:
    profiles = place.open()
    old = learn(profiles, "We use pnmp", tags=("js",))
    profiles.edit(old.id, Means.COMMAND, statement="We use pnpm", tags=())
    act = profiles.undo()
    assert act is not None
    assert act.sentence == "Undone (edited): We use pnpm"
    [insight] = place.open().insights()
    assert (insight.statement, insight.tags, insight.decision.id) == ("We use pnmp", ("js",), old.decision.id)


def test_a_best_before_date_is_given_and_taken_away(place: Place) -> None:
    profiles = place.open()
    old = learn(profiles, "The beta is on")
    date = datetime(2030, 1, 1, tzinfo=UTC)
    profiles.edit(old.id, Means.COMMAND, expires=date)
    assert profiles.insights()[0].entry.expires == date
    profiles.edit(old.id, Means.COMMAND, lasts=True)
    assert profiles.insights()[0].entry.expires is None


@pytest.mark.parametrize(
    ("statement", "title"),
    [
        ("We use pnpm", "Nothing changes by that: We use pnpm"),
        ("The API returns cents", "Already known: The API returns cents"),
        ("  ", "There is nothing to remember: the statement is empty."),
        (f"Deploy with {TOKEN}", "This looks like a secret (GitHub token) and was not stored."),
        ("x" * 1401, "The statement has 1,401 characters; 1,400 is the most that is remembered."),
    ],
)
def test_an_edit_that_can_not_be_stored_changes_nothing(place: Place, statement: str, title: str) -> None:
    profiles = place.open()
    old = learn(profiles, "We use pnpm")
    learn(profiles, "The API returns cents")
    before = place.insights_file.read_bytes()
    with pytest.raises(ProfileError) as refused:
        profiles.edit(old.id, Means.COMMAND, statement=statement)
    assert refused.value.title == title
    assert place.insights_file.read_bytes() == before


def test_what_was_changed_outside_is_not_edited_over(place: Place) -> None:
    profiles = place.open()
    old = learn(profiles, "We use pnpm")
    place.change("We use pnpm", "We use yarn")
    with pytest.raises(ProfileError, match="from outside"):
        place.open().pin(old.id, Means.COMMAND)
    assert "We use yarn" in place.insights_file.read_text()


def test_an_edit_to_words_that_were_refused_lifts_the_refusal(place: Place) -> None:
    profiles = place.open()
    profiles.never(place.propose(profiles, "We deploy on Fridays"), Means.TOAST)
    old = learn(profiles, "We deploy daily")
    profiles.edit(old.id, Means.COMMAND, statement="We deploy on Fridays")
    profiles.forget(old.id, Means.COMMAND)
    profiles.undo()
    profiles.undo()
    assert profiles.objection(detection("We deploy on Fridays")) is not None


# Pin and tag


def test_pinning_says_the_same_so_the_decision_stays(place: Place) -> None:
    profiles = place.open()
    old = learn(profiles, "We use pnpm")
    assert profiles.pin(old.id, Means.COMMAND).sentence == "Pinned: We use pnpm"
    [insight] = place.open().insights()
    assert (insight.entry.pinned, insight.decision) == (True, old.decision)
    with pytest.raises(ProfileError):
        profiles.pin(old.id, Means.COMMAND)
    profiles.unpin(old.id, Means.COMMAND)
    assert not place.open().insights()[0].entry.pinned
    profiles.undo()
    assert place.open().insights()[0].entry.pinned


def test_tags_are_added_and_taken_away(place: Place) -> None:
    profiles = place.open()
    old = learn(profiles, "We use pnpm", tags=("js", "npm"))
    act = profiles.tag(old.id, Means.COMMAND, add=["Build"], remove=["NPM"])
    assert act.sentence == "Tagged: We use pnpm (js, build)"
    assert place.open().insights()[0].tags == ("js", "build")


# Restore


def test_what_was_forgotten_comes_back_within_a_day_and_may_be_proposed_again(place: Place) -> None:
    profiles = place.open()
    old = learn(profiles, "We use pnpm")
    profiles.forget(old.id, Means.COMMAND)
    learn(profiles, "The API returns cents")
    place.clock.advance(3600 * 23)
    assert [entry.id for entry in place.open().restorable()] == [old.id]
    act = place.open().restore(old.id, Means.COMMAND)
    assert act.sentence == "Restored: We use pnpm"
    again = place.open()
    assert sorted(statements(again)) == ["The API returns cents", "We use pnpm"]
    assert again.project is not None
    assert again.project.refusals("We use pnpm") == []
    again.undo()
    assert statements(again) == ["The API returns cents"]
    assert again.project.refusals("We use pnpm") != []


def test_what_was_forgotten_longer_ago_does_not_come_back(place: Place) -> None:
    profiles = place.open()
    old = learn(profiles, "We use pnpm")
    profiles.forget(old.id, Means.COMMAND)
    place.clock.advance(timedelta(days=1, seconds=1).total_seconds())
    assert profiles.restorable() == []
    with pytest.raises(ProfileError):
        profiles.restore(old.id, Means.COMMAND)


def test_what_was_replaced_can_hold_again_beside_what_replaced_it(place: Place) -> None:
    profiles = place.open()
    old = learn(profiles, "We use Bootstrap")
    new = profiles.confirm(place.propose(profiles, "We use Tailwind", replaces=old.id), Means.TOAST).insight
    assert new is not None
    act = profiles.restore(old.id, Means.COMMAND)
    assert act.sentence == "Restored: We use Bootstrap. This holds beside it: We use Tailwind"
    by_id = {insight.id: insight for insight in place.open().insights()}
    assert by_id.keys() == {old.id, new.id}
    assert by_id[new.id].entry.replaces is None
    assert by_id[old.id].decision == old.decision
    assert by_id[new.id].decision == new.decision
    profiles.undo()
    [left] = place.open().insights()
    assert (left.id, left.entry.replaces) == (new.id, old.id)


def test_what_was_replaced_can_be_forgotten(place: Place) -> None:
    profiles = place.open()
    old = learn(profiles, "We use Bootstrap")
    profiles.confirm(place.propose(profiles, "We use Tailwind", replaces=old.id), Means.TOAST)
    profiles.forget(old.id, Means.COMMAND)
    assert "Bootstrap" not in place.insights_file.read_text()
    assert statements(place.open()) == ["We use Tailwind"]


# Merge


def test_two_insights_become_one_and_the_other_stays_linked_and_inactive(place: Place) -> None:
    profiles = place.open()
    first = learn(profiles, "We use pnpm", tags=("js",))
    second = learn(profiles, "pnpm, not npm", tags=("npm",))
    act = profiles.merge(first.id, second.id, Means.COMMAND, "We use pnpm, not npm")
    assert act.sentence == "Merged: We use pnpm, not npm. Inactive now: pnpm, not npm"
    [insight] = place.open().insights()
    assert (insight.id, insight.tags, insight.entry.replaces) == (first.id, ("js", "npm"), second.id)
    states = {document["id"]: document.get("state", "active") for document in place.documents()}
    assert states == {first.id: "active", second.id: "replaced"}
    assert place.open().unaccepted() == []
    profiles.undo()
    assert set(statements(place.open())) == {"We use pnpm", "pnpm, not npm"}


def test_what_both_had_replaced_before_stays_linked(place: Place) -> None:
    profiles = place.open()
    chain = []
    for old, new in (("one", "two"), ("three", "four")):
        replaced = learn(profiles, old)
        insight = profiles.confirm(place.propose(profiles, new, replaces=replaced.id), Means.TOAST).insight
        assert insight is not None
        chain.append((insight.id, replaced.id))
    (first, first_replaced), (second, second_replaced) = chain
    profiles.merge(first, second, Means.COMMAND)
    links = {document["id"]: document.get("replaces") for document in place.documents()}
    assert links == {first: second, second: second_replaced, second_replaced: first_replaced, first_replaced: None}


def test_only_two_insights_of_one_profile_are_merged(place: Place) -> None:
    profiles = place.open()
    here, everywhere = learn(profiles, "We use pnpm"), learn(profiles, "I use pnpm", scope=Scope.PERSONAL)
    for other in (here, everywhere):
        with pytest.raises(ProfileError):
            profiles.merge(here.id, other.id, Means.COMMAND)
    assert len(profiles.insights()) == 2
