from __future__ import annotations

from pathlib import Path

import pytest

from learnchat.app.judging.readings import TAIL_BYTES, last_said
from learnchat.learning.judging.reading import WINDOW_EXCHANGES
from learnchat.learning.transcripts.session import Transcript
from support.clock import FakeClock


@pytest.mark.parametrize(("length", "count", "whole"), [(2_000, 100, False), (30_000, 2 * WINDOW_EXCHANGES, True)])
def test_of_a_long_conversation_the_end_is_read_and_of_long_messages_all_that_a_reading_needs(
    tmp_path: Path, length: int, count: int, whole: bool
) -> None:
    transcript = Transcript.create(tmp_path / "sessions", tmp_path, FakeClock())
    for number in range(count):
        transcript.append("user", f"question {number}")
        transcript.append("assistant", "x" * length)
    assert transcript.path.stat().st_size > TAIL_BYTES

    said = last_said(transcript.path)

    assert said[-2].text == f"question {count - 1}"
    assert sum(each.role == "user" for each in said) > WINDOW_EXCHANGES
    assert (len(said) == 2 * count) is whole
