"""From the configuration to a chain of judges, and what there is to say about it."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from learnchat.app.judging.candidates import Candidate, candidates
from learnchat.app.judging.chain import Chain
from learnchat.app.judging.consent import ConsentFile
from learnchat.app.judging.ledger import Ledger
from learnchat.app.models.choice import reachable_ollama

if TYPE_CHECKING:
    from learnchat.app.locations import Locations
    from learnchat.app.settings import JudgeSettings
    from learnchat.learning.clock import Clock

# How long it is remembered which models an Ollama has: it is started and stopped by hand.
OLLAMA_MEMORY_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who could judge, and who of them may."""

    all: Sequence[Candidate]
    allowed: Sequence[Candidate]

    @property
    def to_ask_for(self) -> Candidate | None:
        """The first service that is not allowed yet and would come before all that are."""
        first = self.all[0] if self.all else None
        return first if first is not None and first not in self.allowed else None


class Finder:
    """Finds the models that could judge. It asks the network for the models of Ollama: in a thread.

    Args:
        settings: the configuration's `[judge]`.
        consent: what the user said.
        chat_model: the name of the model that the user talks to; it may change.
        environment: for keys and addresses.
    """

    def __init__(
        self, settings: JudgeSettings, consent: ConsentFile, chat_model: str, environment: Mapping[str, str]
    ) -> None:
        self.chat_model = chat_model
        self._settings = settings
        self._consent = consent
        self._environment = environment
        self._ollama: Sequence[str] = ()
        self._looked = float("-inf")

    @property
    def is_off(self) -> bool:
        """Whether it is switched off, in the configuration or by the user's word."""
        return not self._settings.enabled or self._consent.read().off

    def stay_offline(self) -> None:
        """Look for no Ollama."""
        self._looked = float("inf")

    def find(self) -> Candidates:
        """Who could judge now, and who of them may."""
        said = self._consent.read()
        if time.monotonic() - self._looked > OLLAMA_MEMORY_SECONDS:
            self._ollama = [offer.name for offer in reachable_ollama(self._environment)]
            self._looked = time.monotonic()
        found = candidates(self._settings.model, self.chat_model, self._environment, self._ollama)
        allowed = [each for each in found if not each.remote or each.provider in said.providers]
        return Candidates(found, () if self.is_off else allowed)

    def allowed(self) -> Sequence[Candidate]:
        """Who may be asked now, in their order."""
        return self.find().allowed


@dataclass(frozen=True, slots=True)
class Judging:
    """Everything of the judge that a process has once."""

    finder: Finder
    chain: Chain
    ledger: Ledger
    consent: ConsentFile
    settings: JudgeSettings


def open_judging(
    locations: Locations,
    settings: JudgeSettings,
    clock: Clock,
    chat_model: str,
    environment: Mapping[str, str] | None = None,
) -> Judging:
    """The judge as configured. Reads nothing yet."""
    environment = os.environ if environment is None else environment
    consent = ConsentFile(locations.judge_consent)
    ledger = Ledger(locations.user_data.judge_ledger, clock)
    finder = Finder(settings, consent, chat_model, environment)
    return Judging(finder, Chain(finder.allowed, ledger, settings), ledger, consent, settings)
