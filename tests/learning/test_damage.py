from __future__ import annotations

from pathlib import Path

import pytest
from torture.damage import FILES, damage


@pytest.mark.parametrize("file", FILES)
def test_no_altered_byte_loses_anything_unseen(tmp_path: Path, file: str) -> None:
    # An odd step, so that every kind of place in a line comes up.
    report = damage(tmp_path, file, every=101, seed=2)
    assert report.problems == []
    assert report.outcomes["listed"] > 0
