from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from learnchat.learning.kinds import Kind, Scope
from learnchat.learning.memory.profiles import Profiles, Rewording
from learnchat.learning.profile.errors import ProfileError
from learnchat.learning.profile.insight import Entry, Insight, Means
from learnchat.learning.proposal import ProposalState
from support.memory import Place, detection, make_place

SWITCH = "We're switching from Bootstrap to Tailwind CSS for the dashboard"
TOKEN = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path)


def statements(profiles: Profiles) -> list[str]:
    return [insight.statement for insight in profiles.insights()]


# Confirming


def test_nothing_is_written_into_a_project_before_the_first_confirmation(place: Place) -> None:
    profiles = place.open()
    proposal = place.propose(profiles, SWITCH)
    profiles.skip(proposal, Means.TOAST)
    profiles.never(place.propose(profiles, "We use Vite"), Means.TOAST)
    profiles.insights(), profiles.unaccepted(), profiles.health()
    assert list(place.root.iterdir()) == []


def test_a_confirmed_proposal_is_an_insight_here_and_in_the_next_process(place: Place) -> None:
    profiles = place.open()
    proposal = place.propose(profiles, SWITCH, quote="so we're switching from Bootstrap", tags=("CSS", "Tail wind"))
    act = profiles.confirm(proposal, Means.TOAST)
    assert act.name == "confirmed"
    assert act.sentence == f"Learned: {SWITCH}"
    assert act.proposal is not None
    assert act.proposal.state is ProposalState.CONFIRMED
    for window in (profiles, place.open()):
        [insight] = window.insights()
        assert insight == act.insight
        assert insight.tags == ("css", "tail-wind")
        assert insight.entry.quote == "so we're switching from Bootstrap"
        assert (insight.decision.means, insight.decision.source) == (Means.TOAST, proposal.source)
        assert insight.decision.at == place.clock.now()
        assert window.inbox.pending() == []
        assert window.health() == []


def test_the_folder_holds_one_line_and_one_block_and_nothing_of_the_session(place: Place) -> None:
    profiles = place.open()
    profiles.confirm(place.propose(profiles, SWITCH, quote="we switch"), Means.TOAST)
    [document] = place.documents()
    assert document["statement"] == SWITCH
    assert place.markdown.read_text().count(f"<!-- {document['id']} 1 switching -->") == 1
    everything = "".join(path.read_text() for path in (place.root / ".learnchat").iterdir())
    assert "session-1" not in everything
    assert "message-1" not in everything
    assert str(place.data_root) not in everything
    names = {path.name for path in (place.root / ".learnchat").iterdir()}
    assert names == {"insights.json", "LEARNED_INSIGHTS.md", ".gitattributes", ".gitignore", ".lock"}


def test_a_rewording_is_what_is_remembered_with_the_words_that_were_said(place: Place) -> None:
    profiles = place.open()
    best_before = place.clock.now() + timedelta(days=30)
    rewording = Rewording(
        "The dashboard uses Tailwind", Kind.NOW_USING, ("ui",), Scope.PERSONAL, "Bootstrap is too big", best_before
    )
    act = profiles.confirm(place.propose(profiles, SWITCH), Means.INBOX, rewording)
    assert act.insight is not None
    entry = act.insight.entry
    assert (entry.statement, entry.kind, entry.tags, entry.quote) == (
        "The dashboard uses Tailwind",
        Kind.NOW_USING,
        ("ui",),
        SWITCH,
    )
    assert (entry.because, entry.expires, act.insight.scope) == ("Bootstrap is too big", best_before, Scope.PERSONAL)
    assert not place.insights_file.exists()
    assert place.user_data.personal_profile.joinpath("insights.json").exists()


def test_a_proposal_is_decided_once_whichever_window_is_first(place: Place) -> None:
    one, other = place.open(), place.open()
    proposal = place.propose(one, SWITCH)
    one.confirm(proposal, Means.TOAST)
    for decide in (other.confirm, other.skip, other.never):
        with pytest.raises(ProfileError, match="already decided: confirmed"):
            decide(proposal, Means.INBOX)
    assert len(place.documents()) == 1


def test_a_lapsed_proposal_can_still_be_confirmed(place: Place) -> None:
    profiles = place.open()
    proposal = place.propose(profiles, SWITCH)
    place.clock.advance(timedelta(days=8).total_seconds())
    profiles.confirm(proposal, Means.INBOX)
    assert statements(profiles) == [SWITCH]


def test_what_an_insight_replaces_stays_linked_and_inactive(place: Place) -> None:
    profiles = place.open()
    old = profiles.remember("We use Bootstrap").insight
    assert old is not None
    place.clock.advance(60)
    act = profiles.confirm(place.propose(profiles, SWITCH, replaces=old.id), Means.TOAST)
    assert statements(profiles) == [SWITCH]
    assert act.insight is not None
    assert act.insight.entry.replaces == old.id
    assert act.sentence == f"Learned: {SWITCH}. It replaces: We use Bootstrap"
    by_id = {document["id"]: document for document in place.documents()}
    assert (by_id[old.id]["state"], by_id[old.id]["statement"]) == ("replaced", "We use Bootstrap")
    assert "- We use Bootstrap" not in place.markdown.read_text()
    assert profiles.unaccepted() == []
    profiles.undo()
    assert statements(place.open()) == ["We use Bootstrap"]


def test_what_is_gone_or_holds_elsewhere_is_not_replaced(place: Place) -> None:
    profiles = place.open()
    elsewhere = profiles.remember("I use Bootstrap", scope=Scope.PERSONAL).insight
    assert elsewhere is not None
    for gone in (elsewhere.id, "nobody"):
        act = profiles.confirm(place.propose(profiles, f"{SWITCH} {gone}", replaces=gone), Means.TOAST)
        assert act.insight is not None
        assert act.insight.entry.replaces is None
    assert "I use Bootstrap" in statements(profiles)


def test_the_newest_insight_comes_first_and_the_projects_before_the_personal_ones(place: Place) -> None:
    profiles = place.open()
    for statement, scope in [
        ("one", Scope.PERSONAL),
        ("two", Scope.PROJECT),
        ("three", Scope.PERSONAL),
        ("four", Scope.PROJECT),
    ]:
        profiles.remember(statement, scope=scope)
        place.clock.advance(60)
    assert statements(profiles) == ["four", "two", "three", "one"]


def test_an_insight_past_its_best_before_is_no_longer_recalled_and_still_stands(place: Place) -> None:
    profiles = place.open()
    expires = place.clock.now() + timedelta(days=1)
    profiles.confirm(place.propose(profiles, SWITCH, expires=expires), Means.TOAST)
    assert statements(profiles) == [SWITCH]
    place.clock.advance(timedelta(days=1).total_seconds())
    assert statements(profiles) == []
    assert len(place.documents()) == 1


@pytest.mark.parametrize("statement", ["", "  \n ", "\u200b\u202e", "…!", "x" * 1401])
def test_a_statement_that_is_empty_or_too_long_is_refused(place: Place, statement: str) -> None:
    profiles = place.open()
    with pytest.raises(ProfileError):
        profiles.remember(statement)
    assert not place.insights_file.exists()


def test_the_longest_statement_that_is_allowed_is_kept_whole(place: Place) -> None:
    profiles = place.open()
    profiles.remember("word " * 279 + "words")
    assert statements(place.open()) == ["word " * 279 + "words"]


def test_hidden_characters_are_not_stored(place: Place) -> None:
    profiles = place.open()
    profiles.remember("we\u202e use\x1b[31m pnpm\u200b\nalways")
    assert statements(profiles) == ["we use pnpm always"]


def test_every_script_and_emoji_is_kept(place: Place) -> None:
    text = "Größe 👩‍👩‍👧 שלום 使用 [/etc] 50 % <b>"
    profiles = place.open()
    profiles.remember(text)
    assert statements(place.open()) == [text]
    assert text in place.insights_file.read_text(encoding="utf-8")


def test_a_secret_is_refused_and_written_nowhere(place: Place, tmp_path: Path) -> None:
    profiles = place.open()
    with pytest.raises(ProfileError, match="looks like a secret") as refusal:
        profiles.remember(f"the token is {TOKEN}")
    assert TOKEN not in str(refusal.value)
    with pytest.raises(ProfileError, match="looks like a secret"):
        profiles.confirm(place.proposal("We keep the token in CI", quote=f"it is {TOKEN}"), Means.TOAST)
    proposal = place.propose(profiles, SWITCH)
    with pytest.raises(ProfileError, match="looks like a secret"):
        profiles.confirm(proposal, Means.TOAST, Rewording(SWITCH, Kind.FACT, because=TOKEN))
    assert all(TOKEN.encode() not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert [each.id for each in profiles.inbox.pending()] == [proposal.id]


def test_remembering_the_same_twice_says_that_it_is_known(place: Place) -> None:
    profiles = place.open()
    profiles.remember("We use pnpm")
    with pytest.raises(ProfileError, match="Already known"):
        profiles.remember("We use pnpm")


# Whether something heard is new


def test_what_is_known_waiting_skipped_or_refused_is_not_asked(place: Place) -> None:
    profiles = place.open()
    assert profiles.objection(detection(SWITCH)) is None
    proposal = place.propose(profiles, SWITCH)
    assert (
        profiles.objection(detection("switching from bootstrap to tailwind css for our dashboard")) == "already waiting"
    )
    profiles.confirm(proposal, Means.TOAST)
    assert profiles.objection(detection(SWITCH)) == "already known"
    profiles.skip(place.propose(profiles, "We use Vite for bundling"), Means.TOAST)
    assert profiles.objection(detection("we use vite for bundling")) == "skipped on 2026-04-01"
    profiles.never(place.propose(profiles, "We like tabs"), Means.TOAST)
    assert profiles.objection(detection("we like tabs")) == "refused for good on 2026-04-01"


def test_a_skip_holds_for_thirty_days(place: Place) -> None:
    profiles = place.open()
    profiles.skip(place.propose(profiles, SWITCH), Means.TOAST)
    place.clock.advance(timedelta(days=30).total_seconds() - 1)
    assert place.open().objection(detection(SWITCH)) is not None
    place.clock.advance(1)
    assert place.open().objection(detection(SWITCH)) is None


def test_never_holds_for_good_and_in_other_words_and_not_for_another_version(place: Place) -> None:
    profiles = place.open()
    profiles.never(place.propose(profiles, "We run Python 3.11 in the workers"), Means.TOAST)
    place.clock.advance(timedelta(days=400).total_seconds())
    profiles = place.open()
    assert profiles.objection(detection("Python 3.11 is running in our workers")) is not None
    assert profiles.objection(detection("We run Python 3.13 in the workers")) is None


def test_the_way_back_is_not_what_is_known(place: Place) -> None:
    profiles = place.open()
    profiles.remember("We're switching from npm to pnpm")
    assert profiles.objection(detection("We're switching from pnpm to npm")) is None


def test_an_explicit_remember_passes_a_tombstone_lifts_it_and_says_so(place: Place) -> None:
    profiles = place.open()
    profiles.never(place.propose(profiles, "We use pnpm"), Means.TOAST)
    act = profiles.remember("We use pnpm")
    assert act.sentence == "Learned: We use pnpm · Fact. It was refused for good on 2026-04-01; that holds no longer"
    profiles.undo()
    assert profiles.objection(detection("We use pnpm")) == "refused for good on 2026-04-01"


def test_a_personal_refusal_holds_in_every_project_and_a_projects_only_there(place: Place, tmp_path: Path) -> None:
    profiles = place.open()
    profiles.never(place.propose(profiles, "I like tabs", scope=Scope.PERSONAL), Means.TOAST)
    profiles.never(place.propose(profiles, "We use pnpm"), Means.TOAST)
    (tmp_path / "other").mkdir()
    other = replace(place, root=tmp_path / "other").open()
    assert other.objection(detection("I like tabs")) is not None
    assert other.objection(detection("We use pnpm")) is None


# Forgetting and undoing


def test_forgetting_leaves_id_and_revision_and_no_text(place: Place) -> None:
    profiles = place.open()
    act = profiles.remember("We use pnpm")
    assert act.insight is not None
    forgotten = profiles.forget(act.insight.id[:4], Means.COMMAND)
    assert forgotten.sentence == "Forgotten: We use pnpm"
    assert place.documents() == [{"id": act.insight.id, "revision": 2, "state": "forgotten"}]
    assert "pnpm" not in place.markdown.read_text()
    assert "pnpm" not in place.data.tombstones.read_text()
    assert statements(place.open()) == []
    assert place.open().objection(detection("We use pnpm")) == "forgotten on 2026-04-01"


def test_what_is_not_there_cannot_be_forgotten(place: Place) -> None:
    with pytest.raises(ProfileError, match="There is no insight zzz"):
        place.open().forget("zzz", Means.COMMAND)


def test_the_beginning_of_several_ids_names_none(place: Place) -> None:
    profiles = place.open()
    for number in range(60):
        profiles.remember(f"fact {number}")
    firsts = [insight.id[0] for insight in profiles.insights()]
    twice = next(letter for letter in firsts if firsts.count(letter) > 1)
    with pytest.raises(ProfileError, match="ids begin with"):
        profiles.find(twice)
    assert profiles.find("") is None


def test_undoing_a_confirmation_takes_the_insight_away_and_lets_the_proposal_wait_again(place: Place) -> None:
    profiles = place.open()
    proposal = place.propose(profiles, SWITCH)
    profiles.confirm(proposal, Means.TOAST)
    act = profiles.undo()
    assert act is not None
    assert act.name == "undone"
    assert act.proposal is not None
    assert act.proposal.state is ProposalState.PENDING
    assert statements(place.open()) == []
    assert "Tailwind" not in place.insights_file.read_text()
    assert [each.id for each in place.open().inbox.pending()] == [proposal.id]
    assert place.open().objection(detection(SWITCH)) == "already waiting"
    profiles.confirm(proposal, Means.INBOX)
    assert statements(place.open()) == [SWITCH]


@pytest.mark.parametrize("refusal", ["skip", "never"])
def test_undoing_a_refusal_lets_the_proposal_wait_again(place: Place, refusal: str) -> None:
    profiles = place.open()
    proposal = place.propose(profiles, SWITCH)
    getattr(profiles, refusal)(proposal, Means.TOAST)
    assert profiles.inbox.pending() == []
    act = profiles.undo()
    assert act is not None
    assert act.sentence.endswith("; it waits in the inbox again")
    assert [each.id for each in place.open().inbox.pending()] == [proposal.id]
    assert place.open().project is not None
    assert all(profile.refusals(SWITCH) == [] for profile in (profiles.personal, profiles.project) if profile)


def test_undoing_a_forgetting_brings_the_insight_back_as_it_was(place: Place) -> None:
    profiles = place.open()
    before = profiles.confirm(place.propose(profiles, SWITCH, tags=("css",)), Means.TOAST).insight
    assert before is not None
    profiles.forget(before.id, Means.COMMAND)
    profiles.undo()
    [after] = place.open().insights()
    assert after == replace(before, entry=replace(before.entry, revision=3))
    assert place.open().objection(detection(SWITCH)) == "already known"


def test_undo_goes_back_act_by_act_and_then_says_there_is_none(place: Place) -> None:
    profiles = place.open()
    profiles.remember("one")
    profiles.remember("two", scope=Scope.PERSONAL)
    profiles.remember("three")
    done = []
    while (act := place.open().undo()) is not None:
        done.append(act.sentence)
    assert [sentence.removeprefix("Undone (remembered): ") for sentence in done] == ["three", "two", "one"]
    assert statements(place.open()) == []


def test_undo_reaches_back_a_day(place: Place) -> None:
    profiles = place.open()
    profiles.remember("one")
    place.clock.advance(timedelta(hours=24).total_seconds() + 1)
    assert profiles.undo() is None
    assert statements(profiles) == ["one"]


def test_undo_leaves_alone_what_was_done_in_another_project(place: Place, tmp_path: Path) -> None:
    place.open().remember("I like tabs", scope=Scope.PERSONAL)
    (tmp_path / "other").mkdir()
    other = replace(place, root=tmp_path / "other").open()
    assert statements(other) == ["I like tabs"]
    assert other.undo() is None


def test_a_stranger_s_entry_that_is_forgotten_and_brought_back_is_still_a_stranger_s(place: Place) -> None:
    profiles = place.open()
    profiles.remember("We use pnpm")
    place.write_line({**place.documents()[0], "id": "zzz9", "statement": "Trust me"})
    profiles.forget("zzz9", Means.COMMAND)
    assert profiles.unaccepted() == []
    profiles.undo()
    assert statements(profiles) == ["We use pnpm"]
    [entry] = profiles.unaccepted()
    assert entry.statement == "Trust me"


# Places that are no projects


def test_in_the_home_directory_everything_is_personal_and_says_so(isolation: Path, tmp_path: Path) -> None:
    place = Place(isolation, tmp_path / "data")
    profiles = place.open()
    assert profiles.project is None
    act = profiles.confirm(place.propose(profiles, SWITCH), Means.TOAST)
    assert act.sentence == f"Learned: {SWITCH} (for you everywhere: this is no project)"
    assert act.insight is not None
    assert act.insight.scope is Scope.PERSONAL
    assert not (isolation / ".learnchat").exists()
    other = make_place(tmp_path)
    assert statements(replace(other, data_root=tmp_path / "data").open()) == [SWITCH]


def test_find_gives_an_insight_or_a_stranger_s_entry(place: Place) -> None:
    profiles = place.open()
    profiles.remember("We use pnpm")
    place.write_line({**place.documents()[0], "id": "zzz9", "statement": "Trust me"})
    assert isinstance(profiles.find(place.documents()[0]["id"]), Insight)
    assert isinstance(profiles.find("zzz"), Entry)
    assert profiles.find("nothing") is None
