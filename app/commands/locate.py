"""`learnchat locate`: every path that learnchat uses."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from learnchat.app.commands.workplace import JsonOption, ProjectOption, project_of
from learnchat.app.locations import Locations
from learnchat.app.printing import Column, Form, choose_form, print_json, print_lines, print_table


def locate_command(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="Print this path alone.")] = None,
    as_json: JsonOption = False,
    project: ProjectOption = ".",
) -> None:
    """Print every path that learnchat uses here, and whether it is there yet."""
    paths = all_paths(Locations.find(), project)
    if name is not None:
        path = dict(paths).get(name)
        if path is None:
            raise typer.BadParameter(f"{name} is not one of {', '.join(each for each, _ in paths)}")
        print_lines([(str(path),)])
        return
    form = choose_form(as_json)
    if form is Form.JSON:
        print_json([{"name": each, "path": str(path), "exists": path.exists()} for each, path in paths])
    elif form is Form.LINES:
        print_lines((each, str(path)) for each, path in paths)
    else:
        print_table(
            (Column("name", fixed=True), Column("there", fixed=True), Column("path")),
            [(each, "yes" if path.exists() else "no", str(path)) for each, path in paths],
        )


def all_paths(locations: Locations, directory: str = ".") -> list[tuple[str, Path]]:
    """The user's paths, then those of the project; in `$HOME` and `/` there is none."""
    paths = locations.describe()
    project = project_of(directory)
    data = locations.user_data.personal
    if project.has_project:
        data = locations.user_data.project(project.root)
        folder = project.folder
        paths += [
            ("project", project.root),
            ("profile", folder),
            ("insights", folder / "insights.json"),
            ("insights-for-people", folder / "LEARNED_INSIGHTS.md"),
            ("project-configuration", folder / "config.toml"),
        ]
    return [
        *paths,
        ("project-data", data.folder),
        ("journal", data.journal),
        ("inbox", data.inbox),
        ("older-inbox", data.older_inbox),
        ("tombstones", data.tombstones),
        ("trust", data.trust),
        ("asks", data.asks),
        ("sessions", data.sessions),
        ("search", data.search),
        ("lock", data.lock),
    ]
