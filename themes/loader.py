"""Themes: TOML files, read by the standard library, so that the first paint waits for nothing.

A theme names the fields of Textual's `Theme`; what it leaves out is derived from what it has. Four come with learnchat;
a person's own stand in a folder of theirs. A file that is wrong is named with its key and line, and left out.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from textual.color import Color
from textual.theme import Theme

from learnchat.themes.errors import ThemeError

HERE = Path(__file__).parent
DEFAULT_THEME = "night"
# Where the terminal is light, unless another one is chosen; and the name of that choice.
LIGHT_THEME = "day"
AUTOMATIC = "auto"
STYLE_SHEETS = [HERE / "learnchat.tcss", HERE / "dialogs.tcss"]

# The variables of the style sheets that are learnchat's own. A theme of ours or of a person gets all of them derived;
# these stand in where one of Textual's own themes is chosen, so they have to read on dark and on light.
VARIABLE_DEFAULTS = {
    "user-background": "#808080 12%",
    "user-mark": "#c08a3c",
    "marked": "#808080 30%",
    "toast-background": "#808080",
    "toast-border": "#c08a3c",
    "toast-title": "#c08a3c",
    "toast-key": "#c08a3c",
    "toast-bar": "#c08a3c",
    "toast-bar-spent": "#808080",
}


def theme_names(folder: Path | None = None) -> list[str]:
    """The names of learnchat's themes, the default first, and after them those in a person's folder."""
    own = sorted(path.stem for path in HERE.glob("*.toml"))
    own.sort(key=lambda name: name != DEFAULT_THEME)
    if folder is None:
        return own
    return own + [theme.name for theme in load_user_themes(folder)[0]]


def is_shipped(name: str) -> bool:
    """Whether a theme is one of learnchat's own."""
    return name.isidentifier() and (HERE / f"{name}.toml").is_file()


def load_theme(name: str, folder: Path | None = None) -> Theme:
    """One theme by its name: learnchat's own, else one of the person's folder. Reads no other file than it must.

    Raises:
        ThemeError: there is none of that name, or its file is wrong.
    """
    if is_shipped(name):
        return read_theme(HERE / f"{name}.toml")
    problems: list[ThemeError] = []
    if folder is not None:
        themes, problems = load_user_themes(folder)
        for theme in themes:
            if theme.name == name:
                return theme
    for problem in problems:
        if problem.path is not None and problem.path.stem == name:
            raise problem
    # Only where something is wrong.
    import difflib

    known = theme_names(folder)
    near = difflib.get_close_matches(name, known, n=1)
    meant = f"Did you mean {near[0]}? " if near else ""
    raise ThemeError(None, f"There is no theme “{name}”", hint=f"{meant}There are {', '.join(known)}.")


def load_user_themes(folder: Path) -> tuple[list[Theme], list[ThemeError]]:
    """The themes of a person's folder, by file name, and what is wrong with the files that are left out.

    A theme with the name of one of learnchat's own is left out too and said so, else a change of ours would go unseen.
    """
    themes: dict[str, Theme] = {}
    problems = []
    for path in sorted(folder.glob("*.toml")):
        try:
            theme = read_theme(path)
            if (HERE / f"{theme.name}.toml").is_file():
                raise ThemeError(path, f'"{theme.name}" is the name of one of learnchat\'s own themes', key="name")
            if theme.name in themes:
                raise ThemeError(path, f'"{theme.name}" is the name of another theme of yours', key="name")
        except ThemeError as problem:
            problems.append(problem)
        else:
            themes[theme.name] = theme
    return list(themes.values()), problems


def read_theme(path: Path) -> Theme:
    """Read and check one file. A theme without a name has its file's.

    Raises:
        ThemeError: the file can't be read, or names what there is not, or a colour that is none.
    """
    from learnchat.themes.checks import check

    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ThemeError(path, f"can't be read: {error}") from error
    try:
        table = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise ThemeError(path, f"is not TOML: {error}") from error
    check(path, source, table)
    fields = {"name": path.stem, **table}
    return derived(Theme(**fields))


def derived(theme: Theme) -> Theme:
    """The theme with all variables that the style sheets use and it does not name."""
    dark = theme.dark
    theme.background = theme.background or ("#141414" if dark else "#fafafa")
    theme.foreground = theme.foreground or ("#dddddd" if dark else "#222222")
    background, foreground = Color.parse(theme.background), Color.parse(theme.foreground)
    theme.surface = theme.surface or background.blend(foreground, 0.05).hex
    theme.panel = theme.panel or background.blend(foreground, 0.1).hex
    muted = foreground.blend(background, 0.3).hex
    accent = theme.accent or theme.primary
    # As the colours themselves are chosen to be read, text takes them as they are; Textual would tint them towards
    # white or black.
    colours = {
        f"text-{name}": getattr(theme, name) or theme.primary
        for name in ("primary", "secondary", "accent", "warning", "error", "success")
    }
    muted = theme.variables.get("text-muted", muted)
    theme.variables = {
        **colours,
        "text": theme.foreground,
        "text-muted": muted,
        "foreground-muted": muted,
        "block-cursor-foreground": theme.background,
        "user-background": theme.surface,
        "user-mark": accent,
        # As much as shows which row is marked, and no more than leaves muted text readable on it.
        "marked": Color.parse(theme.surface).blend(Color.parse(theme.primary), 0.16).hex,
        "toast-background": theme.panel,
        "toast-border": accent,
        "toast-title": accent,
        "toast-key": accent,
        "toast-bar": accent,
        "toast-bar-spent": muted,
        **theme.variables,
    }
    return theme
