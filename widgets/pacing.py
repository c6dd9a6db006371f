"""How often a reply that is coming in is drawn: as often as it costs little."""

from __future__ import annotations

from learnchat.learning.clock import Clock

# Ten times a second reads as flowing; more only costs. The factor keeps drawing below a sixth of the time, so that keys
# are echoed in between; the cap keeps a heavy reply moving. The idea is aider's (mdstream.py).
SHORTEST = 0.1
FACTOR = 5.0
LONGEST = 2.0


class Pacing:
    """Says when the next flush is due, from what the last one cost."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._began = clock.monotonic()
        self._due = self._began

    def wait(self) -> float:
        """Seconds until the next flush is due; 0 when it is."""
        return max(self._due - self._clock.monotonic(), 0.0)

    def begin(self) -> None:
        """A flush begins."""
        self._began = self._clock.monotonic()

    def end(self) -> float:
        """A flush has ended; what it cost in seconds."""
        now = self._clock.monotonic()
        cost = now - self._began
        self._due = now + min(max(SHORTEST, FACTOR * cost), LONGEST)
        return cost
