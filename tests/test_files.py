from __future__ import annotations

import asyncio
import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

from learnchat.app.locations import Locations
from learnchat.learning.disk.user_data import ProfileData, UserData
from support.chat import open_chat
from support.commands import CommandLine
from support.memory import git

PAGE = (Path(__file__).parent.parent / "docs" / "FILES.md").read_text(encoding="utf-8")


def documented(heading: str) -> list[str]:
    """The names in the first column of the table below a heading."""
    section = PAGE.partition(f"## {heading}")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (`[^|]*) \|", section, re.MULTILINE)
    return [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]


PROFILE = documented("In the project")
DATA = documented("In the data directory: ")
SHARED = documented("In the data directory itself")
CONFIGURATION = documented("In the configuration directory")


def strange(folder: Path, names: list[str]) -> list[str]:
    """Files in a folder that no name stands for."""
    files = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return [file for file in files if not any(fnmatch(file, name) for name in names)]


@pytest.mark.parametrize(
    ("place", "names"),
    [
        (ProfileData(Path("x")), DATA),
        (UserData(Path("x")), SHARED),
        (Locations(Path("x"), Path("x")), CONFIGURATION),
    ],
    ids=["of a project", "of all projects", "configuration"],
)
def test_every_path_that_has_a_name_in_the_program_is_on_the_page(place: object, names: list[str]) -> None:
    paths = [getattr(place, name) for name, each in vars(type(place)).items() if isinstance(each, property)]
    # Of these there is a table each.
    tables = ("projects", "personal", "profile")
    for path in (each for each in paths if isinstance(each, Path) and each.name not in tables):
        assert any(name == path.name or name.startswith(f"{path.name}/") for name in names), path


async def talk(shop: Path) -> None:
    async with open_chat(shop) as chat:
        await chat.be_asked()
        await chat.pilot.press("ctrl+y")
        await chat.until(lambda: not chat.toast.display)
        await chat.send("what is in @pay.py?")
        await chat.until(lambda: "what is in" in chat.said)
        await chat.type("draft")


def test_a_session_leaves_nothing_behind_that_is_not_on_the_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = tmp_path / "shop"
    shop.mkdir()
    git(shop, "init", "-q")
    (shop / "pay.py").write_text("cents = 1")
    asyncio.run(talk(shop))
    learnchat, locations = CommandLine(capsys, monkeypatch, shop), Locations.find()
    for arguments in (
        *(["remember", "I like tabs", "--personal"], ["remember", "We use pnpm"], ["search", "pay"], ["undo"]),
        *(["share", "on"], ["detectors", "off", "fact"], ["config", "set", "asking.countdown", "60"], ["judge", "off"]),
        ["ask", "-m", "offline", "what do we use for CSS?"],
    ):
        assert learnchat(*arguments).code == 0, arguments
    data = locations.user_data
    [project] = data.projects.iterdir()
    left = {path.name for root in (locations.data, locations.configuration) for path in root.rglob("*")}
    assert {"journal.jsonl", "asks.jsonl", "search.sqlite", "judge.json", "detectors.json"} <= left
    assert strange(shop / ".learnchat", PROFILE) == []
    assert strange(project, DATA) == []
    assert strange(data.personal_profile, PROFILE) == []
    assert strange(data.personal.folder, [*DATA, "profile/*"]) == []
    assert strange(locations.data, [*SHARED, "projects/*", "personal/*"]) == []
    assert strange(locations.configuration, CONFIGURATION) == []
    carried = git(shop, "ls-files", "--others", "--exclude-standard", "--", ".learnchat").split()
    rows = re.findall(r"^\| `([^`]+)` \|.*\| (yes|no) \|$", PAGE, re.MULTILINE)
    assert {Path(each).name for each in carried} == {name for name, git in rows if git == "yes"} - {"config.toml"}
