from __future__ import annotations

from pathlib import Path

import pytest

from learnchat.learning.kinds import Scope
from learnchat.learning.transfer.marked_block import BEGIN, END
from support.commands import CommandLine
from support.memory import git

EXPORT = ("insights", "export", "--to", "AGENTS.md")


@pytest.fixture
def known(learnchat: CommandLine) -> None:
    learnchat.profiles().remember("We use pnpm, not npm")
    learnchat.profiles().remember("I prefer short answers", scope=Scope.PERSONAL)


def test_the_block_is_kept_in_step_and_the_rest_left_alone(learnchat: CommandLine, shop: Path, known: None) -> None:
    file = shop / "AGENTS.md"
    file.write_bytes(b"# Ours\r\n- Be kind\xe2\x80\xa6")
    assert learnchat(*EXPORT).out == "AGENTS.md: 1 insight in learnchat's block.\n"
    data = file.read_bytes()
    assert data.startswith(b"# Ours\r\n- Be kind\xe2\x80\xa6\r\n")
    assert b"- We use pnpm, not npm\r\n" in data
    assert b"short answers" not in data
    status = file.stat().st_mtime_ns
    assert learnchat(*EXPORT).out == "AGENTS.md: in step already.\n"
    assert file.stat().st_mtime_ns == status
    insight = learnchat("insights", "--json").json[0]
    learnchat("insights", "forget", insight["id"])
    learnchat(*EXPORT)
    assert b"pnpm" not in file.read_bytes()
    assert b"Nothing yet." in file.read_bytes()


def test_several_files_are_made_where_they_are_missing(learnchat: CommandLine, shop: Path, known: None) -> None:
    names = ("CLAUDE.md", "GEMINI.md", ".github/copilot-instructions.md")
    assert learnchat("insights", "export", *(part for name in names for part in ("--to", name))).code == 0
    assert [(shop / name).read_text().startswith(BEGIN) for name in names] == [True] * 3
    assert [path.name for path in shop.iterdir() if path.name.endswith(".tmp")] == []


def test_where_nothing_is_known_no_file_is_made(learnchat: CommandLine, shop: Path) -> None:
    assert "not a byte" in learnchat(*EXPORT).out
    assert not (shop / "AGENTS.md").exists()
    assert learnchat(*EXPORT, "--check").code == 0


def test_check_writes_nothing_and_says_what_differs(learnchat: CommandLine, shop: Path, known: None) -> None:
    missing = learnchat(*EXPORT, "--check")
    assert (missing.code, (shop / "AGENTS.md").exists()) == (1, False)
    assert "  + - We use pnpm, not npm" in missing.lines
    learnchat(*EXPORT)
    assert learnchat(*EXPORT, "--check").code == 0
    file = shop / "AGENTS.md"
    file.write_text("mine\n" + file.read_text().replace("pnpm", "yarn"))
    changed = learnchat(*EXPORT, "--check")
    assert changed.code == 1
    assert [line for line in changed.lines if line.startswith("  ")] == [
        "  - - We use yarn, not npm",
        "  + - We use pnpm, not npm",
    ]
    assert "yarn" in file.read_text()


def test_check_reads_the_folder_where_nobody_has_accepted_anything(
    learnchat: CommandLine, shop: Path, known: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    learnchat(*EXPORT)
    monkeypatch.setenv("LEARNCHAT_DATA_DIR", str(tmp_path / "another-machine"))
    assert learnchat("insights", "--json").json == []
    assert learnchat(*EXPORT, "--check").code == 0
    # What nobody here said yes to is written into no file that a model reads.
    learnchat(*EXPORT)
    assert "pnpm" not in (shop / "AGENTS.md").read_text()
    assert "1 in the folder without a yes" in learnchat(*EXPORT, "--check").out


def test_a_link_within_the_project_stays_one_and_others_are_refused(
    learnchat: CommandLine, shop: Path, known: None, tmp_path: Path
) -> None:
    (shop / "CLAUDE.md").symlink_to("AGENTS.md")
    (shop / "AGENTS.md").write_text("ours\n")
    assert learnchat("insights", "export", "--to", "CLAUDE.md").code == 0
    assert (shop / "CLAUDE.md").readlink() == Path("AGENTS.md")
    assert (shop / "AGENTS.md").read_text().startswith("ours\n")
    outside = tmp_path / "secret.md"
    outside.write_text("theirs\n")
    (shop / "GEMINI.md").symlink_to(outside)
    (shop / ".github").symlink_to(tmp_path)
    for name in ("GEMINI.md", ".github/copilot-instructions.md"):
        result = learnchat("insights", "export", "--to", name)
        assert (result.code, "is a link out of the project" in result.err) == (1, True)
    assert outside.read_text() == "theirs\n"
    assert not (tmp_path / "copilot-instructions.md").exists()


def test_odd_markers_and_odd_files_are_refused_in_words(learnchat: CommandLine, shop: Path, known: None) -> None:
    file = shop / "AGENTS.md"
    for data, words in (
        (f"{BEGIN}\nx\n".encode(), "begins in line 1 and does not end"),
        (f"{BEGIN}\n{END}\n{BEGIN}\n{END}\n".encode(), "two blocks"),
        ("café".encode("utf-16"), "no UTF-8 text"),
    ):
        file.write_bytes(data)
        for result in (learnchat(*EXPORT), learnchat(*EXPORT, "--check")):
            assert (result.code, words in result.err) == (1, True), result.err
        assert file.read_bytes() == data
    file.unlink()
    file.mkdir()
    assert "is no file" in learnchat(*EXPORT).err


def test_other_names_and_options_that_say_nothing_are_refused(learnchat: CommandLine, shop: Path) -> None:
    assert learnchat("insights", "export", "--to", "../AGENTS.md").code == 2
    assert learnchat("insights", "export", "--check").code == 1
    assert learnchat(*EXPORT, "--output", "x.md").code == 1


def test_a_linked_work_tree_has_files_of_its_own(learnchat: CommandLine, shop: Path, tmp_path: Path) -> None:
    git(shop, "init", "-q")
    git(shop, "commit", "-q", "--allow-empty", "-m", "first")
    git(shop, "worktree", "add", "-q", str(tmp_path / "feature"))
    learnchat.profiles().remember("We use pnpm, not npm")
    learnchat(*EXPORT, "--project", str(tmp_path / "feature"))
    assert "pnpm" in (tmp_path / "feature" / "AGENTS.md").read_text()
    assert not (shop / "AGENTS.md").exists()


def test_where_there_is_no_project_there_is_no_such_file(learnchat: CommandLine, isolation: Path) -> None:
    result = learnchat(*EXPORT, "--project", str(isolation))
    assert (result.code, "is no project" in result.err) == (1, True)


def test_an_import_skips_the_block(learnchat: CommandLine, shop: Path, known: None) -> None:
    file = shop / "AGENTS.md"
    file.write_text("- The tests need Redis\n")
    learnchat(*EXPORT)
    learnchat("insights", "forget", learnchat("insights", "--json").json[0]["id"])
    assert "1 statement waits" in learnchat("insights", "import", "AGENTS.md").out
    assert [each["statement"] for each in learnchat("inbox", "--json").json] == ["The tests need Redis"]
    file.write_text(f"- One more thing is here\n{BEGIN}\n")
    odd = learnchat("insights", "import", "AGENTS.md")
    assert (odd.code, "does not end" in odd.err) == (1, True)
