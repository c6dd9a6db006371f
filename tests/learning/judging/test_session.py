from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from learnchat.learning.judging.judge import Judgement
from learnchat.learning.judging.reading import DEEP_EVERY, Depth
from learnchat.learning.judging.session import JudgedSession
from learnchat.learning.kinds import Kind
from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.profile.insight import Means
from learnchat.learning.proposal import JUDGE
from learnchat.learning.transcripts.session import Utterance
from support.judging import make_draft
from support.memory import Place, make_place
from support.secret_shapes import made


def said(*texts: str, masked: bool = False) -> list[Utterance]:
    found: list[Utterance] = []
    for number, text in enumerate(texts):
        found.append(Utterance(f"u{number}", "user", text, facts={"masked": masked}))
        found.append(Utterance(f"a{number}", "assistant", f"Reply {number} to that, in some words"))
    return found


def follow(place: Place, profiles: Profiles | None = None, heard: tuple[str, ...] = ()) -> JudgedSession:
    return JudgedSession(
        profiles or place.open(), place.data.judged, "s1", lambda message: message in heard, place.clock
    )


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path)


PNPM = "No, in this project we use pnpm, not npm"
DRAFT = make_draft("The project uses pnpm, not npm", "we use pnpm, not npm")


def test_each_exchange_is_read_once_it_is_complete(place: Place) -> None:
    session = follow(place)
    talk = said(PNPM)

    assert session.due(talk[:1]) == []
    [due] = session.due(talk)

    assert due.reading.depth is Depth.SINGLE
    session.file(due, Judgement([], "m"))
    assert session.due(talk) == []


def test_short_messages_secrets_and_what_detectors_heard_cost_nothing(place: Place) -> None:
    assert follow(place).due(said("go on", "ok")) == []
    assert follow(place).due(said("the password is not to be read here", masked=True)) == []
    assert follow(place, heard=("u0",)).due(said("We switched from Bootstrap to Tailwind")) == []


def test_every_fifth_exchange_the_last_five_are_read_deeply(place: Place) -> None:
    session = follow(place)
    depths = []
    talk = said(*(f"Message number {n} about the parser" for n in range(2 * DEEP_EVERY)))
    for number in range(1, 2 * DEEP_EVERY + 1):
        for due in session.due(talk[: 2 * number]):
            depths.append((number, due.reading.depth))
            session.file(due, Judgement([], "m"))

    assert [number for number, depth in depths if depth is Depth.DEEP] == [5, 10]
    assert sum(depth is Depth.SINGLE for _, depth in depths) == 10


def test_after_a_session_its_end_is_read_deeply_once(place: Place) -> None:
    session = follow(place)
    talk = said("Message one about the parser", "Message two about the parser")
    for due in session.due(talk):
        session.file(due, Judgement([], "m"))

    [due] = session.due(talk, ended=True)

    assert due.reading.depth is Depth.DEEP
    session.file(due, Judgement([], "m"))
    assert follow(place).due(talk, ended=True) == []


def test_a_reading_that_was_not_filed_is_due_again_in_the_next_process(place: Place) -> None:
    [first] = follow(place).due(said(PNPM))

    [again] = follow(place).due(said(PNPM))

    assert again.reading.key == first.reading.key


def test_an_event_becomes_a_proposal_of_the_judge_with_the_users_words(place: Place) -> None:
    profiles = place.open()
    session = follow(place, profiles)
    [due] = session.due(said(PNPM))

    [proposal] = session.file(due, Judgement([DRAFT], "ollama/qwen2.5:3b")).proposals

    assert (proposal.kind, proposal.detector) == (Kind.DECIDED_TO_USE, JUDGE)
    assert proposal.source.quote == "we use pnpm, not npm"
    assert PNPM[proposal.source.start : proposal.source.end] == proposal.source.quote
    assert (proposal.source.session, proposal.source.message) == ("s1", "u0")
    assert proposal.tags == ("tag", "word")
    assert proposal.because == ""
    assert [each.id for each in place.open().inbox.pending()] == [proposal.id]
    assert place.open().insights() == []


def test_what_was_heard_before_or_twice_is_proposed_once(place: Place) -> None:
    session = follow(place)
    [due] = session.due(said(PNPM))
    other = make_draft("This project uses pnpm and not npm", "we use pnpm, not npm")

    filed = session.file(due, Judgement([DRAFT, other], "m"))
    place.open().skip(filed.proposals[0], Means.INBOX)
    later = session.due(said(PNPM, "And as I said: we use pnpm, not npm"))
    again = session.file(later[-1], Judgement([DRAFT], "m"))

    assert [len(filed.proposals), len(again.proposals)] == [1, 0]
    assert [reason for _, reason in again.objections] == ["was heard before in this session"]


def test_what_is_known_refused_or_waiting_is_not_proposed(place: Place) -> None:
    profiles = place.open()
    profiles.remember("The project uses pnpm, not npm")
    session = follow(place, profiles)
    [due] = session.due(said(PNPM))

    assert [reason for _, reason in session.file(due, Judgement([DRAFT], "m")).objections] == ["already known"]


def test_what_was_refused_for_good_stays_refused(place: Place) -> None:
    profiles = place.open()
    profiles.never(place.propose(profiles, "The project uses pnpm, not npm"), Means.INBOX)
    session = follow(place, profiles)
    [due] = session.due(said(PNPM))

    [(_, reason)] = session.file(due, Judgement([DRAFT], "m")).objections

    assert reason.startswith("refused for good")


def test_what_the_user_only_repeats_is_not_learned(place: Place) -> None:
    talk = [
        Utterance("u0", "user", "what should I use for this?"),
        Utterance("a0", "assistant", "You should always use pnpm with the frozen lockfile flag in CI here."),
        Utterance("u1", "user", "use pnpm with the frozen lockfile flag in CI here"),
        Utterance("a1", "assistant", "Good."),
    ]
    session = follow(place)
    deep = session.due(talk, ended=True)[-1]
    draft = make_draft(
        "CI uses pnpm with the frozen lockfile flag", "use pnpm with the frozen lockfile flag in CI here", message=3
    )

    assert [reason for _, reason in session.file(deep, Judgement([draft], "m")).objections] == [
        "repeats what you were told"
    ]


def test_a_secret_never_comes_into_the_inbox(place: Place) -> None:
    key = "".join(("ghp_", made(36)))
    session = follow(place)
    text = f"the deploy key is {key} and it is used by the deploy job"
    [due] = session.due(said(text))

    filed = session.file(due, Judgement([make_draft(f"The deploy key is {key}", text)], "m"))

    assert filed.proposals == ()
    assert not place.data.inbox.exists()


def test_what_an_event_supersedes_is_shown_as_replaced(place: Place) -> None:
    profiles = place.open()
    old = profiles.remember("Releases go out every Tuesday from the main branch").insight
    profiles.remember("The API returns cents")
    assert old is not None
    said_now = "From now on we ship on demand, whenever main is green"
    session = follow(place, profiles)
    [due] = session.due(said(said_now))
    draft = make_draft(
        "We ship on demand, whenever main is green", said_now, supersedes="releases go out every Tuesday"
    )

    [proposal] = session.file(due, Judgement([draft], "m")).proposals

    assert proposal.replaces == old.id


def test_a_failed_save_is_tried_again_and_never_marked_done(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    profiles = place.open()
    session = follow(place, profiles)
    [due] = session.due(said(PNPM))

    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(profiles.inbox, "add", full)
        with pytest.raises(OSError, match="No space"):
            session.file(due, Judgement([DRAFT], "m"))

    [again] = session.due(said(PNPM))
    assert len(session.file(again, Judgement([DRAFT], "m")).proposals) == 1


def test_killed_between_inbox_and_memory_it_is_read_again_and_not_proposed_twice(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    from learnchat.learning.judging.memory import SessionMemory

    session = follow(place)
    [due] = session.due(said(PNPM))

    def killed(*arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(SessionMemory, "note", killed)
        with pytest.raises(KeyboardInterrupt):
            session.file(due, Judgement([DRAFT], "m"))

    session = follow(place)
    [again] = session.due(said(PNPM))
    assert session.file(again, Judgement([DRAFT], "m")).proposals == ()
    assert len(place.open().inbox.pending()) == 1


KILLED = """
import os, signal, sys
from pathlib import Path
from learnchat.learning.judging.judge import Judgement
from learnchat.learning.judging.session import JudgedSession
sys.path.insert(0, sys.argv[3])
from support.judging import make_draft
from support.memory import Place
from learnchat.learning.transcripts.session import Utterance
place = Place(Path(sys.argv[1]), Path(sys.argv[2]))
session = JudgedSession(place.open(), place.data.judged, "s1", lambda message: False, place.clock)
talk = [Utterance("u0", "user", {said!r}), Utterance("a0", "assistant", "Reply 0 to that, in some words")]
[due] = session.due(talk)
judgement = Judgement([make_draft("The project uses pnpm, not npm", "we use pnpm, not npm")], "m")
if {filed!r}:
    session.file(due, judgement)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("filed", [False, True])
def test_killed_between_answer_and_toast_nothing_is_lost_and_nothing_is_asked_twice(place: Place, filed: bool) -> None:
    program = KILLED.format(said=PNPM, filed=filed)
    tests = str(Path(__file__).parents[2])

    done = subprocess.run([sys.executable, "-c", program, str(place.root), str(place.data_root), tests])

    assert done.returncode == -signal.SIGKILL
    session = follow(place)
    for due in session.due(said(PNPM)):
        session.file(due, Judgement([DRAFT], "m"))
    assert [each.statement for each in place.open().inbox.pending()] == ["The project uses pnpm, not npm"]
