from __future__ import annotations

import asyncio

from learnchat.app.idle import Idle


async def begun_after(longest: float, seconds: float, times: int) -> int:
    """How often work was put off, every hundredth of a second, before it was done; `times` where it never was."""
    done = asyncio.Event()
    idle = Idle(done.set, longest)
    for number in range(times):
        idle.put_off(seconds)
        try:
            await asyncio.wait_for(done.wait(), 0.01)
        except TimeoutError:
            continue
        return number
    return times


async def test_work_is_done_when_nothing_puts_it_off_any_more() -> None:
    assert await begun_after(longest=3600.0, seconds=0.0, times=1000) == 0


async def test_what_is_put_off_again_and_again_is_done_all_the_same() -> None:
    assert await begun_after(longest=0.1, seconds=0.05, times=1000) < 1000


async def test_what_was_to_wait_long_is_done_sooner_when_it_is_put_off_for_less() -> None:
    done = asyncio.Event()
    idle = Idle(done.set, 0.0)
    idle.put_off(3600.0)
    idle.put_off(0.0)
    await asyncio.wait_for(done.wait(), 5.0)
