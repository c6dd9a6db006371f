"""What the models of all services have in common: a key that has to be there, and failures told in one sentence."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator

from learnchat.app.models.failures import explain, no_key
from learnchat.app.models.model import Event, ModelError, Request
from learnchat.app.models.parameters import AnswerForm
from learnchat.app.models.providers import PROVIDERS, first_set
from learnchat.app.settings import ModelParameters


class ServiceModel(ABC):
    """One model of one service.

    Args:
        model: without the provider.
        read_timeout: seconds without a byte after which a stream counts as stalled; None: the service's usual ones.
        parameters: how it is to reply, as the user has set it.
        form: what a reply is to look like that a program reads; None for people.
    """

    provider: str
    """A name of `PROVIDERS`."""
    usual_timeout: float
    """Seconds."""

    def __init__(
        self,
        model: str,
        *,
        read_timeout: float | None = None,
        parameters: ModelParameters | None = None,
        form: AnswerForm | None = None,
    ) -> None:
        self.name = f"{self.provider}/{model}"
        self._model = model
        self._read_timeout = self.usual_timeout if read_timeout is None else read_timeout
        self._parameters = parameters or ModelParameters()
        self._form = form

    @abstractmethod
    def warm(self) -> None:
        """Load what the first reply needs: for a thread."""

    async def stream(self, request: Request) -> AsyncGenerator[Event, None]:
        """Reply piece by piece.

        Raises:
            ModelError: the reply did not come, or broke off.
        """
        if not self._has_key():
            raise no_key(self.provider, self._model)
        failure: ModelError | None = None
        events = self._events(request)
        try:
            async for event in events:
                yield event
        except Exception as error:
            failure = explain(error, self.provider, self._model)
        finally:
            await events.aclose()
        if failure is not None:
            raise failure

    @abstractmethod
    def _events(self, request: Request) -> AsyncGenerator[Event, None]:
        """The same, with whatever the service's library raises."""

    def _has_key(self) -> bool:
        service = PROVIDERS[self.provider]
        # A server of one's own may need no key.
        return not service.keys or first_set((*service.keys, *service.bases), os.environ) is not None
