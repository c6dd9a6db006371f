from __future__ import annotations

from pathlib import Path

import pytest
from torture.merges import merge


@pytest.mark.parametrize(("earlier", "merges"), [(0, 2), (12, 2)])
def test_branches_that_learned_forgot_and_reworded_merge_without_a_conflict_and_without_a_loss(
    tmp_path: Path, earlier: int, merges: int
) -> None:
    report = merge(tmp_path, earlier, merges, seed=4)
    assert report.problems == []
    assert report.rate == 1
