from __future__ import annotations

from collections.abc import Sequence

import pytest

from learnchat.learning.detection import Detection, Message
from learnchat.learning.hearing.analysis import default_analyser
from learnchat.learning.hearing.watcher import Observation, Watcher
from learnchat.learning.kinds import Kind, Scope
from learnchat.learning.proposal import Proposal, ProposalState, Source
from support.clock import FakeClock


class Known:
    def __init__(self, **objections: str) -> None:
        self._objections = objections

    def objection(self, detection: Detection) -> str | None:
        return self._objections.get(detection.kind.value)

    def replaces(self, detection: Detection) -> str | None:
        return "old" if "Bootstrap" in detection.statement else None


class Kept:
    def __init__(self) -> None:
        self.proposals: list[Proposal] = []

    def add(self, proposals: Sequence[Proposal]) -> None:
        self.proposals.extend(proposals)


class Full:
    def add(self, proposals: Sequence[Proposal]) -> None:
        raise OSError("no space left on device")


def observe(text: str, known: Known | None = None, kept: Kept | None = None) -> Observation:
    watcher = Watcher(default_analyser(plugins=False), known or Known(), kept or Kept(), FakeClock())
    return watcher.observe(Message(text, id="m1", session="s1"))


def test_a_proposal_is_in_the_store_when_it_is_made() -> None:
    kept = Kept()
    text = "Morning! We moved from npm to pnpm."
    observation = observe(text, kept=kept)
    (proposal,) = observation.proposals
    assert kept.proposals == [proposal]
    assert proposal.statement == "We moved from npm to pnpm"
    assert proposal.source == Source("We moved from npm to pnpm", "s1", "m1", 9, 34)
    assert (proposal.kind, proposal.detector) == (Kind.SWITCHING, "switching")
    assert proposal.confidence == observation.analysis.confidence
    assert proposal.created == FakeClock().now()
    assert proposal.state is ProposalState.PENDING
    assert proposal.tags == ("npm", "pnpm")


def test_the_best_comes_first() -> None:
    observation = observe("Avoid MongoDB. We moved from npm to pnpm. Watch out for timezones.")
    assert {one.kind for one in observation.proposals} == {Kind.SWITCHING, Kind.EDGE_CASE, Kind.REJECTED_IDEA}
    confidences = [one.confidence for one in observation.proposals]
    assert confidences == sorted(confidences, reverse=True)
    assert observation.proposals[0].kind is Kind.SWITCHING


def test_one_sentence_is_asked_about_once() -> None:
    observation = observe("We use ruff instead of flake8")
    assert len(observation.analysis.detections) == 2
    assert [one.kind for one in observation.proposals] == [Kind.SWITCHING]


def test_an_objection_is_kept_as_a_remark() -> None:
    kept = Kept()
    observation = observe("We moved from npm to pnpm", Known(switching="already known"), kept)
    assert observation.proposals == ()
    assert kept.proposals == []
    assert [(remark.quote, remark.reason) for remark in observation.remarks] == [
        ("We moved from npm to pnpm", "already known")
    ]


def test_nothing_is_proposed_beside_a_secret() -> None:
    observation = observe("We moved from npm to pnpm, key sk-ant-" + "a1B2" * 9)
    assert observation.proposals == ()
    assert ("", "stands beside a secret") in [(remark.quote, remark.reason) for remark in observation.remarks]


def test_a_store_that_is_full_is_an_error_and_no_proposal() -> None:
    watcher = Watcher(default_analyser(plugins=False), Known(), Full(), FakeClock())
    with pytest.raises(OSError, match="no space"):
        watcher.observe(Message("We moved from npm to pnpm"))


def test_the_store_is_left_alone_where_there_is_nothing() -> None:
    watcher = Watcher(default_analyser(plugins=False), Known(), Full(), FakeClock())
    assert watcher.observe(Message("hello there")).proposals == ()


def test_a_sentence_about_the_user_is_personal() -> None:
    (proposal,) = observe("In all my projects we use pnpm").proposals
    assert proposal.scope is Scope.PERSONAL


def test_a_best_before_is_read_from_the_whole_sentence() -> None:
    (proposal,) = observe("We use Tailwind for the dashboard until 2026-12-01.").proposals
    assert proposal.expires is not None
    assert (proposal.expires.astimezone().date().isoformat(), proposal.recheck) == ("2026-12-01", False)


def test_what_names_no_day_is_to_be_looked_at_again() -> None:
    (proposal,) = observe("We use Tailwind for the dashboard while v2 is in beta").proposals
    assert proposal.expires is not None
    assert proposal.recheck


def test_what_it_would_replace_goes_along() -> None:
    (proposal,) = observe("We moved from Bootstrap to Tailwind").proposals
    assert proposal.replaces == "old"
    (proposal,) = observe("We moved from npm to pnpm").proposals
    assert proposal.replaces is None


def test_what_the_user_was_told_is_not_learned_when_they_repeat_it() -> None:
    kept = Kept()
    watcher = Watcher(default_analyser(plugins=False), Known(), kept, FakeClock())
    watcher.said("Then it is settled: **we moved from npm to pnpm** for the web client.")
    observation = watcher.observe(Message("ok. We moved from npm to pnpm for the web client"))
    assert observation.proposals == ()
    assert "repeats what you were told" in [remark.reason for remark in observation.remarks]
    assert watcher.observe(Message("We moved from npm to pnpm for the web client and the docs")).proposals


def test_what_is_said_twice_in_a_message_is_asked_once() -> None:
    observation = observe("We moved from npm to pnpm. And again, we moved from npm to pnpm!")
    assert len(observation.proposals) == 1
