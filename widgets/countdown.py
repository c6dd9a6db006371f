"""The toast's time, and whether somebody can be looking at it. Plain values in and out; the clock is the caller's.

All moments are seconds of a monotonic clock.
"""

from __future__ import annotations

# So that type-ahead does not answer: a chord that was on its way when the toast appeared is swallowed.
ARMING_SECONDS = 0.4
# So that a late answer does not edit: after the toast left, its chords are still swallowed, not given to the prompt.
LINGER_SECONDS = 0.6
# Whoever has not pressed a key for this long has paused; the toast waits for that, and its countdown too.
TYPING_PAUSE_SECONDS = 0.6
# Where the terminal sends no focus reports (tmux by default), somebody is taken to be there this long after
# the last key or mouse event.
ATTENTION_SECONDS = 10.0
# A stopped or suspended program must not find its toast expired when it wakes: one step counts this much at most.
LONGEST_STEP_SECONDS = 1.0


class Attention:
    """What is known about the person at the terminal: keys, mouse, focus reports, open dialogs."""

    def __init__(self) -> None:
        self._last_key = float("-inf")
        self._last_event = float("-inf")
        self._focused: bool | None = None
        self.dialog_open = False

    def key(self, now: float) -> None:
        """A key or a paste arrived."""
        self._last_key = self._last_event = now

    def pointer(self, now: float) -> None:
        """The mouse was used."""
        self._last_event = now

    def focus_report(self, focused: bool, now: float) -> None:
        """The terminal said that it gained or lost the focus; from now on its reports are believed."""
        self._focused = focused
        if focused:
            self._last_event = now

    def typing(self, now: float) -> bool:
        return now - self._last_key < TYPING_PAUSE_SECONDS

    def watching(self, now: float) -> bool:
        """Whether a countdown may run: somebody can be looking, and is not typing."""
        if self.dialog_open or self.typing(now):
            return False
        if self._focused is None:
            return now - self._last_event <= ATTENTION_SECONDS
        return self._focused


class Countdown:
    """How long a toast still waits, and whether its chords count yet.

    Args:
        seconds: how long it waits in all.
        now: when it appeared.
    """

    def __init__(self, seconds: float, now: float) -> None:
        self.seconds = seconds
        self.left = seconds
        self._appeared = now
        self._last = now

    def advance(self, now: float, running: bool) -> None:
        """Let time pass up to `now`; it counts only while `running`."""
        if running:
            self.left = max(0.0, self.left - min(now - self._last, LONGEST_STEP_SECONDS))
        self._last = now

    def armed(self, now: float) -> bool:
        """Whether a chord is an answer by now."""
        return now - self._appeared >= ARMING_SECONDS

    @property
    def expired(self) -> bool:
        return self.left <= 0
