from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from learnchat.app.locations import Locations
from learnchat.learning.kinds import Kind
from learnchat.learning.profile.insight import Means
from support.commands import CommandLine
from support.proposals import make_proposal


@pytest.fixture
def answered(learnchat: CommandLine) -> CommandLine:
    """A shop in which two switches were refused and one confirmed, and one preference still waits."""
    profiles = learnchat.profiles()
    proposals = [
        make_proposal(f"We moved to tool {word}", id=f"p{word}", kind=Kind.SWITCHING, detector="switching")
        for word in ("ant", "bee", "cat")
    ]
    waits = make_proposal("Never commit dogs", id="pdog", kind=Kind.PREFERENCE, detector="elsewhere")
    profiles.add([*proposals, waits])
    for proposal in [*proposals[:2], waits]:
        profiles.inbox.mark_asked(proposal.id)
    profiles.skip(proposals[0], Means.TOAST)
    profiles.never(proposals[1], Means.TOAST)
    profiles.confirm(proposals[2], Means.INBOX)
    return learnchat


def row(rows: list[dict[str, Any]], detector: str | None, kind: str) -> dict[str, Any]:
    (found,) = [each for each in rows if (each["detector"], each["kind"]) == (detector, kind)]
    return found


def test_every_kind_is_listed_once_at_least(learnchat: CommandLine) -> None:
    rows = learnchat("detectors", "--json").json
    assert {each["kind"] for each in rows} >= {kind.value for kind in Kind}
    assert row(rows, "switching", "switching")["state"] == "on"


def test_what_came_of_each_detector_is_counted(answered: CommandLine) -> None:
    rows = answered("detectors", "--json").json
    switching = row(rows, "switching", "switching")
    assert (switching["asked"], switching["confirmed"], switching["refused"]) == (2, 1, 2)
    assert switching["offset"] == switching["offset_here"] < 0
    assert row(rows, "elsewhere", "preference") | {"offset": 0, "offset_here": 0} == {
        "detector": "elsewhere",
        "kind": "preference",
        "state": "not installed",
        "asked": 1,
        "confirmed": 0,
        "refused": 0,
        "offset": 0,
        "offset_here": 0,
    }


def test_people_see_a_table_and_pipes_see_lines(answered: CommandLine) -> None:
    assert "switching" in answered.on_terminal("detectors").out
    (line,) = [line for line in answered("detectors").lines if line.startswith("switching\t")]
    assert line.split("\t")[1:6] == ["switching", "on", "2", "1", "2"]


def test_a_detector_is_switched_off_and_on(learnchat: CommandLine) -> None:
    assert learnchat("detectors", "off", "switching").lines == ["switching is off."]
    assert row(learnchat("detectors", "--json").json, "switching", "switching")["state"] == "off"
    assert learnchat("detectors", "off", "switching").lines == ["switching is off, as before."]
    assert learnchat("detectors", "on", "switching").lines == ["switching is on."]
    assert row(learnchat("detectors", "--json").json, "switching", "switching")["state"] == "on"


def test_a_switch_leaves_what_was_written_by_hand(learnchat: CommandLine) -> None:
    configuration = Locations.find().configuration_file
    configuration.parent.mkdir(parents=True)
    text = '# mine\n[detectors]\ndisabled = ["edge_case"]\n'
    configuration.write_text(text)
    learnchat("detectors", "off", "switching")
    assert configuration.read_text() == text
    assert "config.toml" in learnchat("detectors", "on", "edge_case").out
    assert row(learnchat("detectors", "--json").json, "edge_case", "edge_case")["state"] == "off (config.toml)"


def test_a_name_that_is_none_is_answered_with_the_nearest(learnchat: CommandLine) -> None:
    result = learnchat("detectors", "off", "swiching")
    assert result.code == 1
    assert "Did you mean switching?" in result.err


def test_a_kind_is_sent_to_the_inbox_and_asked_about_again(learnchat: CommandLine) -> None:
    assert "to the inbox only" in learnchat("detectors", "inbox", "edge_case").out
    assert row(learnchat("detectors", "--json").json, "edge_case", "edge_case")["state"] == "inbox only"
    assert learnchat("detectors", "ask", "edge_case").lines == ["Edge case: asked about again."]


def test_a_reset_takes_back_what_answers_did_and_nothing_else(answered: CommandLine) -> None:
    answered("detectors", "inbox", "switching")
    assert answered("detectors", "reset", "switching").lines == [
        "Switch: its 3 answers count no longer, in any project. What you confirmed stays."
    ]
    switching = row(answered("detectors", "--json").json, "switching", "switching")
    assert (switching["offset"], switching["confirmed"], switching["state"]) == (0, 1, "on")
    assert len(answered("insights", "--json").json) == 1


def test_tune_finds_in_the_journals_what_the_file_lost(answered: CommandLine) -> None:
    before = answered("tune", "--json").json
    Locations.find().user_data.answers.unlink()
    assert answered("tune", "--json").json == before
    (kind,) = before["kinds"]
    assert (before["answers"], kind["kind"], kind["confirmed"], kind["refused"]) == (3, "switching", 1, 2)
    # By hand: three answers at 90 %, one of them yes, and ten of the prior: (1 + 9) / 13 = 0.769; its log-odds less
    # those of 0.9 are 1.204 - 2.197.
    assert kind["offset"] == pytest.approx(-0.993, abs=0.001)


def test_tune_says_what_an_offset_does(answered: CommandLine, shop: Path) -> None:
    (line,) = answered("tune").lines
    assert line.split("\t") == ["switching", "1", "2", "-0.99", "-0.99", "60%"]
    assert "3 answers count" in answered.on_terminal("tune").out


def test_detect_knows_nothing_of_the_users_answers_and_switches(answered: CommandLine) -> None:
    import io

    from learnchat.app.commands.detect import detect

    def said() -> str:
        out = io.StringIO()
        detect(jsonl=False, explain=False, stdin=io.BytesIO(b"We moved from npm to pnpm"), stdout=out)
        return out.getvalue()

    with_answers = said()
    answered("detectors", "off", "switching")
    answered("detectors", "reset")
    assert '"switching"' in with_answers
    assert said() == with_answers


def test_what_was_skipped_unseen_is_not_counted_as_refused(learnchat: CommandLine) -> None:
    profiles = learnchat.profiles()
    proposal = make_proposal("We moved to tool ant", id="pant", kind=Kind.SWITCHING, detector="switching")
    profiles.add([proposal])
    profiles.skip(proposal, Means.INBOX)
    switching = row(learnchat("detectors", "--json").json, "switching", "switching")
    assert (switching["asked"], switching["refused"], switching["offset"]) == (0, 0, 0)
