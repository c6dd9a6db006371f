from __future__ import annotations

import subprocess
from pathlib import Path

from learnchat.app.attachments.listing import list_files


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")


def test_in_git_it_is_what_is_tracked_and_what_is_new_but_not_what_is_ignored(tmp_path: Path) -> None:
    git(tmp_path, "init")
    write(tmp_path, "tracked.py", "gone.py", "new with space.py", "ignored.log", ".gitignore", "ä/ö.txt")
    (tmp_path / ".gitignore").write_text("*.log\n")
    git(tmp_path, "add", "tracked.py", "gone.py")
    (tmp_path / "gone.py").unlink()

    assert sorted(list_files(tmp_path)) == [".gitignore", "new with space.py", "tracked.py", "ä/ö.txt"]


def test_below_a_folder_names_are_relative_to_it(tmp_path: Path) -> None:
    git(tmp_path, "init")
    write(tmp_path, "src/a.py", "other.py")
    assert list_files(tmp_path / "src") == ["a.py"]


def test_without_git_hidden_folders_and_what_tools_make_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, "a.py", "src/b.py", ".venv/c.py", "node_modules/d.js", "src/__pycache__/e.pyc")
    assert list_files(tmp_path) == ["a.py", "src/b.py"]


def test_a_folder_that_is_not_there_has_none(tmp_path: Path) -> None:
    assert list_files(tmp_path / "nowhere") == []
