"""Whether a text that holds a secret may leave this machine: what was found, and what the user allowed."""

from __future__ import annotations

import os
from collections.abc import Callable


class SecretConsent:
    """The user's leave to send secrets to a model on another machine, for one conversation.

    Args:
        model: names the model that would be asked now.
        sent: what the user has sent so far; it goes along with every request.
    """

    def __init__(self, model: Callable[[], str], sent: Callable[[], list[str]]) -> None:
        self._model = model
        self._sent = sent
        self._allowed: set[str] = set()

    def to_ask_about(self, text: str = "", attached: str = "") -> tuple[str, ...]:
        """Names of the secrets that would leave this machine with the next request, and were not allowed to.

        Args:
            text: the message that is about to be sent.
            attached: what goes along with it.

        Also those of earlier messages, which a local model may have had. Takes a millisecond for 16 KB: in a thread.
        """
        from learnchat.app.models.remote import is_remote
        from learnchat.learning.secrets.finding import find_secrets

        if not is_remote(self._model(), os.environ):
            return ()
        texts = [*self._sent(), text, attached]
        found = [one for each in texts if each not in self._allowed for one in find_secrets(each)]
        self._allowed.update(texts if not found else ())
        return tuple(dict.fromkeys(one.name for one in found))

    def allow(self, text: str = "", attached: str = "") -> None:
        """The user said yes: what was said so far, and this message, may be sent as it is."""
        self._allowed.update([*self._sent(), text, attached])

    def forget(self) -> None:
        """Another conversation begins: nothing is allowed in it yet."""
        self._allowed.clear()
