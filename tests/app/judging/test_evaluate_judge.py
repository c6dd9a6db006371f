from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from learnchat.app.judging import asking_model
from learnchat.app.judging.asking_model import Answer
from learnchat.app.models.model import ModelError
from learnchat.learning.judging.request import Question
from support.commands import CommandLine

pytest.importorskip("sklearn")


@pytest.fixture
def learnchat(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> CommandLine:
    from learnchat.learning.training import figures

    monkeypatch.setattr(figures, "_RESAMPLES", 20)
    return CommandLine(capsys, monkeypatch, tmp_path)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    rows = []
    for number in range(40):
        label = ("yes", "no")[number % 2]
        text = (
            f"from now on we always use tool {number}" if label == "yes" else f"please run the tests of part {number}"
        )
        rows.append(
            {
                "text": text,
                "context": "Shall I?",
                "group": f"author {number % 5}",
                "label": label,
                "kinds": ["preference"],
                "sample": "natural",
            }
        )
    path = tmp_path / "corpus.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


class Model:
    """Picks whatever says "always", except where it fails."""

    def __init__(self) -> None:
        self.asked = 0

    async def __call__(self, name: str, question: Question, patience: float, *, structured: bool = True) -> Answer:
        self.asked += 1
        said = json.loads(question.data)["conversation"][-1]["text"]
        if said.endswith("tool 0"):
            raise ModelError("It is overloaded.", kind="overloaded")
        if said.endswith("tool 2"):
            return Answer("no idea", 100, 3)
        quotes = said if said.endswith(("tool 4", "tool 6")) else f"{said}, they said"
        events: list[dict[str, Any]] = []
        if "always" in said:
            quote = "nobody said this" if said.endswith("tool 4") else said
            events.append({"type": "preference", "content": quotes, "evidence": [{"message": 2, "quote": quote}]})
        return Answer(json.dumps({"events": events}), 100, 10)


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Model:
    found = Model()
    monkeypatch.setattr(asking_model, "ask", found)
    return found


def test_a_model_is_measured_by_the_figures_of_the_gate(learnchat: CommandLine, corpus: Path, model: Model) -> None:
    found = learnchat("evaluate", str(corpus), "--judge", "ollama/qwen2.5:3b", "--json").json

    assert (found["judge"], found["messages"], found["unanswered"]) == ("ollama/qwen2.5:3b", 40, 2)
    assert found["dropped_events"] == 1
    assert found["failures"] == {"It is overloaded.": 1, "the answer holds no list of events": 1}
    assert found["figures"]["precision"]["mean"] == 1.0
    assert found["figures"]["recall"]["mean"] == pytest.approx(17 / 20)
    assert found["kinds"]["preference"] == {"yes": 20, "recall": pytest.approx(17 / 20)}
    assert "calibration_error" not in found["figures"]


def test_what_was_recorded_is_replayed_without_a_model(
    learnchat: CommandLine, corpus: Path, model: Model, tmp_path: Path
) -> None:
    answers = tmp_path / "answers.jsonl"
    first = learnchat("evaluate", str(corpus), "--judge", "ollama/qwen2.5:3b", "--record", str(answers), "--json").json
    asked = model.asked

    again = learnchat("evaluate", str(corpus), "--replay", str(answers), "--json").json

    assert model.asked == asked
    assert again["figures"] == first["figures"]
    assert again["judge"] == "ollama/qwen2.5:3b"
    rows = [json.loads(line) for line in answers.read_text().splitlines()]
    assert len(rows) == 39
    assert {"request", "data", "instructions", "answer"} <= rows[0].keys()


def test_people_read_tables(learnchat: CommandLine, corpus: Path, model: Model) -> None:
    shown = learnchat.on_terminal("evaluate", str(corpus), "--judge", "ollama/qwen2.5:3b").out

    assert "precision" in shown
    assert "It is overloaded." in shown


def test_a_service_is_paid_only_after_a_yes_with_the_price_told(
    learnchat: CommandLine, corpus: Path, model: Model
) -> None:
    refused = learnchat("evaluate", str(corpus), "--judge", "anthropic/claude-haiku-5-5")
    agreed = learnchat("evaluate", str(corpus), "--judge", "anthropic/claude-haiku-5-5", "--yes", "--json")

    assert refused.code == 1
    assert "$" in refused.err
    assert "tokens" in refused.err
    assert agreed.json["messages"] == 40


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--judge", "nonsense"), "names no provider"),
        (("--replay", "missing.jsonl"), "no recorded answer"),
        (("--record", "x.jsonl"), "--record needs a model"),
        (("--judge", "ollama/m", "--record", "a", "--replay", "b"), "exclude each other"),
    ],
)
def test_bad_input_is_a_sentence(
    learnchat: CommandLine, corpus: Path, model: Model, arguments: tuple[str, ...], sentence: str
) -> None:
    done = learnchat("evaluate", str(corpus), *arguments)

    assert done.code == 1
    assert sentence in done.err
    assert model.asked == 0


def test_what_is_no_corpus_is_named(learnchat: CommandLine, model: Model, tmp_path: Path) -> None:
    (tmp_path / "corpus.jsonl").write_text('{"text": "x"}\n')

    done = learnchat("evaluate", "corpus.jsonl", "--judge", "ollama/m")

    assert done.code == 1
    assert "line 1" in done.err
