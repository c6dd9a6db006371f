"""The services that models come from: how they are named, and which variables of the environment speak of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from learnchat.learning.errors import LearnchatError
from learnchat.learning.text import shorten

OFFLINE = "offline"

# Where Ollama listens unless OLLAMA_HOST says otherwise (envconfig.Host in its source; its docs, "FAQ").
OLLAMA_PORT = 11434
# A name in a sentence is shown up to here.
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Provider:
    """One service.

    Attributes:
        title: its name for people.
        keys: variables of which one has to hold a key; none where no key is needed or litellm alone knows.
        bases: variables that give another address than the service's own.
        model: the model offered when a key is found, without the provider; empty where none is offered.
    """

    title: str
    keys: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    model: str = ""


# Offered are the newest of each provider's middle class: good enough for a developer's questions, and a tenth to a half
# of the dearest one's price. Sources: `ModelParam` of anthropic 2.11.0; `model_cost` of litellm 1.106.2 (mode "chat",
# no date of deprecation). Any other name can be typed.
PROVIDERS: dict[str, Provider] = {
    "anthropic": Provider(
        "Anthropic", ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"), ("ANTHROPIC_BASE_URL",), "claude-sonnet-5-5"
    ),
    "openai": Provider("OpenAI", ("OPENAI_API_KEY",), ("OPENAI_BASE_URL", "OPENAI_API_BASE"), "gpt-6.1-sol"),
    "gemini": Provider("Gemini", ("GEMINI_API_KEY", "GOOGLE_API_KEY"), ("GEMINI_API_BASE",), "gemini-3.8-flash"),
    "ollama": Provider("Ollama", (), ("OLLAMA_HOST",)),
    "mistral": Provider("Mistral", ("MISTRAL_API_KEY",), (), "mistral-medium-latest"),
    "deepseek": Provider("DeepSeek", ("DEEPSEEK_API_KEY",), (), "deepseek-v4-pro"),
    "xai": Provider("xAI", ("XAI_API_KEY",), (), "grok-4.7"),
    "groq": Provider("Groq", ("GROQ_API_KEY",)),
    "openrouter": Provider("OpenRouter", ("OPENROUTER_API_KEY", "OR_API_KEY")),
    "cerebras": Provider("Cerebras", ("CEREBRAS_API_KEY",)),
    "perplexity": Provider("Perplexity", ("PERPLEXITYAI_API_KEY", "PERPLEXITY_API_KEY")),
} | {
    # The other services with chat models that litellm 1.106.2 names in `provider_list`. It knows their variables.
    name: Provider(name)
    for name in (
        "ai21_chat", "aiml", "amazon_nova", "azure", "azure_ai", "baseten", "bedrock", "chutes", "cloudflare",
        "codestral", "cohere_chat", "cometapi", "dashscope", "databricks", "deepinfra", "docker_model_runner",
        "featherless_ai", "fireworks_ai", "friendliai", "github", "github_copilot", "hosted_vllm",
        "huggingface", "hyperbolic", "lambda_ai", "lemonade", "litellm_proxy", "llamafile", "lm_studio",
        "meta_llama", "minimax", "moonshot", "nebius", "novita", "nscale", "nvidia_nim", "oci", "ollama_chat",
        "ovhcloud", "poe", "replicate", "sambanova", "scaleway", "snowflake", "together_ai",
        "vercel_ai_gateway", "vertex_ai", "volcengine", "watsonx", "xinference", "zai",
    )
}  # fmt: skip

# What a bare model name begins with, so that "gpt-6" can be answered with "openai/gpt-6".
_FAMILIES = {
    "claude": "anthropic",
    "gpt": "openai",
    "o1": "openai",
    "o3": "openai",
    "o4": "openai",
    "gemini": "gemini",
    "mistral": "mistral",
    "deepseek": "deepseek",
    "grok": "xai",
}


def split_name(name: str) -> tuple[str, str]:
    """Provider and model of a name like "openai/gpt-6.1-sol"; the model may contain further slashes.

    Raises:
        LearnchatError: it is not such a name, or names no known provider.
    """
    provider, slash, model = name.partition("/")
    if provider in PROVIDERS and model:
        return provider, model
    shown = shorten(name, _SHOWN)
    if provider in PROVIDERS:
        example = PROVIDERS[provider].model or "llama3.3"
        raise LearnchatError(f"“{shown}” names no model.", f"Write provider/model, for example {provider}/{example}.")
    if not slash:
        family = next((known for start, known in _FAMILIES.items() if name.startswith(start)), "ollama")
        raise LearnchatError(
            f"“{shown}” names no provider.",
            f"Write provider/model, for example {family}/{shown}; or {OFFLINE} for none.",
        )
    # Imported here: it is needed once in a while, and start-up passes through this module.
    import difflib

    nearest = difflib.get_close_matches(provider.lower(), PROVIDERS, n=1)
    example = f"Did you mean {nearest[0]}/{shorten(model, _SHOWN)}?" if nearest else (
        "Known are anthropic, openai (also any server that speaks its protocol, by OPENAI_BASE_URL), gemini, ollama, "
        "and most of the providers of litellm."
    )  # fmt: skip
    raise LearnchatError(f"“{shown}” names no provider that learnchat knows.", example)


def split_names(names: str, aliases: Mapping[str, str] | None = None) -> list[str]:
    """The models of a choice: one, or several in the order in which they are tried, with commas between them.

    Args:
        names: as they were written.
        aliases: the user's own names for models; each may stand for several.

    Raises:
        LearnchatError: one of them is not a model's name, or there is none.
    """
    written = [name.strip() for name in names.split(",")]
    meant = ",".join((aliases or {}).get(name, name) for name in written)
    chosen = [name.strip() for name in meant.split(",") if name.strip()]
    for name in chosen:
        if name != OFFLINE:
            split_name(name)
    if not chosen:
        raise LearnchatError("No model is named.", f"Write provider/model; or {OFFLINE} for none.")
    return chosen


def title_of(provider: str) -> str:
    """The name of a provider for people."""
    return PROVIDERS[provider].title if provider in PROVIDERS else provider


def first_set(variables: Sequence[str], environment: Mapping[str, str]) -> str | None:
    """The first of these variables that holds something: its name, never what it holds."""
    return next((name for name in variables if environment.get(name, "").strip()), None)


def ollama_address(environment: Mapping[str, str]) -> str:
    """Where Ollama is, by OLLAMA_HOST, in all forms that Ollama itself takes: with or without scheme, port or host.

    An address to listen on everywhere (0.0.0.0, ::) is taken for this machine. Without a scheme the port is 11434;
    with one it is the scheme's own, as in Ollama's source (envconfig.Host).
    """
    host = environment.get("OLLAMA_HOST", "").strip().strip("\"'")
    scheme, divider, rest = host.partition("://")
    if not divider:
        scheme, rest = "http", host
        default = OLLAMA_PORT
    else:
        default = 443 if scheme == "https" else 80
    place, _, path = rest.partition("/")
    if place.count(":") > 1 and not place.startswith("["):
        place = f"[{place}]"
    parts = urlsplit(f"//{place}")
    try:
        port = parts.port or default
    except ValueError:
        port = default
    machine = parts.hostname or "127.0.0.1"
    if machine in ("0.0.0.0", "::"):
        machine = "127.0.0.1"
    if ":" in machine:
        machine = f"[{machine}]"
    return f"{scheme}://{machine}:{port}" + (f"/{path.strip('/')}" if path.strip("/") else "")


def place_of(address: str) -> str:
    """Host and port of an address, for a sentence: without the name and password that may stand in it."""
    parts = urlsplit(address if "://" in address else f"//{address}")
    try:
        port = parts.port
    except ValueError:
        port = None
    return f"{parts.hostname or address}:{port}" if port else (parts.hostname or "the given address")
