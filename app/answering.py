"""Who answers: from what is configured to a model that knows the engine's insights."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from learnchat.app.models.choice import VARIABLE, ModelChoice, choose_model
from learnchat.app.models.on_demand import OnDemandModel
from learnchat.app.models.providers import OFFLINE
from learnchat.learning.errors import LearnchatError

if TYPE_CHECKING:
    from learnchat.app.configuration import Early
    from learnchat.app.engine import Engine
    from learnchat.app.locations import Locations
    from learnchat.app.models.model import ChatModel
    from learnchat.app.parts import Parts
    from learnchat.learning.recall.found import FoundInsight

# What the offline model answers with at most.
MOST_FOUND = 5


def choose(locations: Locations, early: Early, flag: str | None) -> tuple[ModelChoice, str]:
    """The model of the command line or the environment, which must be one; else the configured one, if it is.

    Returns:
        The choice, and a sentence about what is configured and is no model; empty where all is well.

    Raises:
        LearnchatError: the command line or the environment names none.
    """
    try:
        return choose_model(flag, os.environ, early.model, early.project_model, early.aliases), ""
    except LearnchatError as error:
        if flag or os.environ.get(VARIABLE):
            raise
        file = locations.model_choices if early.project_model else locations.configuration_file
        return ModelChoice(OFFLINE, "what is configured is no model", chosen=False), f"{file}: {error}"


def open_answering(engine: Engine, name: str, *, in_a_shell: bool = False) -> ChatModel:
    """A model by its (checked) name; it asks the engine for what the profile knows, from a thread of its own.

    Args:
        engine: has the profile.
        name: the model's.
        in_a_shell: the reply is read where the chat's own commands are none.
    """

    def find(text: str) -> Sequence[FoundInsight]:
        return engine.call_now(_find_insights, text)

    def make(name: str) -> ChatModel:
        from learnchat.app.models.offline_model import IN_A_SHELL, IN_THE_CHAT
        from learnchat.app.models.opening import open_model

        return open_model(
            name,
            find=find,
            count=lambda: engine.call_now(_count_insights),
            parameters=engine.call_now(lambda parts: parts.configuration.parameters),
            ways=IN_A_SHELL if in_a_shell else IN_THE_CHAT,
        )

    return OnDemandModel(name, make)


def is_known(parts: Parts, question: str) -> bool:
    """Whether the offline model has an answer to a question, not only a guess; in the engine's thread."""
    from learnchat.app.models.offline_model import searched

    return any(each.bears for each in _find_insights(parts, searched(question)))


def _find_insights(parts: Parts, text: str) -> Sequence[FoundInsight]:
    from learnchat.learning.recall.query import Query

    if not text:
        return parts.finder.insights(Query(""), len(parts.profiles.insights()))
    found = parts.finder.insights(Query(text), MOST_FOUND)
    in_place = {each.id for each in parts.recall.in_place(text, [each.insight for each in found])}
    return [each for each in found if each.id in in_place]


def _count_insights(parts: Parts) -> int:
    return len(parts.profiles.insights())
