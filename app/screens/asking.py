"""From a proposal to a decision, on the chat screen: what the toast says, and what an answer does.

The asker keeps the time and the rules; this module knows the words and the profile.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from learnchat.app.asker import Ask, Asker
from learnchat.app.keymap import shown_key
from learnchat.app.screens.offers import inbox_offer, row_to_offer, share_offer
from learnchat.learning.clock import local
from learnchat.widgets.toast import Choice, Question

if TYPE_CHECKING:
    from learnchat.app.engine import Engine
    from learnchat.app.parts import Parts
    from learnchat.learning.memory.profiles import Act, Rewording
    from learnchat.learning.profile.insight import Means
    from learnchat.learning.proposal import Proposal

REMEMBER = "remember"
SKIP = "skip"
REWORD = "reword"
LATER = "later"
FIRST_TOAST = "No answer saves nothing. /quiet stops asking."

BATCH_LIMIT = 5
"""Of one message so many are asked about in a row; nobody answers more in one go. The rest is in the inbox."""


class Listener(Protocol):
    """What the asking needs of the chat screen."""

    def say(self, sentence: str, hint: str = "") -> None:
        """Put learnchat's own words into the conversation."""

    def show_hint(self, hint: str) -> None:
        """Say in the last row what can be done now."""

    def memory_changed(self) -> None:
        """Something was decided: counts are to be read again."""

    async def reword(self, proposal: Proposal, replaces: str) -> Rewording | str | None:
        """Open the dialog. A rewording, "never", or None when it was cancelled."""


@dataclass(frozen=True, slots=True)
class Item:
    """A proposal, and the statement it would replace."""

    proposal: Proposal
    replaces: str

    @property
    def best_before(self) -> str:
        """Until when it would hold, by the user's calendar; empty where that is open."""
        expires = self.proposal.expires
        if expires is None:
            return ""
        day = f"best before {local(expires):%Y-%m-%d}"
        return f"{day} (no date named: look again then)" if self.proposal.recheck else day


@dataclass(slots=True)
class _Batch:
    """What of one message is asked about, one after the other in one toast."""

    items: Sequence[Item] = ()
    more: int = 0
    """What of the message only waits in the inbox."""
    first: bool = False
    """It is the first toast of all."""


def item_of(parts: Parts, proposal: Proposal) -> Item:
    """In the engine's thread: a proposal, with the statement it would replace where that still holds."""
    from learnchat.learning.proposal import RECHECK

    replaces = proposal.replaces if proposal.detector != RECHECK else None
    replaced = parts.profiles.find(replaces) if replaces else None
    return Item(proposal, replaced.statement if replaced is not None else "")


def _admit(parts: Parts, proposals: Sequence[Proposal]) -> tuple[str, _Batch]:
    """In the engine's thread: why no toast may be shown (empty if it may), and what it shows.

    One job, and the budget is taken under a lock: two windows can't both show the last toast of the hour.
    """
    objection = parts.quiet.state() or parts.profiles.unwritable or parts.budget.objection()
    if objection is not None:
        return objection, _Batch()
    inbox_only = parts.switches.read().inbox_only
    shown = [each for each in proposals if each.kind not in inbox_only][:BATCH_LIMIT]
    if not shown:
        return f"you send “{proposals[0].kind.label}” to the inbox only", _Batch()
    if not parts.budget.take():
        return "another window has just asked", _Batch()
    parts.profiles.inbox.mark_asked(shown[0].id)
    items = [item_of(parts, each) for each in shown]
    return "", _Batch(items, len(proposals) - len(shown), parts.budget.first_ever())


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
        """Ask about what one message gave, the best first, all in one toast; what is too much waits in the inbox."""
        if not proposals:
            return
        batch = _Batch([Item(proposals[0], "")])
        ask = self._about(batch, 0)

        async def admit() -> str:
            objection, admitted = await self._engine.call(_admit, proposals)
            if not objection:
                batch.items, batch.more, batch.first = admitted.items, admitted.more, admitted.first
                ask.proposals = len(batch.items)
            return objection

        ask.admit = admit
        self._asker.offer(ask)

    def _about(self, batch: _Batch, at: int) -> Ask:
        """One item of a batch."""

        async def admit() -> str:
            # The batch has its place in the budget. That it was shown is a note for the list, no condition.
            with contextlib.suppress(OSError):
                await self._engine.call(lambda parts: parts.profiles.inbox.mark_asked(batch.items[at].proposal.id))
            return ""

        async def answered(answer: str) -> None:
            await self._answered(batch.items[at], answer)

        def following(answer: str) -> Ask | None:
            return self._about(batch, at + 1) if answer != LATER and at + 1 < len(batch.items) else None

        return Ask(
            question=lambda: self._question(batch, at),
            admit=admit,
            answered=answered,
            answers=(REMEMBER, SKIP, REWORD, LATER),
            proposals=len(batch.items) - at,
            following=following,
        )

    def _question(self, batch: _Batch, at: int) -> Question:
        from learnchat.learning.proposal import RECHECK

        question, proposal = self._question_about(batch, at), batch.items[at].proposal
        if proposal.detector != RECHECK:
            return question
        from learnchat.app.screens.rechecks import as_recheck

        return as_recheck(question, proposal)

    def _question_about(self, batch: _Batch, at: int) -> Question:
        item, count = batch.items[at], len(batch.items)
        proposal = item.proposal
        own_words = proposal.source.quote
        choices = [
            Choice(REMEMBER, "remember", self.shown("toast.remember")),
            Choice(SKIP, "skip", self.shown("toast.skip")),
            Choice(REWORD, "reword", self.shown("toast.reword")),
        ]
        if at + 1 < count:
            choices.append(Choice(LATER, "later", self.shown("toast.later")))
        return Question(
            title="Remember this?" if count == 1 else f"{count} things to remember · {at + 1} of {count}",
            heading=f"{proposal.kind.label} · {'this project' if proposal.scope == 'project' else 'everywhere'}"
            f" · {proposal.origin}",
            statement=proposal.statement,
            quote="" if own_words.strip() == proposal.statement.strip() else own_words,
            replaces=item.replaces,
            best_before=item.best_before,
            more=batch.more,
            footnote=FIRST_TOAST if batch.first and at == 0 else "",
            choices=choices,
        )

    def shown(self, binding: str) -> str:
        """The key of a binding, as the user has set it."""
        return shown_key(self._keys(binding))

    async def _answered(self, item: Item, answer: str) -> None:
        from learnchat.app.remembering import confirm
        from learnchat.learning.profile.insight import Means

        proposal = item.proposal
        if answer == REMEMBER:
            await self.decide(lambda parts: confirm(parts, proposal, Means.TOAST))
        elif answer == SKIP:
            await self.decide(lambda parts: parts.profiles.skip(proposal, Means.TOAST))
        elif answer == REWORD:
            await self._reword(item, Means.TOAST)
        else:
            self._listener.memory_changed()

    async def reword(self, proposal: Proposal, means: Means) -> str:
        """Open the dialog, and do what it comes back with; cancelled, the proposal waits on. Returns as `decided`."""
        return await self._reword(await self._engine.call(item_of, proposal), means)

    async def _reword(self, item: Item, means: Means) -> str:
        from learnchat.app.remembering import confirm

        proposal = item.proposal
        outcome = await self._listener.reword(proposal, item.replaces)
        if outcome == "never":
            return await self.decided(lambda parts: parts.profiles.never(proposal, means))
        if outcome is None:
            self._listener.memory_changed()
            return ""
        rewording = outcome
        assert not isinstance(rewording, str)
        return await self.decided(lambda parts: confirm(parts, proposal, means, rewording))

    async def decide(self, act: Callable[[Parts], Act | None], say: Callable[[str, str], None] | None = None) -> None:
        """Carry out a decision off the event loop, and say what came of it, where `say` says."""
        await self.decided(act, say)

    async def decided(self, act: Callable[[Parts], Act | None], say: Callable[[str, str], None] | None = None) -> str:
        """Carry out a decision off the event loop, and say what came of it: as a listener does, if not otherwise.

        "Learned" is said only when the journal has it.

        Returns:
            For a dialog that hides the conversation: why it was not done, or what more there is to know; else empty.
        """
        from learnchat.learning.profile.errors import ProfileError

        say = say or self._listener.say
        try:
            done = await self._engine.call(lambda parts: parts.decide(act))
        except ProfileError as error:
            say(error.title, error.hint)
            return error.title
        except OSError as error:
            failure = f"Not saved: {error.strerror or error}."
            say(failure, "It still waits in the inbox.")
            return failure
        finally:
            self._listener.memory_changed()
        if done is None:
            self._asker.flash("Nothing to undo.", "Acts on memory can be undone for a day.")
            return ""
        back = f"{self.shown('memory.undo')} takes it back"
        if done.insight is not None:
            say(done.sentence, "")
            self._listener.show_hint(back)
        else:
            self._asker.flash(done.sentence, back)
        if done.first_in_git:
            self._asker.offer(share_offer(self.shown, self._shared))
        if done.proposal is not None and done.proposal.state in ("skipped", "never"):
            await self._offer_inbox(done.proposal)
        return done.sentence if "\n" in done.sentence else ""

    async def _shared(self, yes: bool | None) -> None:
        if yes is None:
            self._listener.say("Kept private: .learnchat/ is not shared.", "/share on changes that.")
            return
        sentence = await self._engine.call(lambda parts: parts.profiles.share("on" if yes else "off"))
        self._asker.flash(sentence, "/share changes it")
        self._listener.memory_changed()

    async def _offer_inbox(self, refused: Proposal) -> None:
        """After several refusals of a kind in a row: to the inbox only?"""
        from learnchat.learning.proposal import UNWEIGHED

        kind = refused.kind
        if refused.detector in UNWEIGHED or refused.asked is None:
            return

        async def answered(yes: bool | None) -> None:
            if yes:
                await self._engine.call(lambda parts: parts.switches.send_to_inbox(kind, True))
                hint = f"learnchat detectors ask {kind} takes it back"
                self._asker.flash(f"{kind.label}: to the inbox only from now on.", hint)

        if row := await self._engine.call(row_to_offer, kind):
            self._asker.offer(inbox_offer(kind, row, self.shown, answered))
