from __future__ import annotations

import sys
from pathlib import Path

import pytest

from learnchat.app.editor import edit, editor_command


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    script = tmp_path / "an editor.py"

    def make(body: str) -> dict[str, str]:
        script.write_text("import sys\nfrom pathlib import Path\nfile = Path(sys.argv[-1])\n" + body)
        return {"EDITOR": f'"{sys.executable}" "{script}" --wait'}

    return make


def left(folder: Path) -> list[Path]:
    return list(folder.glob("learnchat-*"))


def test_visual_goes_before_editor_and_may_have_options() -> None:
    assert editor_command({"VISUAL": "code --wait", "EDITOR": "vi"}) == ["code", "--wait"]
    assert editor_command({"VISUAL": " ", "EDITOR": "vi"}) == ["vi"]


def test_what_is_written_comes_back_and_the_file_is_gone(editor, tmp_path: Path) -> None:
    environment = editor("file.write_text(file.read_text() + 'and more\\n')")
    assert edit("a draft", environment).text == "a draft\nand more"
    assert left(tmp_path) == []


def test_an_editor_that_is_not_there_changes_nothing(tmp_path: Path) -> None:
    edited = edit("a draft", {"EDITOR": "/no/such/editor"})
    assert edited.text is None
    assert edited.trouble == "/no/such/editor could not be started: No such file or directory."


def test_an_editor_that_refuses_changes_nothing(editor, tmp_path: Path) -> None:
    edited = edit("a draft", editor("sys.exit(1)"))
    assert edited.text is None
    assert "ended with 1: the message is as it was" in edited.trouble
    assert left(tmp_path) == []


def test_what_a_failing_editor_wrote_is_kept_and_named(editor, tmp_path: Path) -> None:
    edited = edit("a draft", editor("file.write_text('half'); sys.exit(3)"))
    [file] = left(tmp_path)
    assert edited.text is None
    assert str(file) in edited.trouble
    assert file.read_text() == "half"


def test_what_can_not_be_read_is_kept_and_named(editor, tmp_path: Path) -> None:
    edited = edit("a draft", editor("file.write_bytes(b'\\xff\\xfe\\xfa')"))
    [file] = left(tmp_path)
    assert edited.text is None
    assert str(file) in edited.trouble


def test_others_can_not_read_the_draft(editor, tmp_path: Path) -> None:
    seen = tmp_path / "mode"
    edit("a draft", editor(f"Path({str(seen)!r}).write_text(oct(file.stat().st_mode & 0o777))"))
    assert seen.read_text() == "0o600"
