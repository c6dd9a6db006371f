from __future__ import annotations

import pytest

from learnchat.learning.language import remembered
from learnchat.learning.language.remembered import Remembered


def test_what_is_met_again_is_not_read_again() -> None:
    read: list[str] = []

    def length(word: str) -> int:
        read.append(word)
        return len(word)

    lengths = Remembered(length)
    assert [lengths[word] for word in ("we", "use", "we")] == [2, 3, 2]
    assert read == ["we", "use"]


def test_a_full_one_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "_MOST", 3)
    lengths = Remembered(len)
    assert [lengths[word] for word in ("a", "bb", "ccc", "dddd", "a")] == [1, 2, 3, 4, 1]
    assert [*lengths] == ["dddd", "a"]


class EmptiedByAnotherThread(Remembered[str, int]):
    def __setitem__(self, key: str, known: int) -> None:
        super().__setitem__(key, known)
        self.clear()


def test_what_was_read_is_given_even_when_another_thread_empties_it_at_once() -> None:
    assert EmptiedByAnotherThread(len)["four"] == 4
