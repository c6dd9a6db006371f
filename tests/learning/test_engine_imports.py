from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import pathlib, sys
from learnchat.learning.clock import SystemClock
from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.disk.project import find_project
from learnchat.learning.disk.user_data import UserData
profiles = Profiles.open(find_project(pathlib.Path(sys.argv[1])), UserData(pathlib.Path(sys.argv[2])), SystemClock())
assert profiles.insights() == []
heavy = {"tinydb", "filelock", "asyncio", "snowballstemmer", "rapidfuzz", "textual", "rich", "typer", "pydantic"}
print(sorted(heavy & sys.modules.keys()))
"""


def test_reading_an_empty_profile_imports_nothing_heavy_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "shop"), str(tmp_path / "data")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout == "[]\n"
    assert [path.name for path in tmp_path.rglob("*")] == ["shop"]
