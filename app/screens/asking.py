"""From a proposal to a decision, on the chat screen: what the toast says, and what an answer does.

The asker keeps the time and the rules; this module knows the words and the profile.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from learnchat.app.asker import Ask, Asker
from learnchat.app.engine import Engine, Parts
from learnchat.app.keymap import shown_key
from learnchat.widgets.toast import Choice, Question

if TYPE_CHECKING:
    from learnchat.learning.profile.insight import Means
    from learnchat.learning.profiles import Act, Rewording
    from learnchat.learning.proposal import Proposal

REMEMBER = "remember"
SKIP = "skip"
REWORD = "reword"
FIRST_TOAST = "No answer saves nothing. /quiet stops asking."


class Listener(Protocol):
    """What the asking needs of the chat screen."""

    def say(self, sentence: str, hint: str = "") -> None:
        """Put learnchat's own words into the conversation."""

    def memory_changed(self) -> None:
        """Something was decided: counts are to be read again."""

    async def reword(self, proposal: Proposal) -> Rewording | str | None:
        """Open the dialog. A rewording, "never", or None when it was cancelled."""


def _admit(parts: Parts, proposal_id: str) -> tuple[str, bool]:
    """In the engine's thread: why the toast may not be shown (empty if it may), and whether it is the first of all.

    One job, and the budget is taken under a lock: two windows can't both show the last toast of the hour.
    """
    objection = parts.quiet.state() or parts.profiles.unwritable or parts.budget.objection()
    if objection is not None:
        return objection, False
    if not parts.budget.take():
        return "another window has just asked", False
    parts.profiles.inbox.mark_asked(proposal_id)
    return "", parts.budget.first_ever()


class Asking:
    """Puts proposals to the user and carries out what they decide.

    Args:
        engine: where decisions are written.
        asker: shows the toast and keeps its time.
        listener: the chat screen.
        keys: the key of a binding id, for showing.
    """

    def __init__(self, engine: Engine, asker: Asker, listener: Listener, keys: Callable[[str], str]) -> None:
        self._engine = engine
        self._asker = asker
        self._listener = listener
        self._keys = keys

    def propose(self, proposals: Sequence[Proposal]) -> None:
        """Ask about what one message gave: the best of it in a toast, the rest waits in the inbox."""
        if not proposals:
            return
        best, more = proposals[0], len(proposals) - 1
        first = False

        async def admit() -> str:
            nonlocal first
            objection, first = await self._engine.call(_admit, best.id)
            return objection

        async def answered(answer: str) -> None:
            await self._answered(best, answer)

        self._asker.offer(
            Ask(
                question=lambda: self._question(best, more, first),
                admit=admit,
                answered=answered,
                answers=(REMEMBER, SKIP, REWORD),
                proposals=1,
            )
        )

    def _question(self, proposal: Proposal, more: int, first: bool) -> Question:
        own_words = proposal.source.quote
        return Question(
            title="Remember this?",
            heading=f"{proposal.kind.label} · {'this project' if proposal.scope == 'project' else 'everywhere'}"
            f" · {proposal.confidence:.0%}",
            statement=proposal.statement,
            quote="" if own_words.strip() == proposal.statement.strip() else own_words,
            more=more,
            footnote=FIRST_TOAST if first else "",
            choices=[
                Choice(REMEMBER, "remember", self._shown("toast.remember")),
                Choice(SKIP, "skip", self._shown("toast.skip")),
                Choice(REWORD, "reword", self._shown("toast.reword")),
            ],
        )

    def _shown(self, binding: str) -> str:
        return shown_key(self._keys(binding))

    async def _answered(self, proposal: Proposal, answer: str) -> None:
        from learnchat.learning.profile.insight import Means

        if answer == REMEMBER:
            await self.decide(lambda parts: parts.profiles.confirm(proposal, Means.TOAST))
        elif answer == SKIP:
            await self.decide(lambda parts: parts.profiles.skip(proposal, Means.TOAST))
        elif answer == REWORD:
            await self.reword(proposal, Means.TOAST)
        else:
            self._listener.memory_changed()

    async def reword(self, proposal: Proposal, means: Means) -> None:
        """Open the dialog on a proposal, and do what it comes back with; cancelled, the proposal waits on."""
        outcome = await self._listener.reword(proposal)
        if outcome == "never":
            await self.decide(lambda parts: parts.profiles.never(proposal, means))
        elif outcome is None:
            self._listener.memory_changed()
        else:
            rewording = outcome
            assert not isinstance(rewording, str)
            await self.decide(lambda parts: parts.profiles.confirm(proposal, means, rewording))

    async def decide(self, act: Callable[[Parts], Act | None]) -> None:
        """Carry out a decision off the event loop, and say what came of it.

        "Learned" is said only when the journal has it.
        """
        from learnchat.learning.profile.errors import ProfileError

        try:
            done = await self._engine.call(lambda parts: parts.decide(act))
        except ProfileError as error:
            self._listener.say(error.title, error.hint)
            return
        except OSError as error:
            self._listener.say(f"Not saved: {error.strerror or error}.", "It still waits in the inbox.")
            return
        finally:
            self._listener.memory_changed()
        if done is None:
            self._asker.flash("Nothing to undo.", "Acts on memory can be undone for a day.")
            return
        self._asker.flash(done.sentence, f"{self._shown('memory.undo')} takes it back")
        if done.insight is not None:
            self._listener.say(done.sentence)
        if done.first_in_git:
            self._ask_to_share()

    def _ask_to_share(self) -> None:
        """The first-time question. Unanswered, the folder stays private; it is not asked again."""

        async def admit() -> str:
            return ""

        async def answered(answer: str) -> None:
            if answer == "expired":
                self._listener.say("Kept private: .learnchat/ is not shared.", "/share on changes that.")
                return
            sentence = await self._engine.call(
                lambda parts: parts.profiles.share("on" if answer == REMEMBER else "off")
            )
            self._asker.flash(sentence, "/share changes it")
            self._listener.memory_changed()

        self._asker.offer(
            Ask(
                question=lambda: Question(
                    title="Share what is learned here?",
                    heading="Once for this project",
                    statement="Share .learnchat/ with everybody who uses this repository, or keep it to yourself?",
                    footnote="No answer keeps it private. Nothing is committed by itself.",
                    choices=[
                        Choice(REMEMBER, "share", self._shown("toast.remember")),
                        Choice(SKIP, "keep private", self._shown("toast.skip")),
                    ],
                ),
                admit=admit,
                answered=answered,
                answers=(REMEMBER, SKIP),
            )
        )
