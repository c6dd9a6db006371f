"""Something happens right before one of the calls by which a program touches a folder: whatever was looked at before
it is another thing by then."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from itertools import count

import pytest

CALLS = ("open", "stat", "lstat", "access", "mkdir", "listdir", "scandir", "unlink", "replace", "rename", "fsync")


def before_call(
    monkeypatch: pytest.MonkeyPatch, step: int, name: str, happens: Callable[[], None]
) -> Callable[[], bool]:
    """Let it happen before the given one of the calls that name something in a folder; tells whether it came so far.

    Args:
        monkeypatch: takes it back.
        step: which one, counted from 1.
        name: of the folder. What is named within an open folder counts too.
        happens: what.
    """
    steps = count(1)
    reached = False

    def watched(function: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **keywords: object) -> object:
            nonlocal reached
            within = any(keywords.get(key) is not None for key in ("dir_fd", "src_dir_fd"))
            touches = within or isinstance(arguments[0], int) or name in str(arguments[0])
            if touches and not reached and next(steps) == step:
                reached = True
                happens()
            return function(*arguments, **keywords)

        return call

    for each in CALLS:
        monkeypatch.setattr(os, each, watched(getattr(os, each)))
    monkeypatch.setattr(io, "open", watched(io.open))
    return lambda: reached
