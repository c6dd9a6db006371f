from __future__ import annotations

from learnchat.learning.recall.giving_way import giving_way


def test_nothing_is_left_out_and_nothing_read_ahead() -> None:
    source = iter(range(5_000))
    taken = giving_way(source)
    assert next(taken) == 0
    assert next(source) == 1
    assert list(taken) == list(range(2, 5_000))
