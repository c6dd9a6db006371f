"""`learnchat keys`: every binding, its keys, where they come from, and what of the user's own can't hold."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from learnchat.app.commands.workplace import JsonOption
from learnchat.app.keymap import KEYS, Key, Objection, check
from learnchat.app.locations import Locations
from learnchat.app.printing import Column, Form, choose_form, complain, print_json, print_lines, print_table, say
from learnchat.app.toml_file import FileTrouble, line_of, read_toml

FIXED = "fixed"
SHIPPED = "shipped"


@dataclass(frozen=True, slots=True)
class Row:
    """A binding as it holds."""

    key: Key
    keys: str
    origin: str


def keys_command(as_json: JsonOption = False) -> None:
    """List every key: its id for [keys] in config.toml, what it does, and where it comes from; and what clashes."""
    file = Locations.find().configuration_file
    rows, problems = _read(file)
    form = choose_form(as_json)
    if form is Form.JSON:
        print_json({"keys": [_facts(row) for row in rows], "problems": problems})
        return
    cells = [(row.key.id, row.keys.replace(",", ", "), row.origin, row.key.description) for row in rows]
    if form is Form.LINES:
        print_lines(cells)
    else:
        titles = ("id", "keys", "origin", "what it does")
        print_table([Column(title, fixed=title == "id") for title in titles], cells)
        say("learnchat config set keys.toast.remember f2 changes one; fixed ones belong to the terminal or the prompt.")
    for problem in problems:
        complain(problem)


def _read(file: Path) -> tuple[list[Row], list[str]]:
    """Every binding as it holds, and what of the file does not, a sentence each."""
    try:
        given = read_toml(file).get("keys")
    except FileTrouble as trouble:
        place = f"{file}, line {trouble.line}" if trouble.line else str(file)
        return _rows(file, {}), [f"{place}: {trouble.sentence}"]
    written = given if isinstance(given, dict) else {}
    checked = check({id: keys for id, keys in written.items() if isinstance(keys, str)})
    others = [Objection(id, 'it is no text such as "f2"') for id, keys in written.items() if not isinstance(keys, str)]
    problems = []
    for objection in (*others, *checked.objections):
        line = line_of(file, ("keys", objection.id))
        place = f"{file}, line {line}" if line else str(file)
        problems.append(f"{place}: keys.{objection.id}: {objection.sentence}; the shipped key holds")
    return _rows(file, checked.keys), problems


def _rows(file: Path, own: dict[str, str]) -> list[Row]:
    rows = []
    for key in KEYS:
        origin = FIXED if key.fixed else SHIPPED
        if key.id in own:
            line = line_of(file, ("keys", key.id))
            origin = f"{file.name}, line {line}" if line else file.name
        rows.append(Row(key, own.get(key.id, key.keys), origin))
    return rows


def _facts(row: Row) -> dict[str, object]:
    return {
        "id": row.key.id,
        "keys": row.keys.split(","),
        "shipped": row.key.keys.split(","),
        "origin": row.origin,
        "fixed": row.key.fixed,
        "group": row.key.group,
        "title": row.key.title,
        "description": row.key.description,
    }
