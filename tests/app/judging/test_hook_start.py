from __future__ import annotations

import os
import subprocess
from typing import Any

import pytest

from learnchat.app.judging import hook_start


@pytest.mark.skipif(os.name == "nt", reason="Windows has one way only")
def test_where_what_is_open_can_not_be_listed_the_work_is_started_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[list[str]] = []

    def inherited() -> list[int]:
        raise FileNotFoundError("/dev/fd")

    def popen(command: list[str], **options: Any) -> None:
        started.append(command)

    monkeypatch.setattr(hook_start, "_inherited", inherited)
    monkeypatch.setattr(subprocess, "Popen", popen)
    hook_start._spawn(["learnchat"])
    assert started == [["learnchat"]]
