from __future__ import annotations

from pathlib import Path

import pytest

from learnchat.app.toml_file import FileTrouble, line_of, read_toml

TEXT = """# a comment
theme = "paper"

[ asking ]  # a table
countdown = 30
"per_hour" = 5

[keys]
"toast.skip" = "f3"
toast.remember = "f2"
[asking.deep]
inner = { a = 1 }
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("key", "line"),
    [
        (("theme",), 2),
        (("asking",), 4),
        (("asking", "countdown"), 5),
        (("asking", "per_hour"), 6),
        (("keys", "toast.skip"), 9),
        (("keys", "toast", "remember"), 10),
        (("asking", "deep"), 11),
        (("asking", "deep", "inner", "a"), 12),
        (("nothing",), None),
        (("recall", "budget"), None),
    ],
)
def test_the_line_of_a_key(file: Path, key: tuple[str, ...], line: int | None) -> None:
    assert line_of(file, key) == line


def test_a_missing_file_has_no_values_and_no_lines(tmp_path: Path) -> None:
    assert read_toml(tmp_path / "nothing.toml") == {}
    assert line_of(tmp_path / "nothing.toml", ("theme",)) is None


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match="no ordinary file"):
        read_toml(tmp_path)
    assert line_of(tmp_path, ("theme",)) is None
