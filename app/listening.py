"""What listens in a project: the detectors that are switched on, and the gate as the user's answers have moved it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from learnchat.app.settings import Configuration
    from learnchat.learning.asking.switches import SwitchFile
    from learnchat.learning.hearing.analysis import Analyser
    from learnchat.learning.memory.profiles import Profiles


def open_analyser(switches: SwitchFile, configuration: Configuration, profiles: Profiles) -> Analyser:
    """The analyser of the chat, and of whatever says what the chat would have asked.

    Args:
        switches: detectors that the user has switched off.
        configuration: names others that are off.
        profiles: the user's answers, followed as they come.
    """
    from learnchat.learning.hearing.analysis import default_analyser

    disabled = {*configuration.detectors.disabled, *switches.read().off}
    return default_analyser(disabled, dial=lambda: profiles.answers.dial(profiles.name))
