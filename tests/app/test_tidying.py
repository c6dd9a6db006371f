from __future__ import annotations

import gc
from pathlib import Path

import pytest

# What the opening leaves out is not counted: its module has taken the function already.
from learnchat.app.screens import beginning as beginning
from learnchat.app.screens import tidying
from support.chat import open_chat


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    folder.mkdir()
    return folder


async def test_what_the_first_reply_imported_is_left_out_of_collections_once(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_out: list[int] = []
    monkeypatch.setattr(tidying, "leave_out", lambda: left_out.append(1))
    async with open_chat(project) as chat:
        for number in (1, 2):
            await chat.send("hello")
            await chat.until(
                lambda number=number: (
                    len(chat.app.chat.session.path) == 2 * number and not chat.app.chat.replies.active
                ),
                "the reply",
            )
        assert left_out == [1]


async def test_full_collections_wait_while_the_chat_is_open(project: Path) -> None:
    before = gc.get_threshold()
    try:
        async with open_chat(project):
            assert gc.get_threshold() == (tidying.YOUNG, tidying.MIDDLE, tidying.NEVER)
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
