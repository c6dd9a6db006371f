from __future__ import annotations

import re
import subprocess
import sys

import pytest

from learnchat.learning.detection import Detection, Message
from learnchat.learning.hearing.evidence import evidence, sources
from learnchat.learning.hearing.gate import LISTED, TrainedGate, summed
from learnchat.learning.hearing.marks import mark_in
from learnchat.learning.hearing.model_file import SHIPPED, shipped
from learnchat.learning.kinds import Kind
from learnchat.learning.language.patterns import unpacked
from learnchat.learning.training.beginnings import beginnings_of

GATE = TrainedGate()


def probability(text: str) -> float:
    return max(GATE.probabilities(evidence(text)), default=0.0)


def test_the_model_file_says_where_it_is_from() -> None:
    provenance = shipped().provenance
    assert re.fullmatch(r"[0-9a-f]{64}", provenance["corpus"]["sha256"])
    assert provenance["command"].startswith("python -m learnchat.learning.train ")
    assert provenance["corpus"]["messages"] == sum(provenance["labels"].values())
    assert 0 < provenance["held_out"]["precision"] <= 1


def test_the_model_file_holds_words_and_no_sentences() -> None:
    model = shipped()
    assert all(re.fullmatch(r"[a-z][a-z']{0,20}|[?!]", word) for word in model.words.weights)
    assert not any(" " in word for word in model.meanings.weights)
    assert SHIPPED.stat().st_size < 350_000


def test_the_model_file_fits_the_tables() -> None:
    # If this fails, the tables were changed: train again.
    assert beginnings_of(sources()) == unpacked(shipped().beginnings)


@pytest.mark.parametrize("text", ["we use pnpm", "I don't think so.", "run `make check` and see #12", "e.g. a/b_c.py"])
def test_the_index_finds_what_the_patterns_find(text: str) -> None:
    found = {name for sentence in evidence(text) for name in sentence.features}
    assert {name for name, pattern in sources().items() if re.search(pattern, text.lower())} <= found | {"c:backticks"}


def test_a_rule_is_likelier_than_a_task() -> None:
    assert probability("from now on always run the tests") >= GATE.threshold > LISTED > probability("run the tests")


def test_slips_make_no_difference() -> None:
    assert probability("dont ever commit generated files") == probability("don't ever commit generated files")


def test_a_plugin_is_taken_at_its_word() -> None:
    heard = Detection(Kind.FACT, "hello", "hello", 0, 5, 0.9, {}, "weather")
    assert GATE.weigh(Message("hello"), [heard]) == [heard]


def test_more_statements_raise_the_sum_and_never_below_the_best() -> None:
    assert summed([1.0]) == 1.0
    assert 1.0 < summed([1.0, 1.0, 1.0]) < summed([2.0, 1.0])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("should we always use tabs?", "is a question"),
        ('the page says "we always use tabs" in bold', "is quoted"),
        ("my boss thinks we always use tabs", "is what somebody else said"),
        ("if we always use tabs it breaks", "is a condition, or depends on one"),
        ("perhaps tabs would be better", "is considered, not decided"),
        ("I am getting this error again", "reports what goes wrong"),
        ("use tabs for now", "holds for the moment only"),
        ("rename the button", "is a task for now"),
    ],
)
def test_a_statement_s_mark_is_told(text: str, reason: str) -> None:
    (sentence,) = evidence(text)
    mark = mark_in(sentence)
    assert mark
    assert mark.value == reason


def test_a_standing_rule_has_no_mark() -> None:
    assert [mark_in(one) for one in evidence("Always use tabs. Our users are dentists.")] == [None, None]


def test_the_engine_needs_no_numpy() -> None:
    program = (
        "import sys\n"
        "from learnchat.learning.hearing.analysis import default_analyser\n"
        "from learnchat.learning.detection import Message\n"
        "assert default_analyser(plugins=False).analyse(Message('from now on always use pnpm')).prompt\n"
        "print(sorted({'numpy', 'scipy', 'sklearn'} & sys.modules.keys()))"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout == "[]\n"
