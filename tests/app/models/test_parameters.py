from pathlib import Path

import pytest

from learnchat.app.configuration import load
from learnchat.app.locations import Locations
from learnchat.app.models.parameters import for_anthropic, for_openai, parameters_of
from learnchat.app.settings import ModelParameters
from support.commands import CommandLine
from support.model_server import ModelServer

MODEL = "anthropic/claude-test"


def configure(home: Path, text: str) -> None:
    (home / "configuration").mkdir(exist_ok=True)
    (home / "configuration" / "config.toml").write_text(text)


def test_a_model_has_its_own_and_what_holds_for_all() -> None:
    parameters = {
        "*": ModelParameters(temperature=0.5, max_tokens=100),
        MODEL: ModelParameters(temperature=0.0, top_p=0.9),
    }
    assert parameters_of(MODEL, parameters) == ModelParameters(temperature=0.0, top_p=0.9, max_tokens=100)
    assert parameters_of("a/b", parameters) == ModelParameters(temperature=0.5, max_tokens=100)
    assert parameters_of("a/b", {}) == ModelParameters()


def test_each_service_has_its_own_words_for_them() -> None:
    parameters = ModelParameters(temperature=1.5, max_tokens=10, reasoning=None)
    assert for_anthropic(parameters, 99) == {"max_tokens": 10}
    assert for_openai(parameters, "max_tokens") == {"temperature": 1.5, "max_tokens": 10}
    thinking = ModelParameters(temperature=0.2, reasoning="high")
    assert for_anthropic(thinking, 99) == {
        "max_tokens": 99,
        "thinking": {"type": "adaptive", "display": "summarized"},
        "output_config": {"effort": "high"},
    }
    assert for_openai(thinking, "max_tokens") == {"temperature": 0.2, "reasoning_effort": "high"}
    assert for_openai(ModelParameters(), "max_tokens") == {}


@pytest.mark.parametrize(
    ("model", "field"), [(MODEL, "max_tokens"), ("openai/test", "max_tokens"), ("ollama/llama3", "options")]
)
def test_what_is_set_is_sent(
    learnchat: CommandLine,
    server: ModelServer,
    isolation: Path,
    monkeypatch: pytest.MonkeyPatch,
    model: str,
    field: str,
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", f"{server.url}/v1")
    monkeypatch.setenv("OLLAMA_HOST", server.url)
    configure(isolation, f'[parameters."{model}"]\ntemperature = 0.25\nmax_tokens = 77\n')
    assert learnchat("ask", "--model", model, "hi").code == 0
    body = server.chats[0].body
    sent = body["options"] if field == "options" else body
    assert sent.get("temperature") == (None if model == MODEL else 0.25)
    assert 77 in sent.values()


def test_an_alias_stands_for_a_model_or_several(learnchat: CommandLine, server: ModelServer, isolation: Path) -> None:
    configure(isolation, f'model = "mine"\n[aliases]\nmine = "{MODEL}"\nboth = "{MODEL}, offline"\n')
    assert learnchat("ask", "--json", "hi").json["model"] == MODEL
    assert learnchat("ask", "--json", "--model", "both", "hi").json["model"] == f"{MODEL}, offline"
    assert learnchat("ask", "--model", "theirs", "hi").code == 2


def test_what_can_not_be_is_named_with_its_line(isolation: Path) -> None:
    configure(
        isolation,
        f'[parameters."{MODEL}"]\ntemperature = 3\nmax_token = 5\nreasoning = "some"\ntop_p = 0.5\n',
    )
    configuration = load(Locations.find())
    assert configuration.parameters == {MODEL: ModelParameters(top_p=0.5)}
    problems = [str(problem) for problem in configuration.problems]
    assert len(problems) == 3, problems
    assert any("temperature" in problem and "between 0 and 2" in problem for problem in problems), problems
    assert any("max_token" in problem for problem in problems)
    assert any("reasoning" in problem for problem in problems)
