from __future__ import annotations

import os
from pathlib import Path

import pytest
from torture.swaps import SWAPPED, swap

pytestmark = pytest.mark.skipif(os.open not in os.supports_dir_fd, reason="no file can be named within an open folder")


@pytest.mark.parametrize(("swapped", "act"), SWAPPED)
def test_no_link_that_is_put_there_between_two_looks_is_followed(tmp_path: Path, swapped: str, act: str) -> None:
    report = swap(tmp_path, swapped, act, every=7)
    assert report.problems == []
    assert report.calls > 3
