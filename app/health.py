"""What `learnchat doctor` looks at. Each examination gives findings; none changes anything."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from learnchat.app.configuration import load, read_early
from learnchat.app.locations import Locations
from learnchat.app.models.choice import choose_model, reachable_ollama
from learnchat.app.models.keys import KeyFile
from learnchat.app.models.providers import OFFLINE, PROVIDERS, first_set, ollama_address, place_of, split_name
from learnchat.learning.errors import LearnchatError

if TYPE_CHECKING:
    from learnchat.learning.disk.project import Project
    from learnchat.learning.memory.profiles import Profiles

# Long enough for a sleepy Ollama on this machine or a server in the next room; `--offline` asks neither.
PATIENCE_SECONDS = 3.0

SHARING = {
    "outside": "no git here: the profile folder is only on this machine",
    "unanswered": "private, until you say `learnchat share on` or `off`",
    "private": "private: git does not see the profile folder",
    "shared": "shared: the profile folder goes with the repository",
}


class State(StrEnum):
    """How a finding is to be taken."""

    OK = "ok"
    NOTE = "note"
    """Worth knowing; nothing is broken."""
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    state: State
    sentence: str


def versions() -> Iterator[Finding]:
    """What runs, and on what."""
    names = ", ".join(f"{name} {version(name)}" for name in ("learnchat", "textual", "litellm", "anthropic"))
    yield Finding("versions", State.OK, f"{names}, Python {platform.python_version()}, {platform.system()}")


def directories(locations: Locations) -> Iterator[Finding]:
    """Whether the user's directories can be used."""
    for name, folder in (("configuration directory", locations.configuration), ("data directory", locations.data)):
        there = _nearest(folder)
        if not there.is_dir():
            yield Finding(name, State.WRONG, f"{folder}: {there} is not a folder")
        elif not os.access(there, os.R_OK | os.W_OK | os.X_OK):
            yield Finding(name, State.WRONG, f"{folder}: {there} can't be read and written by you")
        elif there != folder:
            yield Finding(name, State.OK, f"{folder}, made when it is needed")
        else:
            yield Finding(name, State.OK, str(folder))


def _nearest(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next((each for each in (folder, *folder.parents) if each.exists()), folder)


def configuration(locations: Locations, project: Project) -> Iterator[Finding]:
    """What is wrong with the configuration files."""
    problems = load(locations, project.folder if project.has_project else None).problems
    for problem in problems:
        yield Finding("configuration", State.WRONG, str(problem))
    if not problems:
        file = locations.configuration_file
        yield Finding("configuration", State.OK, str(file) if file.exists() else f"as shipped: there is no {file}")


def themes(locations: Locations) -> Iterator[Finding]:
    """Which themes there are, and what is wrong with the user's own."""
    # 0.1 s: the loader makes Textual's themes.
    from learnchat.themes.loader import AUTOMATIC, load_user_themes, theme_names

    names = theme_names(locations.themes)
    for problem in load_user_themes(locations.themes)[1]:
        yield Finding("themes", State.WRONG, str(problem))
    chosen = read_early(locations).theme
    if chosen and chosen not in (*names, AUTOMATIC):
        yield Finding("themes", State.WRONG, f"there is no theme {chosen}; there are {', '.join(names)}")
    else:
        yield Finding("themes", State.OK, f"{', '.join(names)}{f'; chosen: {chosen}' if chosen else ''}")


def model(locations: Locations, project: Project, environment: Mapping[str, str]) -> Iterator[Finding]:
    """Which model answers and who says so, and whether the keys it needs are there. Keys are named, never shown."""
    early = read_early(locations, project.root, environment)
    # With the keys that `login` keeps, as the chat has them.
    environment = dict(environment)
    KeyFile(locations.keys).use(environment)
    try:
        choice = choose_model(None, environment, early.model, early.project_model, early.aliases)
    except LearnchatError as error:
        yield Finding("model", State.WRONG, str(error))
        return
    yield Finding("model", State.OK, f"{choice.name} ({choice.origin})")
    for name in choice.name.split(", "):
        provider = PROVIDERS[split_name(name)[0]] if name != OFFLINE else None
        if provider and provider.keys and not first_set(provider.keys, environment):
            yield Finding("keys", State.WRONG, f"{name} needs {' or '.join(provider.keys)}, and it is not set")
    found = [key for provider in PROVIDERS.values() for key in provider.keys if environment.get(key, "").strip()]
    yield Finding("keys", State.OK, f"found: {', '.join(found)}" if found else "none found; see `learnchat login`")


def judge(locations: Locations, project: Project, environment: Mapping[str, str], network: bool) -> Iterator[Finding]:
    """Who reads along, and what it took today. Waits for the network, where it may."""
    from learnchat.app.judging.opening import open_judging
    from learnchat.app.judging.telling import spent_sentence, status
    from learnchat.learning.clock import SystemClock

    settings = load(locations, project.folder if project.has_project else None).judge
    try:
        early = read_early(locations, project.root, environment)
        chat_model = choose_model(None, environment, early.model, early.project_model).name
    except LearnchatError:
        chat_model = OFFLINE
    found = open_judging(locations, settings, SystemClock(), chat_model, environment)
    if not network:
        found.finder.stay_offline()
    lines = status(found)
    spent = found.ledger.today()
    for line in lines:
        yield Finding("judge", State.OK, line.rstrip("."))
    if not spent.tokens and not found.finder.is_off:
        yield Finding("judge", State.OK, spent_sentence(spent, found))


def certificates(environment: Mapping[str, str]) -> Iterator[Finding]:
    """Whether those can be read that the environment names in place of our own."""
    from learnchat.app.models.connections import unreadable_certificates

    if named := unreadable_certificates(environment):
        yield Finding("certificates", State.WRONG, f"{named}: none can be read there, and no service is reached")


def addresses(environment: Mapping[str, str]) -> Iterator[Finding]:
    """Whether the servers answer that the environment names, and Ollama. Waits for the network."""
    for provider in PROVIDERS.values():
        variable = first_set(provider.bases, environment)
        if variable and variable != "OLLAMA_HOST":
            yield _answers(variable, environment[variable].strip())
    place = place_of(ollama_address(environment))
    models = reachable_ollama(environment, PATIENCE_SECONDS)
    if models:
        names = ", ".join(offer.name for offer in models[:5]) + (", …" if len(models) > 5 else "")
        yield Finding("Ollama", State.OK, f"answers at {place}: {names}")
    else:
        state = State.WRONG if environment.get("OLLAMA_HOST") else State.NOTE
        yield Finding("Ollama", state, f"does not answer at {place}, or has no model")


def _answers(variable: str, address: str) -> Finding:
    """Whether something listens where a base URL points: a connection, no request."""
    import socket
    from urllib.parse import urlsplit

    place = place_of(address)
    if any(os.environ.get(name) for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")):
        return Finding(variable, State.NOTE, f"{place}, by way of a proxy: not tried")
    try:
        parts = urlsplit(address)
        port = parts.port or (80 if parts.scheme == "http" else 443)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return Finding(variable, State.WRONG, "is no address: it begins with http:// or https://")
        socket.create_connection((parts.hostname, port), timeout=PATIENCE_SECONDS).close()
    except (OSError, ValueError) as error:
        return Finding(variable, State.WRONG, f"{place} does not answer: {error}")
    return Finding(variable, State.OK, f"{place} answers")


def memory(profiles: Profiles, project: Project) -> Iterator[Finding]:
    """Whether the profiles are whole and can be written, and what is in them."""
    where = f"{project.name}: {project.root}" if project.has_project else "none here, only the personal profile"
    yield Finding("project", State.OK, where)
    problems = profiles.health()
    for sentence in problems:
        yield Finding("profile", State.WRONG, sentence)
    if not problems:
        yield Finding("agreement", State.OK, "insights.json, the Markdown, the journal and the trust agree")
    yield from _schemas(profiles)
    waiting = profiles.waiting()
    if waiting.changed:
        yield Finding("review", State.NOTE, f"{waiting.in_words()}: `learnchat review` shows them")
    if waiting.missing:
        sentence = (
            f"{waiting.missing} that you confirmed are not on this branch: `learnchat review restore` puts them back"
        )
        yield Finding("review", State.NOTE, sentence)
    yield Finding("sharing", State.OK, SHARING[profiles.sharing.value])
    known, unaccepted, asked = len(profiles.insights()), len(profiles.unaccepted()), len(profiles.inbox.pending())
    insights = "1 insight" if known == 1 else f"{known} insights"
    yield Finding("profile", State.OK, f"{insights}, {unaccepted} not accepted, {asked} waiting in the inbox")


def _schemas(profiles: Profiles) -> Iterator[Finding]:
    """What is in an earlier form, and what was kept when it was brought to the present one."""
    from learnchat.learning.profile.documents import SCHEMA

    for profile in (each for each in (profiles.project, profiles.personal) if each is not None):
        folder = profile.folder
        older = folder.content().older
        if older is not None:
            sentence = (
                f"{folder.insights} has an earlier form (schema {older}, now it is {SCHEMA}): it is read, and the next "
                "save or --repair writes the present one and keeps this one beside it"
            )
            yield Finding("schema", State.NOTE, sentence)
        for kept in folder.aside.older():
            yield Finding("schema", State.NOTE, f"{kept} is as it was in its earlier form: delete it when you like")


def index(profiles: Profiles, repair: bool) -> Iterator[Finding]:
    """Whether the search index agrees with the profile. It is derived: to mend it is to delete it.

    Args:
        profiles: what is remembered here.
        repair: delete one that is broken.
    """
    from learnchat.learning.recall.examining import examine
    from learnchat.learning.recall.index_file import discard_index

    for profile in (each for each in (profiles.project, profiles.personal) if each is not None):
        file = profile.data.search
        found = examine(file, profile.view().insights)
        if found is None:
            yield Finding("index", State.OK, f"none yet of the {profile.scope.value} insights: a search makes it")
        elif found.busy:
            yield Finding("index", State.NOTE, f"{file} can't be looked at now: {found.busy}")
        elif found.broken and repair:
            discard_index(file)
            yield Finding("repair", State.OK, f"{file} was broken and is deleted: the next search makes it anew")
        elif found.broken:
            sentence = f"{file} is broken ({found.broken}): the next search makes it anew, and so does --repair"
            yield Finding("index", State.WRONG, sentence)
        elif found.behind:
            are = "is" if found.behind == 1 else "are"
            of = f"{found.behind} of the {profile.scope.value} insights"
            sentence = f"{of} {are} to be read into {file}: the next search does"
            yield Finding("index", State.NOTE, sentence)
        else:
            yield Finding("index", State.OK, f"the index of the {profile.scope.value} insights agrees with them")


def mended(profiles: Profiles) -> Iterator[Finding]:
    """What of the profiles' files was mended just now."""
    done = profiles.repair()
    for sentence in done:
        yield Finding("repair", State.OK, sentence)
    if not done:
        yield Finding("repair", State.OK, "nothing was to be mended, or nothing that can be without you")
