"""`learnchat models`: what the keys and a running Ollama really offer."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from learnchat.app.commands.workplace import JsonOption
from learnchat.app.exit_codes import FAILURE
from learnchat.app.locations import Locations
from learnchat.app.models.providers import title_of
from learnchat.app.printing import Form, choose_form, complain, print_json, print_lines, say

if TYPE_CHECKING:
    from learnchat.app.models.listing import Listing

# Of the names that were not asked for, those that may have been meant; of rapidfuzz's ratio of the nearest part.
NAMED, NEAR = 3, 60


def models_command(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[WORD...]", help="Only names in which all of these stand.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List the models that the services of your keys, and a running Ollama, offer now.

    Each service is asked for its list; nothing is sent to a model. `learnchat login` takes a key.
    """
    from learnchat.app.models.keys import KeyFile
    from learnchat.app.models.listing import Catalogue

    KeyFile(Locations.find().keys).use(os.environ)
    listings = Catalogue().read(os.environ)
    wanted = [word.lower() for word in words or []]
    found = [name for each in listings for name in each.models if all(word in name.lower() for word in wanted)]
    failed = [each for each in listings if each.error is not None]
    if choose_form(as_json) is Form.JSON:
        print_json(
            {"models": found, "failed": [{"provider": each.provider, "error": str(each.error)} for each in failed]}
        )
    else:
        print_lines((name,) for name in found)
        for each in failed:
            complain(f"learnchat: {each.error}")
        if not found and not failed:
            say(_none(listings, words or []))
    raise typer.Exit(FAILURE if failed and not found else 0)


def _none(listings: Sequence[Listing], words: Sequence[str]) -> str:
    """Why nothing is listed, and what can be done about it."""
    from rapidfuzz import fuzz, process

    offered = [name for each in listings for name in each.models]
    if not offered:
        return "No key is set and no Ollama answers. `learnchat login` takes a key."
    services = ", ".join(title_of(each.provider) for each in listings if each.models)
    found = process.extract(" ".join(words), offered, scorer=fuzz.partial_ratio, limit=NAMED, score_cutoff=NEAR)
    near = ", ".join(name for name, *_ in found)
    meant = f" The nearest: {near}." if near else ""
    return (
        f"None of the {len(offered):,} models of {services} has “{' '.join(words)}” in its name.{meant} "
        "`learnchat models` lists all, `learnchat login` adds a service."
    )
