from __future__ import annotations

import errno
import json
import os
import stat
from pathlib import Path

import pytest

from learnchat.learning.disk.directory import Directory
from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.profile import folder as folder_module
from learnchat.learning.profile.errors import ProfileError
from learnchat.learning.profile.insight import Means
from learnchat.learning.profile.insights_file import SIZE_LIMIT
from support.memory import Place, make_place

LINKS = pytest.mark.skipif(os.name == "nt", reason="making a link needs a privilege there")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path)


def recalled(profiles: Profiles) -> list[str]:
    return sorted(insight.statement for insight in profiles.insights())


def set_aside(place: Place, why: str = "corrupt") -> list[Path]:
    return sorted((place.root / ".learnchat").glob(f"*.{why}-*"))


# Corrupt files


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: b"", id="emptied"),
        pytest.param(lambda data: data[: len(data) // 2], id="truncated"),
        pytest.param(lambda data: b"\0" * len(data), id="zeroed"),
        pytest.param(lambda data: data.replace(b'"id"', b'"\xff\xfe'), id="overwritten"),
        pytest.param(lambda data: b"[1, 2, 3]", id="another program's"),
    ],
)
def test_a_corrupt_file_is_kept_aside_and_rebuilt_from_the_journal_and_that_is_said(
    place: Place, damage: object
) -> None:
    profiles = place.open()
    for statement in ("We use pnpm", "The API returns cents", "never commit generated files"):
        profiles.remember(statement)
    before, markdown = place.documents(), place.markdown.read_bytes()
    assert callable(damage)
    corrupt = damage(place.insights_file.read_bytes())
    place.insights_file.write_bytes(corrupt)
    profiles = place.open()
    assert place.documents() == before
    assert place.markdown.read_bytes() == markdown
    assert len(profiles.insights()) == 3
    [kept] = set_aside(place)
    assert kept.name == "insights.json.corrupt-20260401T090000Z"
    assert kept.read_bytes() == corrupt
    [notice] = profiles.notices()
    assert "came from your journal" in notice
    assert kept.name in notice
    assert profiles.notices() == []


def test_lines_of_others_that_can_still_be_read_are_kept_too(place: Place) -> None:
    place.open().remember("We use pnpm")
    place.write_line({**place.documents()[0], "id": "zzz9", "statement": "A teammate's"})
    place.change("null]}\n", "")
    profiles = place.open()
    assert {document["statement"] for document in place.documents()} == {"We use pnpm", "A teammate's"}
    assert recalled(profiles) == ["We use pnpm"]


def test_two_corruptions_in_one_second_are_both_kept(place: Place) -> None:
    place.open().remember("We use pnpm")
    for content in (b"one", b"two"):
        place.insights_file.write_bytes(content)
        place.open()
    assert sorted(path.read_bytes() for path in set_aside(place)) == [b"one", b"two"]


def test_a_corrupt_file_of_somebody_else_stays_as_it_is_until_something_is_saved(place: Place) -> None:
    place.insights_file.parent.mkdir()
    place.insights_file.write_bytes(b"half a fi")
    profiles = place.open()
    assert profiles.insights() == []
    assert place.insights_file.read_bytes() == b"half a fi"
    assert any("insights.json" in sentence for sentence in profiles.health())
    profiles.remember("We use pnpm")
    assert recalled(place.open()) == ["We use pnpm"]
    assert [path.read_bytes() for path in set_aside(place)] == [b"half a fi"]


def test_damage_that_appears_while_running_loses_nothing(place: Place) -> None:
    profiles = place.open()
    profiles.remember("We use pnpm")
    place.insights_file.write_bytes(b"")
    assert recalled(profiles) == ["We use pnpm"]
    profiles.remember("We use Vite")
    assert recalled(place.open()) == ["We use Vite", "We use pnpm"]


def test_a_deleted_markdown_is_made_again_and_an_edited_one_kept_aside(place: Place) -> None:
    profiles = place.open()
    profiles.remember("We use pnpm")
    place.markdown.unlink()
    assert any("does not agree" in sentence for sentence in profiles.health())
    profiles.remember("We use Vite")
    edited = place.markdown.read_text() + "\nA note of mine.\n"
    place.markdown.write_text(edited)
    profiles.remember("We use Ruff")
    assert [path.read_text() for path in set_aside(place, "edited")] == [edited]
    assert "We use Ruff" in place.markdown.read_text()
    assert any("was set aside" in sentence for sentence in profiles.health())


def test_a_markdown_that_a_merge_left_is_no_edit(place: Place) -> None:
    profiles = place.open()
    profiles.remember("We use pnpm")
    profiles.remember("We use Vite")
    lines = place.markdown.read_text().splitlines(keepends=True)
    place.markdown.write_text("".join([*lines, *lines[-2:]]))
    profiles.forget(profiles.insights()[0].id, Means.COMMAND)
    assert set_aside(place, "edited") == []


# Files that are not ours to write


def test_a_newer_schema_is_read_and_not_written_and_that_is_said(place: Place) -> None:
    place.open().remember("We use pnpm")
    place.change('"schema":1', '"schema":2')
    before = place.insights_file.read_bytes()
    profiles = place.open()
    assert recalled(profiles) == ["We use pnpm"]
    assert profiles.unwritable is not None
    assert "newer learnchat (schema 2, this one knows 1)" in profiles.unwritable
    with pytest.raises(ProfileError, match="newer learnchat"):
        profiles.remember("We use Vite")
    assert place.insights_file.read_bytes() == before


def test_git_conflict_marks_are_never_overwritten(place: Place) -> None:
    profiles = place.open()
    profiles.remember("We use pnpm")
    place.change("\nnull]}", "\n<<<<<<< HEAD\n=======\n>>>>>>> other\nnull]}")
    before = place.insights_file.read_bytes()
    other = place.open()
    assert other.unwritable is not None
    assert "conflict marks" in other.unwritable
    assert recalled(other) == ["We use pnpm"]
    act = profiles.remember("We use Vite")
    assert "not yet in the file" in act.sentence
    assert place.insights_file.read_bytes() == before
    assert set_aside(place) == []
    place.change("<<<<<<< HEAD\n=======\n>>>>>>> other\n", "")
    assert recalled(place.open()) == ["We use Vite", "We use pnpm"]
    assert len(place.documents()) == 2


@LINKS
@pytest.mark.parametrize("name", ["", "insights.json", "LEARNED_INSIGHTS.md", ".lock"])
def test_a_symbolic_link_is_refused_and_its_target_neither_read_nor_written(
    place: Place, tmp_path: Path, name: str
) -> None:
    place.open().remember("We use pnpm")
    outside = tmp_path / "outside"
    inside = place.root / ".learnchat" / name
    inside.rename(outside)
    inside.symlink_to(outside)
    before = outside.read_bytes() if outside.is_file() else (outside / "insights.json").read_bytes()
    profiles = place.open()
    assert profiles.unwritable is not None
    assert "symbolic link" in profiles.unwritable
    assert profiles.insights() == []
    with pytest.raises(ProfileError, match="symbolic link"):
        profiles.remember("We use Vite")
    after = outside.read_bytes() if outside.is_file() else (outside / "insights.json").read_bytes()
    assert after == before


def test_a_file_in_the_place_of_the_folder_is_refused(place: Place) -> None:
    (place.root / ".learnchat").write_text("mine")
    profiles = place.open()
    with pytest.raises(ProfileError, match="is no folder"):
        profiles.remember("We use pnpm")
    assert (place.root / ".learnchat").read_text() == "mine"


def test_a_file_beyond_all_measure_is_not_read(place: Place) -> None:
    place.open().remember("We use pnpm")
    os.truncate(place.insights_file, SIZE_LIMIT + 1)
    profiles = place.open()
    assert profiles.insights() == []
    assert profiles.unwritable is not None
    assert "larger than 16 MB" in profiles.unwritable


# A place that can't be written


def forbid(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    access = os.access

    def refuse(path: Path, mode: int) -> bool:
        return False if Path(path) == folder else access(path, mode)

    monkeypatch.setattr(folder_module.os, "access", refuse)


def test_known_unwritable_at_the_opening_nothing_is_taken_on_and_the_reason_is_one_line(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    forbid(monkeypatch, place.root)
    profiles = place.open()
    assert profiles.unwritable == f"{place.root} can't be written: it is read-only or belongs to somebody else"
    proposal = place.propose(profiles, "We use pnpm")
    with pytest.raises(ProfileError, match="can't be written"):
        profiles.confirm(proposal, Means.TOAST)
    with pytest.raises(ProfileError, match="can't be written"):
        profiles.remember("We use Vite")
    assert [each.id for each in profiles.inbox.pending()] == [proposal.id]
    monkeypatch.undo()
    assert profiles.unwritable is None
    profiles.confirm(proposal, Means.TOAST)
    assert recalled(profiles) == ["We use pnpm"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_known_unwritable(place: Place) -> None:
    place.root.chmod(stat.S_IRUSR | stat.S_IXUSR)
    assert place.open().unwritable is not None
    place.root.chmod(stat.S_IRWXU)


def full_disk(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    replace = Directory.replace

    def fail(self: Directory, name: str, *arguments: object) -> None:
        if folder in self.path.parents:
            raise OSError(errno.ENOSPC, "No space left on device")
        replace(self, name, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Directory, "replace", fail)


def test_what_was_confirmed_on_a_full_disk_stays_in_the_journal_and_is_written_when_it_can_be(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    profiles = place.open()
    full_disk(monkeypatch, place.root)
    act = profiles.confirm(place.propose(profiles, "We use pnpm"), Means.TOAST)
    assert act.sentence == (
        "Learned: We use pnpm. It is in the journal and not yet in the file: no space left on device"
    )
    assert profiles.unwritable == "no space left on device"
    assert recalled(profiles) == recalled(place.open()) == ["We use pnpm"]
    assert any("not yet in" in sentence for sentence in profiles.health())
    profiles.remember("We use Vite")
    monkeypatch.undo()
    assert recalled(place.open()) == ["We use Vite", "We use pnpm"]
    assert len(place.documents()) == 2
    assert place.open().health() == []


def test_a_running_window_tries_again_after_a_while(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    profiles = place.open()
    full_disk(monkeypatch, place.root)
    profiles.remember("We use pnpm")
    monkeypatch.undo()
    profiles.insights()
    assert not place.insights_file.exists()
    place.clock.advance(30)
    profiles.insights()
    assert len(place.documents()) == 1
    assert profiles.unwritable is None


def test_where_the_journal_cannot_be_written_nothing_is_said_to_be_learned(place: Place) -> None:
    profiles = place.open()
    proposal = place.propose(profiles, "We use pnpm")
    place.data.journal.mkdir()
    with pytest.raises(ProfileError, match="Nothing was saved"):
        profiles.confirm(proposal, Means.TOAST)
    place.data.journal.rmdir()
    assert place.open().insights() == []
    assert [each.id for each in place.open().inbox.pending()] == [proposal.id]


def test_a_data_directory_that_cannot_be_made_is_known_at_the_opening(place: Place) -> None:
    place.data_root.write_text("a file where the directory should be")
    profiles = place.open()
    assert profiles.unwritable is not None
    assert profiles.insights() == []
    with pytest.raises(ProfileError):
        profiles.remember("We use pnpm")


# What the files look like from outside


def test_the_same_acts_give_the_same_bytes_but_for_random_ids(place: Place) -> None:
    place.open().remember("Größe 🎈\u2028zählt")
    data = place.insights_file.read_bytes()
    assert b"\r" not in data
    assert data.decode("utf-8").endswith("\nnull]}\n")
    assert b"\\u" not in data
    assert json.loads(data)["documents"][-1] is None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_the_users_data_is_the_users_alone_and_the_projects_folder_is_not(place: Place) -> None:
    profiles = place.open()
    profiles.confirm(place.propose(profiles, "We use pnpm"), Means.TOAST)
    profiles.never(place.propose(profiles, "We use Vite"), Means.TOAST)
    profiles.remember("I like tabs", scope=profiles.personal.scope)
    for path in [place.data_root, *place.data_root.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
    assert stat.S_IMODE(place.insights_file.stat().st_mode) & 0o044 == 0o044 & ~current_umask()


def current_umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_unknown_fields_and_documents_of_others_are_kept_as_they_are(place: Place) -> None:
    profiles = place.open()
    profiles.remember("We use pnpm")
    foreign = {"id": "zzz8", "revision": 3, "kind": "prophecy", "statement": "?", "extra": [1, {"a": None}]}
    place.write_line(foreign)
    profiles.remember("We use Vite")
    assert foreign in place.documents()
    assert any("1 documents that are no insights" in sentence for sentence in profiles.health())


def test_the_profile_ids_seen_are_noted_with_the_path(place: Place) -> None:
    place.open().remember("We use pnpm")
    notes = json.loads(place.data.project_file.read_text())
    [profile_id] = notes["profiles"]
    assert notes["path"] == str(place.root)
    assert f'"profile":"{profile_id}"' in place.insights_file.read_text()


def test_a_list_that_is_looked_at_stays_what_it_was_when_another_one_takes_its_place(place: Place) -> None:
    one, other = place.open(), place.open()
    one.remember("We use pnpm")
    before = one.insights()
    other.remember("The API returns cents")
    assert recalled(one) == ["The API returns cents", "We use pnpm"]
    assert [insight.statement for insight in before] == ["We use pnpm"]


@pytest.mark.parametrize("way", ["forget", "edit", "by hand"])
@pytest.mark.parametrize("least", [1, 300])
def test_so_it_does_when_what_is_on_it_is_taken_away(
    place: Place, monkeypatch: pytest.MonkeyPatch, way: str, least: int
) -> None:
    monkeypatch.setattr("learnchat.learning.profile.seal.LEAST_INSIGHTS", least)
    for statement in ("We use pnpm", "The API returns cents"):
        place.open().remember(statement)
    assert len(list(place.open().insights())) == 2
    one, other = place.open(), place.open()
    before = one.insights()
    name = before.ids()[0]
    if way == "forget":
        other.forget(name, Means.COMMAND)
    elif way == "edit":
        other.edit(name, Means.COMMAND, because="they said so")
    else:
        lines = place.insights_file.read_text().splitlines(keepends=True)
        place.insights_file.write_text("".join(line for line in lines if name not in line))
    assert len(list(one.insights())) == (2 if way == "edit" else 1)
    assert sorted(insight.statement for insight in before) == ["The API returns cents", "We use pnpm"]
    assert [insight.entry.because for insight in before] == ["", ""]


def test_two_windows_see_each_other_s_insights_at_once(place: Place) -> None:
    one, other = place.open(), place.open()
    one.remember("We use pnpm")
    assert recalled(other) == ["We use pnpm"]
    other.remember("We use Vite")
    one.forget(one.insights()[-1].id, Means.COMMAND)
    assert recalled(one) == recalled(other)
    assert len(recalled(one)) == 1
