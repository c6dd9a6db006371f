from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnchat.learning.recall.unmarked import unmarked


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("## Deploying\n\nRun **make** with `CI=1`.", "Deploying\n\nRun make with CI=1."),
        ("- one\n  * two", "• one\n• two"),
        ("see [the guide](https://example.com/a_b)", "see the guide"),
        ("> said", "said"),
        ("| a | b |\n|---|:-:|\n| 1 | 2 |", "| a | b |\n\n| 1 | 2 |"),
        ("before\n```python\nf(**a, **b)  # `x`\n```\nafter", "before\n\n\nf(**a, **b)  # `x`\n\n\nafter"),
        ("`__init__` and snake_case_name and 2 * 3 * 4", "__init__ and snake_case_name and 2 * 3 * 4"),
    ],
)
def test_the_words_stay_without_the_marks(text: str, words: str) -> None:
    assert unmarked(text) == words


@given(st.text(alphabet="ab #*`-_[]()>|~\n", max_size=200))
def test_no_word_is_lost(text: str) -> None:
    kept = [character for character in unmarked(text) if character in "ab"]
    # The address of a link is left out, and what stands behind a fence.
    assert len(kept) <= sum(character in "ab" for character in text)
    if not set("`~[") & set(text):
        assert "".join(kept) == "".join(character for character in text if character in "ab")


@pytest.mark.parametrize("mark", ["-", " ", "*", "`", "[", "> ", "**a", "|"])
def test_it_takes_no_time_whatever_is_written(mark: str) -> None:
    began = time.process_time()
    unmarked(mark * 20_000 + "x")
    assert time.process_time() - began < 0.5
