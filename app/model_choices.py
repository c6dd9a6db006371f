"""Which model the user chose for which project: kept with the user, never in the project."""

from __future__ import annotations

import json
from pathlib import Path

from learnchat.app.locations import Locations


def project_model(locations: Locations, directory: Path) -> str | None:
    """The model chosen for this directory or the nearest one above it; None where none was, or the file is damaged.

    Cheap and without git: it is asked for before the first paint.
    """
    choices = _read(locations.model_choices)
    if not choices:
        return None
    directory = directory.resolve()
    return next((choices[str(each)] for each in (directory, *directory.parents) if str(each) in choices), None)


def remember_project_model(locations: Locations, root: Path, name: str | None) -> None:
    """Keep the model chosen for the project at this root; None forgets the choice.

    Raises:
        OSError: the configuration directory can't be written.
    """
    from learnchat.learning.disk.files import replace_file
    from learnchat.learning.disk.locks import lock

    path = locations.model_choices
    with lock(path.with_suffix(".lock")):
        choices = _read(path)
        choices.pop(str(root.resolve()), None)
        if name is not None:
            choices[str(root.resolve())] = name
        text = json.dumps(choices, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        replace_file(path, text.encode("utf-8", "surrogatepass"))


def _read(path: Path) -> dict[str, str]:
    try:
        data = json.loads(path.read_bytes().decode("utf-8", "surrogatepass"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(data, dict):
        return {}
    return {root: name for root, name in data.items() if isinstance(name, str) and name}
