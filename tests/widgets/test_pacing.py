from __future__ import annotations

import pytest

from learnchat.widgets.pacing import LONGEST, SHORTEST, Pacing
from support.clock import FakeClock


@pytest.mark.parametrize(("cost", "wait"), [(0.0, SHORTEST), (0.01, SHORTEST), (0.1, 0.5), (0.3, 1.5), (5.0, LONGEST)])
def test_the_next_flush_waits_five_times_what_the_last_one_cost_within_bounds(cost: float, wait: float) -> None:
    clock = FakeClock()
    pacing = Pacing(clock)
    assert pacing.wait() == 0
    pacing.begin()
    clock.advance(cost)
    assert pacing.end() == pytest.approx(cost)
    assert pacing.wait() == pytest.approx(wait)
    clock.advance(wait + 0.001)
    assert pacing.wait() == 0
