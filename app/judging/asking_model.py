"""One question to one model: by the chat's own models, held to a JSON schema where the service can do that."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass

from learnchat.app.judging.ollama_judge import OllamaJudge
from learnchat.app.models.anthropic_model import AnthropicModel
from learnchat.app.models.in_thread import in_thread
from learnchat.app.models.litellm_model import LitellmModel
from learnchat.app.models.model import ChatModel, ModelError, Request, TextPiece, Turn, Usage
from learnchat.app.models.openai_model import OpenaiModel
from learnchat.app.models.parameters import AnswerForm
from learnchat.app.models.providers import split_name
from learnchat.learning.judging.request import Question

PATIENCE_SECONDS = 30.0
"""For a whole answer of a service: 1,500 tokens take a small model some ten seconds."""

LOCAL_PATIENCE_SECONDS = 120.0
"""For one on this machine, which may have to be loaded first and has no graphics card."""

# Characters: twenty times the room that was given. Whoever still goes on runs in circles.
_LONGEST = 100_000
# UTF-8 bytes for a token, where the service counts none: DESIGN's estimate.
_BYTES_OF_A_TOKEN = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model said, and what it took."""

    text: str
    input_tokens: int
    output_tokens: int


async def ask(name: str, question: Question, patience: float, *, structured: bool = True) -> Answer:
    """Put a question to a model. Cancelling it hangs up.

    Args:
        name: the model's, "provider/model".
        question: what is asked.
        patience: seconds for the whole answer.
        structured: hold the model to the question's schema.

    Raises:
        ModelError: it did not answer, or not in time.
    """
    model = _model(name, question, patience, structured)
    request = Request(turns=(Turn("user", question.data),), system=question.instructions)
    pieces: list[str] = []
    usage: Usage | None = None
    try:
        async with asyncio.timeout(patience):
            # In the models' own thread: not even reading what comes takes time from the event loop of the chat.
            async with aclosing(in_thread(lambda: model.stream(request))) as events:
                async for event in events:
                    if isinstance(event, TextPiece):
                        pieces.append(event.text)
                        if sum(map(len, pieces)) > _LONGEST:
                            break
                    elif isinstance(event, Usage):
                        usage = event
    except TimeoutError:
        raise ModelError(f"{name} took too long.", kind="dropped", retry=True) from None
    text = "".join(pieces)
    if usage is None:
        usage = Usage(_tokens(question.instructions + question.data), _tokens(text))
    return Answer(text, usage.input_tokens, usage.output_tokens)


def expected_tokens(question: Question) -> int:
    """What a question will take at most, estimated, for the budget."""
    return _tokens(question.instructions + question.data) + question.tokens


def _tokens(text: str) -> int:
    return len(text.encode("utf-8", "replace")) // _BYTES_OF_A_TOKEN


def _model(name: str, question: Question, patience: float, structured: bool) -> ChatModel:
    provider, model = split_name(name)
    form = AnswerForm(question.tokens, question.schema if structured else None)
    if provider == "anthropic":
        return AnthropicModel(model, read_timeout=patience, form=form)
    if provider == "openai":
        return OpenaiModel(model, read_timeout=patience, form=form)
    if provider in ("ollama", "ollama_chat"):
        return OllamaJudge(model, read_timeout=patience, form=form)
    return LitellmModel(provider, model, read_timeout=patience, form=form)
