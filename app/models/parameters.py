"""How a model is to reply, as the user has set it, in the words of each service."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from learnchat.app.settings import ModelParameters

ALL = "*"


def parameters_of(name: str, parameters: Mapping[str, ModelParameters]) -> ModelParameters:
    """What is set for a model: its own, and for what it leaves open that of all models."""
    own, general = (parameters.get(each, ModelParameters()) for each in (name, ALL))
    return dataclasses.replace(
        general,
        **{each.name: value for each in dataclasses.fields(own) if (value := getattr(own, each.name)) is not None},
    )


def for_anthropic(parameters: ModelParameters, max_tokens: int) -> dict[str, Any]:
    """Arguments of Anthropic's messages: neither temperature nor top_p (`MessageCreateParams` of anthropic 2.11).

    Args:
        parameters: as set.
        max_tokens: where none are set; the service demands a limit.
    """
    arguments: dict[str, Any] = {"max_tokens": parameters.max_tokens or max_tokens}
    if parameters.reasoning is not None:
        arguments["thinking"] = {"type": "adaptive", "display": "summarized"}
        arguments["output_config"] = {"effort": parameters.reasoning}
    return arguments


def for_openai(parameters: ModelParameters, max_tokens_name: str) -> dict[str, Any]:
    """Arguments of OpenAI's chat completions, which litellm takes for all services.

    Args:
        parameters: as set.
        max_tokens_name: OpenAI itself calls it `max_completion_tokens` by now, most others `max_tokens`.
    """
    arguments = {
        "temperature": parameters.temperature,
        "top_p": parameters.top_p,
        max_tokens_name: parameters.max_tokens,
        "reasoning_effort": parameters.reasoning,
    }
    return {name: value for name, value in arguments.items() if value is not None}
