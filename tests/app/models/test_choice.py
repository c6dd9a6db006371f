from __future__ import annotations

import subprocess
import sys

import pytest

from learnchat.app.models.choice import ModelChoice, choose_model, offers, reachable_ollama
from learnchat.app.models.providers import ollama_address, split_name
from learnchat.learning.errors import LearnchatError
from support.model_server import ModelServer, unused_address


def test_nothing_configured_means_offline() -> None:
    assert choose_model(None, {}, None, None) == ModelChoice("offline", "nothing is configured", chosen=False)


def test_flag_goes_before_environment_before_project_before_configuration() -> None:
    environment = {"LEARNCHAT_MODEL": "openai/environment"}
    assert choose_model("openai/flag", environment, "openai/c", "openai/p") == ModelChoice("openai/flag", "--model")
    assert choose_model(None, environment, "openai/c", "openai/p") == ModelChoice(
        "openai/environment", "LEARNCHAT_MODEL"
    )
    assert choose_model(None, {}, "openai/c", "openai/p") == ModelChoice("openai/p", "chosen for this project")
    assert choose_model(None, {}, "openai/c", None) == ModelChoice("openai/c", "the configuration")


def test_an_empty_setting_is_no_setting() -> None:
    assert choose_model("", {"LEARNCHAT_MODEL": "  "}, "", None).name == "offline"


def test_several_models_are_a_choice_in_their_order() -> None:
    assert choose_model("anthropic/a,ollama/b , offline", {}, None, None).name == "anthropic/a, ollama/b, offline"


def test_a_model_may_contain_slashes() -> None:
    assert split_name("openrouter/meta/llama-4") == ("openrouter", "meta/llama-4")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("antropic/claude-x", "Did you mean anthropic/claude-x?"),
        ("OpenAI/gpt-x", "Did you mean openai/gpt-x?"),
        ("claude-x", "anthropic/claude-x"),
        ("gpt-x", "openai/gpt-x"),
        ("llama3", "ollama/llama3"),
        ("openai/", "openai/gpt-"),
        ("ollama", "provider/model"),
        ("qqqqqqq/x", "anthropic"),
        (",", "provider/model"),
    ],
)
def test_what_is_no_name_of_a_model_is_answered_with_one_that_is(name: str, hint: str) -> None:
    with pytest.raises(LearnchatError) as caught:
        choose_model(name, {}, None, None)
    assert hint in caught.value.hint
    assert "--model" in caught.value.title


def test_the_error_says_which_setting_is_wrong() -> None:
    with pytest.raises(LearnchatError, match="LEARNCHAT_MODEL"):
        choose_model(None, {"LEARNCHAT_MODEL": "nonsense"}, None, None)


def test_a_hidden_character_in_a_name_is_not_shown() -> None:
    with pytest.raises(LearnchatError) as caught:
        choose_model("open\x1b[31mai\u202e/x", {}, None, None)
    assert str(caught.value).isprintable()


def test_found_keys_are_offered_by_name_and_never_shown() -> None:
    found = offers({"ANTHROPIC_API_KEY": "sk-ant-secret", "GOOGLE_API_KEY": "secret", "OPENAI_API_KEY": " "})
    assert [(offer.name.partition("/")[0], offer.reason) for offer in found] == [
        ("anthropic", "ANTHROPIC_API_KEY is set"),
        ("gemini", "GOOGLE_API_KEY is set"),
    ]
    assert "secret" not in repr(found)
    for offer in found:
        split_name(offer.name)


def test_the_models_of_a_reachable_ollama_are_offered() -> None:
    with ModelServer(ollama_models=("llama3:latest", "qwen3:8b")) as server:
        found = reachable_ollama({"OLLAMA_HOST": server.url}, timeout=5)
    assert [offer.name for offer in found] == ["ollama/llama3", "ollama/qwen3:8b"]
    assert found[0].reason == f"Ollama at {server.url.removeprefix('http://')}"


def test_where_no_ollama_is_nothing_is_offered() -> None:
    assert reachable_ollama({"OLLAMA_HOST": unused_address()}, timeout=5) == []


def test_what_is_not_an_ollama_is_not_taken_for_one() -> None:
    with ModelServer() as server:
        assert reachable_ollama({"OLLAMA_HOST": f"{server.url}/elsewhere"}, timeout=5) == []


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("", "http://127.0.0.1:11434"),
        ("localhost", "http://localhost:11434"),
        ("10.0.0.5:8080", "http://10.0.0.5:8080"),
        (":8080", "http://127.0.0.1:8080"),
        ("0.0.0.0", "http://127.0.0.1:11434"),
        ("0.0.0.0:1234", "http://127.0.0.1:1234"),
        ("[::]:1234", "http://127.0.0.1:1234"),
        ("::1", "http://[::1]:11434"),
        ("http://box", "http://box:80"),
        ("https://box/ollama/", "https://box:443/ollama"),
        ("http://127.0.0.1:9/", "http://127.0.0.1:9"),
        ("box:nonsense", "http://box:11434"),
    ],
)
def test_ollama_host_is_read_in_all_its_forms(host: str, address: str) -> None:
    assert ollama_address({"OLLAMA_HOST": host}) == address


def test_choosing_and_opening_load_no_sdk() -> None:
    program = (
        "import sys\n"
        "from learnchat.app.models.choice import choose_model, offers\n"
        "from learnchat.app.models.opening import open_model\n"
        "offers({'OPENAI_API_KEY': 'x'})\n"
        "name = choose_model('anthropic/a,openai/b,offline', {}, None, None).name\n"
        "open_model(name, find=lambda question: [], count=lambda: 0)\n"
        "heavy = {'litellm', 'anthropic', 'openai', 'httpx', 'pydantic', 'textual', 'urllib.request', 'difflib'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
