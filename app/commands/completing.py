"""What Tab offers in a shell for arguments that no table names: ids, models and roles. Reads files, asks no network.

A shell shows nothing of an error, and one in the middle of a line helps nobody: where something can't be read, nothing
is offered.

What is offered passes through code of the shell: zsh evaluates it, twice, and typer, which escapes it for that, forgets
the backslash, and takes brackets for markup. A model's title or a statement must not be a command there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from learnchat.app.locations import Locations
from learnchat.learning.errors import LearnchatError
from learnchat.learning.text import shorten

Offer = tuple[str, str]
"""What is offered, and what it is, for shells that show that."""

# Beside an id; zsh and fish cut it at the terminal's edge.
_WORDS = 60
# Conversations that are offered, the last begun first: reading a thousand takes a second.
_MOST_SESSIONS = 100
# What nobody has to quote, in any shell.
_WORD = re.compile(r"[\w.@:/+%=,-]+")
# All that a shell or typer obeys within quotes.
_HARMLESS = str.maketrans({"\\": "/", "$": "＄", "`": "’", '"': "’", "'": "’", "[": "(", "]": ")"})


def _offered(all_of_them: Callable[[], Iterable[Offer]]) -> Callable[[str], list[Offer]]:
    """Those that begin with what is written."""

    def complete(incomplete: str) -> list[Offer]:
        try:
            offers = [(word, what) for word, what in all_of_them() if word.startswith(incomplete)]
        except (LearnchatError, OSError):
            return []
        return [(word, shorten(what, _WORDS).translate(_HARMLESS)) for word, what in offers if _WORD.fullmatch(word)]

    return complete


def _insights() -> Iterator[Offer]:
    from learnchat.app.commands.workplace import enter

    return ((insight.id, insight.statement) for insight in enter().profiles.insights())


def _proposals() -> Iterator[Offer]:
    from learnchat.app.commands.workplace import enter

    return ((proposal.id, proposal.statement) for proposal in enter().profiles.inbox.pending())


def _sessions() -> Iterator[Offer]:
    from learnchat.app.sessions.finding import sessions_folder
    from learnchat.app.sessions.listing import listed_sessions

    folder = sessions_folder(Path.cwd(), Locations.find())
    return ((session.id, session.title) for session in listed_sessions(folder, most=_MOST_SESSIONS))


def _models() -> Iterator[Offer]:
    from learnchat.app.model_choices import project_model
    from learnchat.app.models.choice import offers
    from learnchat.app.models.providers import OFFLINE

    chosen = project_model(Locations.find(), Path.cwd())
    if chosen:
        yield chosen, "chosen for this project"
    yield from ((offer.name, offer.reason) for offer in offers(os.environ) if offer.name != chosen)
    yield OFFLINE, "none"


def _roles() -> Iterator[Offer]:
    from learnchat.app.roles import role_names

    return ((name, "instructions of yours") for name in role_names(Locations.find().roles))


insight_ids = _offered(_insights)
proposal_ids = _offered(_proposals)
session_ids = _offered(_sessions)
models = _offered(_models)
roles = _offered(_roles)
