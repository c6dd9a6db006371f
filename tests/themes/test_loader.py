from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from textual.app import App
from textual.widgets import Static

from learnchat.themes.errors import ThemeError
from learnchat.themes.loader import (
    DEFAULT_THEME,
    HERE,
    STYLE_SHEETS,
    VARIABLE_DEFAULTS,
    load_theme,
    load_user_themes,
    read_theme,
    theme_names,
)


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_four_themes_come_with_learnchat_and_the_default_is_first() -> None:
    assert theme_names() == ["night", "contrast", "day", "phosphor"]
    assert theme_names()[0] == DEFAULT_THEME
    assert [load_theme(name).dark for name in theme_names()] == [True, True, False, True]


@pytest.mark.parametrize("name", theme_names())
def test_a_theme_of_ours_gives_every_variable_that_is_ours(name: str) -> None:
    assert not VARIABLE_DEFAULTS.keys() - load_theme(name).variables.keys()


def test_the_default_is_loaded_without_reading_any_other_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    read = []
    original = Path.read_text
    monkeypatch.setattr(Path, "read_text", lambda path, **options: read.append(path) or original(path, **options))
    load_theme("night", tmp_path)
    assert read == [HERE / "night.toml"]


def test_a_person_has_themes_of_their_own(tmp_path: Path) -> None:
    write(tmp_path, "sea", 'primary = "#88c0d0"\n[variables]\nuser-mark = "#ebcb8b"\n')
    write(tmp_path, "a-forest", 'name = "forest"\nprimary = "green"\ndark = false\n')
    assert theme_names(tmp_path)[4:] == ["forest", "sea"]
    sea = load_theme("sea", tmp_path)
    assert (sea.name, sea.variables["user-mark"], sea.variables["toast-border"]) == ("sea", "#ebcb8b", "#88c0d0")
    assert load_theme("forest", tmp_path).dark is False


async def test_a_theme_of_one_line_can_be_drawn_with_all_style_sheets(tmp_path: Path) -> None:
    write(tmp_path, "least", 'primary = "#88c0d0"\n')

    class Least(App[None]):
        CSS_PATH = STYLE_SHEETS

        def get_theme_variable_defaults(self) -> dict[str, str]:
            return VARIABLE_DEFAULTS

    app = Least()
    app.register_theme(load_theme("least", tmp_path))
    app.theme = "least"
    async with app.run_test():
        await app.mount(Static("text"))
        assert app.screen.styles.background.hex == "#141414"


@pytest.mark.parametrize("name", ["textual-dark", "textual-light", "ansi-dark"])
async def test_textuals_own_themes_work_with_our_style_sheets(name: str) -> None:
    class Other(App[None]):
        CSS_PATH = STYLE_SHEETS

        def get_theme_variable_defaults(self) -> dict[str, str]:
            return VARIABLE_DEFAULTS

    app = Other()
    app.theme = name
    async with app.run_test():
        assert app.current_theme.name == name


@pytest.mark.parametrize(
    ("text", "title", "hint"),
    [
        ('primary = "#88c0d0"\naccnt = "#fff"\n', "line 2: accnt: is not a key of a theme.", "Did you mean accent."),
        ('\nprimary = "#88c0dg"\n', "line 2: primary: '#88c0dg' is not a colour.", 'A colour is written "#8fb3e6".'),
        ("primary = 7\n", "line 1: primary: 7 is not a colour.", 'A colour is written "#8fb3e6".'),
        ('primary = "red"\ndark = "yes"\n', "line 2: dark: 'yes' is neither true nor false.", ""),
        ('primary = "red"\ntext_alpha = 3\n', "line 2: text_alpha: 3 is not a number from 0 to 1.", ""),
        ('name = ""\nprimary = "red"\n', "line 1: name: is empty.", ""),
        ('accent = "red"\n', "primary: is missing: every theme names it.", 'For example primary = "#8fb3e6".'),
        (
            'primary = "red"\n[variables]\n\n"toast-bordr" = "red"\n',
            "line 4: toast-bordr: is not a variable of a theme.",
            "Did you mean toast-border.",
        ),
        (
            'primary = "red"\n[variables]\ntext-muted = "gray; }"\n',
            "line 3: text-muted: 'gray; }' is not a colour.",
            'A colour is written "#8fb3e6" or "#8fb3e6 40%".',
        ),
        (
            'primary = "red"\n[variables]\nlink-style = "loud"\n',
            "line 3: link-style: 'loud' is not a text style.",
            'For example "bold underline".',
        ),
        ('primary = "red"\nvariables = 3\n', "line 2: variables: is not a table.", "Write [variables]."),
        ('primary = "red\n', "is not TOML: Illegal character '\\n' (at line 1, column 15).", ""),
    ],
)
def test_what_is_wrong_is_named_with_file_line_and_key(tmp_path: Path, text: str, title: str, hint: str) -> None:
    path = write(tmp_path, "mine", text)
    with pytest.raises(ThemeError) as caught:
        read_theme(path)
    assert caught.value.title in (f"{path}, {title}", f"{path}: {title}")
    assert caught.value.hint == hint
    with pytest.raises(ThemeError) as caught:
        load_theme("mine", tmp_path)
    assert caught.value.path == path


def test_bad_bytes_and_folders_are_named_too(tmp_path: Path) -> None:
    (tmp_path / "bytes.toml").write_bytes(b'primary = "\xff"')
    (tmp_path / "folder.toml").mkdir()
    themes, problems = load_user_themes(tmp_path)
    assert themes == []
    assert [problem.path.name for problem in problems] == ["bytes.toml", "folder.toml"]


def test_a_bad_file_does_not_keep_the_good_ones_out(tmp_path: Path) -> None:
    write(tmp_path, "bad", "primary = 1\n")
    write(tmp_path, "good", 'primary = "#88c0d0"\n')
    themes, problems = load_user_themes(tmp_path)
    assert [theme.name for theme in themes] == ["good"]
    assert [problem.path.stem for problem in problems] == ["bad"]
    assert load_theme("good", tmp_path).name == "good"


@pytest.mark.parametrize("text", ['primary = "red"\n', 'name = "day"\nprimary = "red"\n'])
def test_nobody_shadows_a_theme_of_ours_unsaid(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, "day", text)
    themes, problems = load_user_themes(tmp_path)
    assert themes == []
    assert '"day" is the name of one of learnchat\'s own themes' in problems[0].title
    assert load_theme("day", tmp_path) == read_theme(HERE / "day.toml")
    shutil.move(path, tmp_path / "my-day.toml")
    assert [theme.name for theme in load_user_themes(tmp_path)[0]] == (["my-day"] if "name" not in text else [])


def test_two_themes_of_one_name_are_said(tmp_path: Path) -> None:
    write(tmp_path, "a", 'name = "sea"\nprimary = "red"\n')
    write(tmp_path, "b", 'name = "sea"\nprimary = "blue"\n')
    themes, problems = load_user_themes(tmp_path)
    assert [theme.primary for theme in themes] == ["red"]
    assert problems[0].path.name == "b.toml"


@pytest.mark.parametrize("name", ["no-such", "../night", "", "loader"])
def test_an_unknown_name_is_answered_with_the_known_ones(tmp_path: Path, name: str) -> None:
    with pytest.raises(ThemeError, match="There are night, contrast, day, phosphor"):
        load_theme(name, tmp_path)


def test_a_missing_folder_holds_no_themes(tmp_path: Path) -> None:
    assert load_user_themes(tmp_path / "none") == ([], [])
