"""How a model is to reply, in the words of each service: as the user has set it, and as a program needs it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from learnchat.app.settings import ModelParameters

ALL = "*"


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """What a reply is to look like that a program reads."""

    max_tokens: int
    """Room for it."""
    schema: Mapping[str, Any] | None = None
    """JSON schema that the service holds the model to; None where it is only told what is wanted."""


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


def form_for_anthropic(form: AnswerForm) -> dict[str, Any]:
    """The same as arguments of Anthropic's messages (its docs, "Structured outputs")."""
    arguments: dict[str, Any] = {"max_tokens": form.max_tokens}
    if form.schema is not None:
        arguments["output_config"] = {"format": {"type": "json_schema", "schema": dict(form.schema)}}
    return arguments


def form_for_openai(form: AnswerForm, max_tokens_name: str) -> dict[str, Any]:
    """The same as arguments of OpenAI's chat completions (its docs, "Structured model outputs"). litellm takes them for
    all services, and leaves out what one has not.

    Args:
        form: what the reply is to look like.
        max_tokens_name: as for `for_openai`.
    """
    arguments: dict[str, Any] = {max_tokens_name: form.max_tokens}
    if form.schema is not None:
        schema = {"name": "answer", "schema": dict(form.schema), "strict": True}
        arguments["response_format"] = {"type": "json_schema", "json_schema": schema}
    return arguments
