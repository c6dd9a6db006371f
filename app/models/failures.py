"""What went wrong with a model, as one plain sentence with the way out: one table for all services.

The exceptions of the SDKs are not imported (that costs up to 2 s) but recognised by their class names: those of httpx,
openai and anthropic are the same in all of them, and litellm keeps them as the cause of its own.
"""

from __future__ import annotations

import ast
import json
import math
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from learnchat.app.models.connections import unreadable_certificates
from learnchat.app.models.model import ErrorKind, ModelError
from learnchat.app.models.providers import PROVIDERS, Provider, first_set, ollama_address, place_of
from learnchat.app.models.remote import is_loopback
from learnchat.app.models.retry_after import seconds_to_wait
from learnchat.learning.text import shorten

# What a service says is quoted up to here: enough for its first sentence.
SAID_LIMIT = 240
# Variables whose content is never shown, whoever repeats it to us.
_SECRET_NAME = re.compile(r"(KEY|TOKEN|SECRET|PASSWORD)\Z")
# A shorter value is a placeholder such as "none", and would be struck out of ordinary words.
_SECRET_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Failure:
    """One row of the table. Sentence and hint may name {who}, {model}, {place}, {key}, {wait}, {certificates}
    and {said}.

    The hint does not say that the message can be sent again: the chat says how.
    """

    kind: ErrorKind
    sentence: str
    hint: str
    retry: bool = False


_NO_KEY = Failure(
    "no_key",
    "There is no key for {who}.",
    "Set {key}, or choose another model with /model.",
)
_REFUSED_KEY = Failure("refused_key", "{who} does not accept the key.", "Check {key}.{said}")
_FORBIDDEN = Failure("refused_key", "{who} does not let this key use {model}.", "Check {key} and its rights.{said}")
_NO_CREDIT = Failure("limit", "The account at {who} has no credit left.", "Top it up, or choose another model.{said}")
_NOT_FOUND = Failure("not_found", "{who} has no model “{model}”.", "Choose another with /model.{said}")
_TOO_LONG = Failure("bad_request", "The conversation is too long for {model}.", "Shorten it with /compact.{said}")
_BAD_REQUEST = Failure("bad_request", "{who} does not take this request.", "Choose another model with /model.{said}")
_LIMIT = Failure("limit", "{who} takes no more requests for now.", "Wait {wait}.{said}", retry=True)
_OVERLOADED = Failure("overloaded", "{who} is overloaded or out of order.", "Wait {wait}.{said}", retry=True)
_NO_NETWORK = Failure("no_network", "{who} can't be reached{place}.", "Check the network.", retry=True)
_NO_CERTIFICATES = Failure("other", "{certificates}, and no certificates can be read there.", "Mend or unset it.")
_UNTRUSTED = Failure(
    "no_network",
    "The certificate that {who}{place} shows is not trusted.",
    "Behind a proxy that reads along, have SSL_CERT_FILE name its certificates.",
)
_DROPPED = Failure("dropped", "The connection to {who} broke off.", "What came stays.", retry=True)
_STALLED = Failure("dropped", "{who} stopped sending.", "What came stays.", retry=True)
_GARBLED = Failure("dropped", "{who} sent what can't be read.", "What came stays.", retry=True)
_NOT_INSTALLED = Failure("other", "The library for {who} can't be loaded.", "Install learnchat again.{said}")
_OTHER = Failure("other", "{who} failed.", "Choose another model with /model if it stays so.{said}", retry=True)

# Ollama has neither keys nor a network on the way: other ways out.
_OLLAMA_HINTS = {
    _NOT_FOUND: "Fetch it with `ollama pull {model}`, or choose another with /model.",
    _NO_NETWORK: "Start it with `ollama serve`, or set OLLAMA_HOST.",
}

# Read first: the same status or class can mean these. Words that OpenAI, Anthropic, Gemini and litellm use.
_BY_WORDS = {
    "insufficient_quota": _NO_CREDIT,
    "credit balance is too low": _NO_CREDIT,
    "contextwindowexceeded": _TOO_LONG,
    "context_length_exceeded": _TOO_LONG,
    "prompt is too long": _TOO_LONG,
    "maximum context length": _TOO_LONG,
    "api key not valid": _REFUSED_KEY,  # Gemini answers 400 to a wrong key
    "certificate_verify_failed": _UNTRUSTED,
}

# Faults on the way, by the names that httpx, openai, anthropic and litellm give them; anywhere in the chain of causes.
_BY_CLASS = {
    "ConnectError": _NO_NETWORK,
    "ConnectTimeout": _NO_NETWORK,
    "gaierror": _NO_NETWORK,
    "ConnectionRefusedError": _NO_NETWORK,
    "ProxyError": _NO_NETWORK,
    "RemoteProtocolError": _DROPPED,
    "LocalProtocolError": _DROPPED,
    "ReadError": _DROPPED,
    "WriteError": _DROPPED,
    "ConnectionResetError": _DROPPED,
    "StreamCutShort": _DROPPED,
    "ReadTimeout": _STALLED,
    "WriteTimeout": _STALLED,
    "PoolTimeout": _STALLED,
    "TimeoutError": _STALLED,
    "Timeout": _STALLED,
    "APITimeoutError": _STALLED,
    "JSONDecodeError": _GARBLED,
    "DecodingError": _GARBLED,
    "APIResponseValidationError": _GARBLED,
    "ImportError": _NOT_INSTALLED,
    "ModuleNotFoundError": _NOT_INSTALLED,
}

_BY_STATUS = {
    400: _BAD_REQUEST,
    401: _REFUSED_KEY,
    402: _NO_CREDIT,
    403: _FORBIDDEN,
    404: _NOT_FOUND,
    408: _STALLED,
    413: _TOO_LONG,
    422: _BAD_REQUEST,
    429: _LIMIT,
}

# An error in the middle of a stream has the status 200; Anthropic names its type instead (its docs, "Errors").
_STATUS_OF_TYPE = {
    "authentication_error": 401,
    "billing_error": 402,
    "permission_error": 403,
    "not_found_error": 404,
    "request_too_large": 413,
    "rate_limit_error": 429,
    "invalid_request_error": 400,
    "api_error": 500,
    "server_error": 500,  # OpenAI's; the others are Anthropic's
    "overloaded_error": 529,
    "timeout_error": 504,
}


class StreamCutShort(Exception):
    """A stream that ended in order, but before the reply did."""


def no_key(provider: str, model: str) -> ModelError:
    """The error of a service for which no key is set."""
    return _error(_NO_KEY, provider, model, "", None)


def explain(error: BaseException, provider: str, model: str) -> ModelError:
    """The sentence for whatever an SDK raised.

    To be raised outside of the `except` that caught it: an exception that keeps the SDK's as its context keeps the
    frames with the keys in them too.
    """
    if isinstance(error, ModelError):
        return error
    chain = list(_chain(error))
    row = _row(chain)
    if row in (_OTHER, _NO_NETWORK, _UNTRUSTED) and provider != "ollama" and unreadable_certificates(os.environ):
        row = _NO_CERTIFICATES
    return _error(row, provider, model, _said(chain), _retry_after(chain))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The exception and all that led to it, the outermost first, each once."""
    waiting, seen = [error], set[int]()
    while waiting:
        found = waiting.pop(0)
        if found is None or id(found) in seen:
            continue
        seen.add(id(found))
        yield found
        # `original_exception` is how litellm keeps the cause of a stream that broke off.
        waiting += [getattr(found, "original_exception", None), found.__cause__, found.__context__]


def _row(chain: list[BaseException]) -> Failure:
    words = " ".join(f"{type(error).__name__} {error}" for error in chain).lower()
    for phrase, failure in _BY_WORDS.items():
        if phrase in words:
            return failure
    for error in chain:
        if failure_of_class := _BY_CLASS.get(type(error).__name__):
            return failure_of_class
    for status in (_status(error) for error in chain):
        if status in _BY_STATUS:
            return _BY_STATUS[status]
        if status >= 500:
            return _OVERLOADED
    return _OTHER


def _status(error: BaseException) -> int:
    status = getattr(error, "status_code", None)
    if isinstance(status, int) and status >= 400:
        return status
    return _STATUS_OF_TYPE.get(str(_body(error).get("type")), 0)


def _body(error: BaseException) -> Mapping[str, Any]:
    """What the service said about an error, in its own fields; empty where it said nothing that can be read."""
    body = getattr(error, "body", None)
    if not isinstance(body, dict):
        # litellm keeps only the text: '{"error": {"message": …}}', and of an Ollama's what Python prints of it.
        text = str(error)
        text = text[text.find("{") : text.rfind("}") + 1]
        try:
            body = json.loads(text) if '"' in text else ast.literal_eval(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            return {}
        if not isinstance(body, dict):
            return {}
    inner = body.get("error", body)
    return inner if isinstance(inner, dict) else {"message": inner}


def _said(chain: list[BaseException]) -> str:
    for error in chain:
        message = _body(error).get("message")
        if isinstance(message, str) and message.strip():
            return shorten(_without_secrets(message), SAID_LIMIT)
    return ""


def _without_secrets(text: str) -> str:
    """The text without the content of any variable that holds a key: some services repeat a wrong key in full."""
    for name, value in os.environ.items():
        if len(value) >= _SECRET_LENGTH and _SECRET_NAME.search(name):
            text = text.replace(value, "…")
    return text


def _retry_after(chain: list[BaseException]) -> float | None:
    """Seconds, by the first in the chain who says so."""
    for error in chain:
        for headers in (getattr(getattr(error, "response", None), "headers", None), getattr(error, "headers", None)):
            seconds = seconds_to_wait(headers, _body(error), datetime.now(UTC))
            if seconds is not None:
                return seconds
    return None


def _error(failure: Failure, name: str, model: str, said: str, retry_after: float | None) -> ModelError:
    provider = PROVIDERS.get(name, Provider(name))
    hint = _OLLAMA_HINTS.get(failure, failure.hint) if name == "ollama" else failure.hint
    if failure is _NO_NETWORK and _is_local(provider) and name != "ollama":
        hint = "Is it running?"
    fields = {
        "who": provider.title,
        "model": shorten(model, SAID_LIMIT),
        "place": _place(name, provider),
        "key": " or ".join(provider.keys) or "its key",
        "wait": f"{math.ceil(retry_after)} s" if retry_after else "a moment",
        "certificates": unreadable_certificates(os.environ) if failure is _NO_CERTIFICATES else "",
        # Its own full stop would stand beside ours.
        "said": f" It says: “{said.rstrip('.')}”" if said else "",
    }
    return ModelError(
        failure.sentence.format(**fields),
        hint.format(**fields),
        kind=failure.kind,
        retry=failure.retry,
        retry_after=retry_after,
        provider=name,
    )


def _is_local(provider: Provider) -> bool:
    """Whether the service was sought on this machine, where no network is on the way."""
    variable = first_set(provider.bases, os.environ)
    return variable is not None and is_loopback(os.environ[variable])


def _place(name: str, provider: Provider) -> str:
    """Where it was sought, if not at the service's own address, and which variable says so."""
    variable = first_set(provider.bases, os.environ)
    if name == "ollama":
        place = place_of(ollama_address(os.environ))
    elif variable:
        place = place_of(os.environ[variable])
    else:
        return ""
    return f" at {place}" + (f" ({variable})" if variable else "")
