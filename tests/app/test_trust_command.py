from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from learnchat.learning.profile.insight import Means
from support.chat import open_chat
from support.commands import CommandLine
from support.hostile import ZOO, harm
from support.memory import Place, git

PNPM = "We use pnpm, not npm"
CENTS = "The API returns cents, not dollars"


@pytest.fixture
def known(learnchat: CommandLine) -> CommandLine:
    """The shop, with two insights."""
    for statement in (PNPM, CENTS):
        assert learnchat("remember", statement).code == 0
    return learnchat


def recalled(learnchat: CommandLine) -> set[str]:
    return {insight["statement"] for insight in learnchat("insights", "--json").json}


def another_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LEARNCHAT_DATA_DIR", str(tmp_path / "another machine"))


def id_of(learnchat: CommandLine, statement: str) -> str:
    return next(each["id"] for each in learnchat("insights", "--json").json if each["statement"] == statement)


# Moved, copied, cloned


def test_what_was_moved_keeps_its_trust_its_history_and_its_refusals(known: CommandLine, shop: Path) -> None:
    known("insights", "forget", id_of(known, CENTS))
    moved = shop.rename(shop.with_name("store"))
    known.directory = moved
    assert recalled(known) == set()
    assert str(shop) in known("trust").out
    assert "taken over" in known("trust", "moved").out
    assert recalled(known) == {PNPM}
    assert [insight.decision.means for insight in known.profiles().insights()] == [Means.REMEMBER]
    assert known("undo").code == 0
    assert recalled(known) == {PNPM, CENTS}
    assert known("trust", "moved").code == 1


def test_what_was_put_away_of_the_inbox_is_moved_too(known: CommandLine, shop: Path, tmp_path: Path) -> None:
    old = known.profiles().inbox.older
    old.add([proposal := Place(shop, tmp_path).proposal("Deploys run at night")])
    known.directory = shop.rename(shop.with_name("store"))

    assert "taken over" in known("trust", "moved").out

    assert known.profiles().inbox.older.get(proposal.id) == old.get(proposal.id) is not None


def test_refusals_are_taken_over_beside_those_that_are_there(known: CommandLine, shop: Path, tmp_path: Path) -> None:
    known("insights", "forget", id_of(known, CENTS))
    known.directory = shop.rename(shop.with_name("store"))
    profiles = known.profiles()
    profiles.never(Place(known.directory, tmp_path).proposal("Deploys run at night"), Means.TOAST)
    assert "taken over" in known("trust", "moved").out
    project = known.profiles().project
    assert project is not None
    assert [len(project.refusals(each)) for each in (CENTS, "Deploys run at night", PNPM)] == [1, 1, 0]


@pytest.mark.parametrize("answer", ["copied", "cloned"])
def test_a_copy_takes_nothing_over_and_is_asked_about_once(known: CommandLine, shop: Path, answer: str) -> None:
    copy = shop.with_name("copy")
    shutil.copytree(shop, copy)
    known.directory = copy
    assert known("trust", "--json").json["known_at"] == str(shop)
    refused = known("trust", "moved")
    assert refused.code == 1
    assert "still lies in" in refused.err
    assert "Nothing is taken over" in known("trust", answer).out
    assert recalled(known) == set()
    assert known("trust", "--json").json == {
        "profile": str(copy / ".learnchat"),
        "trusted": 0,
        "waiting": 2,
        "known_at": None,
    }


def test_a_clone_is_known_from_where_it_was_cloned(known: CommandLine, shop: Path) -> None:
    git(shop, "init", "-q")
    git(shop, "add", ".learnchat")
    git(shop, "commit", "-qm", "learned")
    git(shop.parent, "clone", "-q", str(shop), "clone")
    known.directory = shop.parent / "clone"
    assert known("trust", "--json").json["known_at"] == str(shop)
    assert recalled(known) == set()


def test_a_linked_work_tree_is_the_same_project_and_nothing_is_asked(learnchat: CommandLine, shop: Path) -> None:
    git(shop, "init", "-q")
    git(shop, "commit", "-q", "--allow-empty", "-m", "first")
    learnchat("remember", PNPM)
    git(shop, "worktree", "add", "-q", str(shop.with_name("linked")))
    learnchat.directory = shop.with_name("linked")
    assert learnchat("trust", "--json").json["known_at"] is None
    assert recalled(learnchat) == {PNPM}


def test_a_project_that_is_new_has_nothing_to_answer(learnchat: CommandLine) -> None:
    assert learnchat("trust", "moved").code == 1
    assert learnchat("trust", "--json").json["known_at"] is None


@pytest.mark.parametrize(
    ("key", "said", "known_then"),
    [("ctrl+y", "Moved from", 1), ("ctrl+n", "Noted: copied", 0), ("ctrl+g", "Noted: cloned", 0)],
)
async def test_the_chat_asks_once(tmp_path: Path, key: str, said: str, known_then: int) -> None:
    project = tmp_path / "shop"
    project.mkdir()
    async with open_chat(project) as chat:
        await chat.send(f"/remember {PNPM}")
        await chat.until(lambda: len(chat.insights()) == 1)
    moved = project.rename(tmp_path / "store")
    async with open_chat(moved) as chat:
        chat.clock.advance(0.7)
        await chat.until(lambda: chat.app.chat.asker.shown, "the question")
        assert str(project) in chat.toast_text
        chat.clock.advance(0.5)
        await chat.pilot.press(key)
        await chat.until(lambda: said in chat.said)
        insights = await chat.app.engine.call(lambda parts: len(parts.profiles.insights()))
        assert insights == known_then
    async with open_chat(moved) as chat:
        assert not chat.app.chat.asker.busy


# Between machines


def test_decisions_are_carried_to_another_machine(
    known: CommandLine, shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "trust.json"
    assert "2 decisions written" in known("trust", "export", str(file)).out
    assert PNPM not in json.dumps(json.loads(file.read_text())["marks"])
    another_machine(monkeypatch, tmp_path)
    assert recalled(known) == set()
    assert "2 decisions taken over, 2 of them on what stands here now." in known("trust", "import", str(file)).out
    assert recalled(known) == {PNPM, CENTS}
    assert {insight.decision.means for insight in known.profiles().insights()} == {Means.REMEMBER}
    assert "2 known already" in known("trust", "import", str(file)).out
    assert known("undo").code == 0
    assert recalled(known) == set()


def test_an_import_trusts_no_wording_but_the_one_that_was_accepted(
    known: CommandLine, shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "trust.json"
    known("trust", "export", str(file))
    another_machine(monkeypatch, tmp_path)
    insights = shop / ".learnchat" / "insights.json"
    insights.write_text(insights.read_text().replace("not npm", "never npm"))
    assert "1 of them on what stands here now" in known("trust", "import", str(file)).out
    assert recalled(known) == {CENTS}


def test_an_import_leaves_what_was_taken_back_here(known: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "trust.json"
    known("trust", "export", str(file))
    known("insights", "forget", known("insights", "--json").json[0]["id"])
    assert "1 left out, for you took them back here" in known("trust", "import", str(file)).out
    assert len(recalled(known)) == 1


def test_a_file_about_another_profile_is_refused(known: CommandLine, shop: Path, tmp_path: Path) -> None:
    file = tmp_path / "trust.json"
    known("trust", "export", str(file))
    other = shop.with_name("other")
    other.mkdir()
    known.directory = other
    known("remember", "Deploys run at night")
    refused = known("trust", "import", str(file))
    assert refused.code == 1
    assert "another profile" in refused.err


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"learnchat":"trust"}', '{"learnchat":"trust","marks":[],"format":1}', "[" * 10_000, "\x00"],
)
def test_a_file_that_is_none_is_refused_in_a_sentence(known: CommandLine, tmp_path: Path, content: str) -> None:
    file = tmp_path / "bad\x1b[31m.json"
    file.write_text(content)
    refused = known("trust", "import", str(file))
    assert (refused.code, harm(refused.err)) == (1, [])
    assert "is no file that `learnchat trust export` wrote" in refused.err


def test_a_newer_file_and_a_missing_one_are_named(known: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "new.json"
    file.write_text('{"learnchat":"trust","format":99,"marks":{}}')
    assert "newer learnchat" in known("trust", "import", str(file)).err
    assert "can't be read" in known("trust", "import", str(tmp_path / "none.json")).err


def test_hostile_marks_and_decisions_change_nothing(
    known: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "trust.json"
    known("trust", "export", str(file))
    content = json.loads(file.read_text())
    good = next(iter(content["marks"].values()))
    content["marks"] = {each.text.encode("utf-8", "ignore").decode(): good for each in ZOO} | {
        "a1": None,
        "a2": {},
        "a3": {**good, "hash": "short"},
        "a4": {**good, "decision": "../../x"},
        "a5": {**good, "at": "soon"},
        "a6": 5,
    }
    content["decisions"] += [5, None, {}, {**content["decisions"][0], "id": "../x", "documents": [{"id": "x"}]}]
    file.write_text(json.dumps(content))
    another_machine(monkeypatch, tmp_path)
    result = known("trust", "import", str(file))
    assert (result.code, harm(result.out)) == (0, [])
    assert recalled(known) == set()
