from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator
from contextlib import aclosing

import pytest

from learnchat.app.models.in_thread import in_thread


async def test_items_come_in_order_from_another_thread() -> None:
    async def source() -> AsyncGenerator[tuple[int, int], None]:
        for number in range(5):
            yield number, threading.get_ident()

    items = [item async for item in in_thread(source)]
    assert [number for number, _ in items] == [0, 1, 2, 3, 4]
    assert threading.get_ident() not in {thread for _, thread in items}


async def test_a_failure_reaches_the_reader_after_the_items() -> None:
    async def source() -> AsyncGenerator[int, None]:
        yield 1
        raise KeyError("gone")

    items = in_thread(source)
    assert await anext(items) == 1
    with pytest.raises(KeyError, match="gone"):
        await anext(items)


async def test_closing_the_reader_cancels_the_source() -> None:
    cancelled = threading.Event()

    async def source() -> AsyncGenerator[int, None]:
        yield 1
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()
        yield 2

    async with aclosing(in_thread(source)) as items:
        assert await anext(items) == 1
    assert await asyncio.to_thread(cancelled.wait, 5)


async def test_the_reader_goes_on_while_the_source_holds_its_own_loop_up() -> None:
    release = threading.Event()

    async def source() -> AsyncGenerator[int, None]:
        yield 1
        release.wait(5)
        yield 2

    async with aclosing(in_thread(source)) as items:
        assert await anext(items) == 1
        second = asyncio.ensure_future(anext(items))
        await asyncio.sleep(0)
        assert not second.done()
        release.set()
        assert await second == 2
