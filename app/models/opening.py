"""From a model's name to the model. Cheap: the SDKs are loaded by the first reply, in a thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from learnchat.app.models.anthropic_model import AnthropicModel
from learnchat.app.models.fallback_model import FallbackModel
from learnchat.app.models.litellm_model import LitellmModel
from learnchat.app.models.offline_model import IN_THE_CHAT, OfflineModel, Ways
from learnchat.app.models.openai_model import OpenaiModel
from learnchat.app.models.parameters import parameters_of
from learnchat.app.models.providers import OFFLINE, split_name, split_names
from learnchat.app.models.retrying_model import RetryingModel
from learnchat.app.settings import ModelParameters

if TYPE_CHECKING:
    from learnchat.app.models.model import ChatModel
    from learnchat.learning.recall.found import FoundInsight


def open_model(
    name: str,
    *,
    find: Callable[[str], Sequence[FoundInsight]],
    count: Callable[[], int],
    parameters: Mapping[str, ModelParameters] | None = None,
    ways: Ways = IN_THE_CHAT,
) -> ChatModel:
    """The model of that name; of several, separated by commas, one that falls back from each to the next.

    What passes by itself (an overload, a limit, a broken connection) is asked again after a pause.

    Args:
        find: the insights for a question, the likeliest first, and all of them for the empty question; called in
            a thread. For the offline model.
        count: how many insights there are; called in a thread too.
        parameters: how models reply, by their names; "*" for all.
        ways: how what the offline model names is typed.

    Raises:
        LearnchatError: it is not the name of a model.
    """
    offline = OfflineModel(find=find, count=count, ways=ways)
    models = [_open_one(chosen, offline, parameters or {}) for chosen in split_names(name)]
    if all(model.name == OFFLINE for model in models):
        return models[0]
    return RetryingModel(models[0] if len(models) == 1 else FallbackModel(models))


def _open_one(name: str, offline: OfflineModel, parameters: Mapping[str, ModelParameters]) -> ChatModel:
    if name == OFFLINE:
        return offline
    provider, model = split_name(name)
    own = parameters_of(name, parameters)
    if provider == "anthropic":
        return AnthropicModel(model, parameters=own)
    if provider == "openai":
        return OpenaiModel(model, parameters=own)
    return LitellmModel(provider, model, parameters=own)
