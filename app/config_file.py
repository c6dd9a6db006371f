"""Changing the user's `config.toml`: one value at a time, checked first, with its comments and order kept."""

from __future__ import annotations

import difflib
import textwrap
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from learnchat.app import keymap
from learnchat.app.manual import Setting, all_settings, shown
from learnchat.app.references import objection
from learnchat.app.toml_file import FileTrouble, read_toml
from learnchat.app.validation import check, check_values
from learnchat.learning.disk.files import replace_file
from learnchat.learning.errors import LearnchatError
from learnchat.learning.text import one_line

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

_TRUE, _FALSE = ("true", "yes", "on", "1"), ("false", "no", "off", "0")


def find_setting(name: str) -> Setting:
    """The setting of this name, or one for a key such as `keys.toast.remember`.

    Raises:
        LearnchatError: there is none; it names the nearest.
    """
    table, _, id = name.partition(".")
    if table == "keys" and id:
        return Setting(name, str, None, "the keys of a binding, separated by commas")
    known = {setting.name: setting for setting in all_settings()}
    if name in known:
        return known[name]
    near = [each for each in known if each.rpartition(".")[2] == name] or difflib.get_close_matches(name, known, n=1)
    meant = f"The nearest is {near[0]}. " if near else ""
    raise LearnchatError(f"There is no setting {one_line(name)}.", f"{meant}`learnchat config` lists them.")


def set_value(file: Path, name: str, text: str) -> Any:
    """Set one value in the file, which is made where it is missing; returns it as it stands there.

    Raises:
        LearnchatError: no such setting, a value that can't be, or a file that is not TOML.
        OSError: the file can't be written.
    """
    value = check_value(file, name, text)
    path = _path(name)
    document = _document(file)
    table: Any = document
    for part in path[:-1]:
        if part not in table:
            import tomlkit

            table[part] = tomlkit.table()
        table = table[part]
    table[path[-1]] = list(value) if isinstance(value, tuple) else value
    _write(file, document)
    return value


def check_value(file: Path, name: str, text: str) -> Any:
    """What a text would be as the value of a setting.

    Raises:
        LearnchatError: no such setting, or it can't be.
    """
    value = _value(find_setting(name), text)
    _objection(file, _path(name), value)
    return value


def unset_value(file: Path, name: str) -> bool:
    """Take one value out of the file, so that the default holds; False where it does not stand there.

    Raises:
        LearnchatError: no such setting, or a file that is not TOML.
        OSError: the file can't be written.
    """
    find_setting(name)
    document = _document(file)
    path = _path(name)
    table: Any = document
    for part in path[:-1]:
        table = table.get(part, {})
    if path[-1] not in table:
        return False
    del table[path[-1]]
    _write(file, document)
    return True


def _path(name: str) -> tuple[str, ...]:
    # The id of a binding has a dot of its own.
    table, _, rest = name.partition(".")
    return (table, rest) if table == "keys" else tuple(name.split("."))


def _value(setting: Setting, text: str) -> Any:
    """What was typed, as a value of the setting's kind.

    Raises:
        LearnchatError: it is none.
    """
    bare = text.strip()
    if setting.kind is bool:
        if bare.casefold() in (*_TRUE, *_FALSE):
            return bare.casefold() in _TRUE
        raise _no(setting, text, "true or false")
    if setting.kind is tuple:
        return _words(bare)
    if setting.kind in (int, float):
        try:
            return setting.kind(bare)
        except ValueError:
            raise _no(setting, text, f"a number, {setting.bounds}" if setting.bounds else "a number") from None
    return bare


def _words(text: str) -> tuple[str, ...]:
    """`a, b` or a list as TOML writes it."""
    if text.startswith("["):
        try:
            return tuple(map(str, tomllib.loads(f"list = {text}")["list"]))
        except tomllib.TOMLDecodeError:
            pass
    return tuple(word.strip().strip("\"'") for word in text.strip("[]").split(",") if word.strip())


def _no(setting: Setting, text: str, wanted: str) -> LearnchatError:
    return LearnchatError(f"{setting.name} can't be “{one_line(text)}”: it is {wanted}.", setting.meaning)


def _objection(file: Path, path: tuple[str, ...], value: Any) -> None:
    """Raises a LearnchatError where the value would be left out when the file is read."""
    name = ".".join(path)
    if path[0] == "keys":
        try:
            given = read_toml(file).get("keys")
        except FileTrouble:
            given = None
        wanted = {id: keys for id, keys in given.items() if isinstance(keys, str)} if isinstance(given, dict) else {}
        objections = keymap.check({**wanted, path[1]: value}).objections
        sentence = next((each.sentence for each in objections if each.id == path[1]), "")
    else:
        data: dict[str, Any] = {}
        table = data
        for part in path[:-1]:
            table = table.setdefault(part, {})
        table[path[-1]] = value
        sentence = next((problem.sentence for problem in check_values(file, data).problems), "")
        sentence = sentence or objection(name, value, file, check(file).settings.aliases)
    if sentence:
        raise LearnchatError(f"{name} can't be “{one_line(shown(value))}”: {sentence}.", "Nothing was changed.")


def _document(file: Path) -> TOMLDocument:
    """The file with its comments.

    Raises:
        LearnchatError: it is not TOML, or can't be read.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        read_toml(file)
        return tomlkit.parse(file.read_text(encoding="utf-8-sig") if file.exists() else "")
    except FileTrouble as trouble:
        place = f"{file}, line {trouble.line}" if trouble.line else str(file)
        raise LearnchatError(f"{place}: {trouble.sentence}.", "`learnchat config edit` opens it.") from None
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise LearnchatError(f"{file}: {error}.", "`learnchat config edit` opens it.") from None


def _write(file: Path, document: TOMLDocument) -> None:
    import tomlkit

    # Where it is a link, as dotfiles are, what it points at is changed and the link stays.
    target = file.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    replace_file(target, tomlkit.dumps(document).encode("utf-8"))


def begin_file(file: Path) -> None:
    """Make the file where it is missing: every setting with its meaning, commented out.

    Raises:
        OSError: it can't be written.
    """
    if file.exists():
        return
    lines = ["# learnchat: every setting as it is shipped. Take the # before the one that you change."]
    table = ""
    for setting in all_settings():
        before, _, name = setting.name.rpartition(".")
        if before != table:
            table = before
            lines += ["", f"[{table}]"]
        bounds = f" ({setting.bounds})" if setting.bounds else ""
        lines += ["", *textwrap.wrap(setting.meaning + bounds, 100, initial_indent="# ", subsequent_indent="# ")]
        lines.append(f"# {name} = {_written(setting)}")
    lines += ["", "[keys]", "# `learnchat keys` lists them.", '# "toast.remember" = "f2"', ""]
    file.parent.mkdir(parents=True, exist_ok=True)
    replace_file(file, "\n".join(lines).encode("utf-8"))


def _written(setting: Setting) -> str:
    if setting.kind is tuple:
        return "[]"
    if setting.kind is str:
        return '""'
    return shown(setting.default)
