from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import pytest

from support.commands import CommandLine

YES = ("from now on always {}", "we decided to use {}", "our users are {}", "never commit {}")
NO = ("can you look at {}?", "fix {}", "the build of {} fails", "thanks, {} works")


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> CommandLine:
    return CommandLine(capsys, monkeypatch, tmp_path)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    chance = random.Random(0)
    rows = []
    for number in range(240):
        label = ("yes", "no", "no", "maybe")[number % 4]
        text = chance.choice(NO if label == "no" else YES).format(f"thing {number}")
        rows.append(
            {
                "text": text,
                "group": f"author {number % 20}",
                "label": label,
                "kinds": [] if label == "no" else ["preference"],
                "span": None if label == "no" else text,
                "passes": 1,
                "sample": "natural",
            }
        )
    path = tmp_path / "corpus.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_every_figure_has_an_interval_that_holds_it(
    command: CommandLine, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("sklearn")
    # Fewer samples and steps, and no examples: the arithmetic is the same.
    from learnchat.learning.training import evaluation, figures, meanings

    monkeypatch.setattr(meanings, "_ITERATIONS", 2)
    monkeypatch.setattr(figures, "_RESAMPLES", 20)
    monkeypatch.setattr(evaluation, "read_examples", list)

    found = command("evaluate", str(corpus), "--json").json

    assert (found["corpus"]["yes"], found["corpus"]["maybe"], found["corpus"]["no"]) == (60, 60, 120)
    assert set(found["kinds"]) == {"preference"}
    for figure in found["figures"].values():
        assert figure["low"] - 0.05 <= figure["mean"] <= figure["high"] + 0.05 or figure["mean"] > 1
    assert found["figures"]["precision"]["mean"] > 0.5
    assert sum(band["messages"] for band in found["calibration"]) == 180
    kept = found["prospects"]["kept"]
    assert 0 <= kept["all_at_once"] <= min(kept["precision"], kept["recall"], kept["false_asks_per_100"]) <= 1


@pytest.mark.parametrize("line", ["hello", "[]", '{"text": "a"}', '{"label": "perhaps"}'])
def test_what_is_no_corpus_is_named_with_its_line(command: CommandLine, tmp_path: Path, line: str) -> None:
    pytest.importorskip("sklearn")
    path = tmp_path / "corpus.jsonl"
    path.write_text(line, encoding="utf-8")

    result = command("evaluate", str(path))

    assert result.code == 1
    assert "line 1" in result.err


def test_without_the_extra_it_says_how_to_get_it(
    command: CommandLine, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith("learnchat.learning.training")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "numpy", None)
    monkeypatch.setitem(sys.modules, "sklearn", None)

    result = command("evaluate", str(corpus))

    assert result.code == 1
    assert "pip install 'learnchat[train]'" in result.err
