"""What is done with a message in the engine's thread: recorded, observed, and what bears on it found.

Knows nothing of who answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from learnchat.app.attachments.gathering import Attached
    from learnchat.app.models.model import Usage
    from learnchat.app.parts import Parts
    from learnchat.learning.hearing.watcher import Observation
    from learnchat.learning.recall.giving import Recalled
    from learnchat.learning.transcripts.session import Transcript

COMPANY = (
    "This conversation is open in another window too. What is said there is not known here; when it is resumed, it "
    "stands beside this as a variant. /new begins another one."
)

# Characters of what a model thought that are kept with its reply: a few screens. A transcript is read whole when its
# conversation is resumed, and some models think ten times as long as they answer.
MOST_THOUGHTS = 8_000


@dataclass(frozen=True, slots=True)
class Received:
    """A message that is in the transcript and was observed; its proposals, if any, are in the inbox."""

    text: str
    observation: Observation | None
    recalled: Recalled
    """What bears on it, and was not given before."""
    trouble: str = ""
    """What could not be written, or is written there besides, as a sentence; the chat goes on."""
    attached: Attached | None = None
    """What goes along with it. Never observed: files are not the user's words."""
    id: str = ""
    """The message's."""
    pasted: tuple[str, ...] = ()
    """What of it is somebody else's words."""


def receive(parts: Parts, received: Received, place: Mapping[str, str], context: str) -> Received:
    """In the engine's thread: record first, then observe, then recall.

    Args:
        parts: the engine's.
        received: the message.
        place: what of the facts says where it stands: `parent`, `after`.
        context: how the reply before it ends.
    """
    from learnchat.learning.detection import Message
    from learnchat.learning.hearing.own_words import pasted_spans
    from learnchat.learning.secrets.finding import find_secrets, masked, masked_places

    text, attached = received.text, received.attached
    pasted = pasted_spans(text, received.pasted)
    trouble = ""
    try:
        facts: dict[str, Any] = dict(place)
        if attached is not None:
            facts["attached"] = attached.references()
            trouble = _keep_attached(parts, received.id, attached)
        secrets = find_secrets(text)
        # Verbatim but for secrets, which are written down nowhere.
        kept = masked(text, secrets)
        if secrets:
            facts["masked"] = True
        if pasted:
            facts["pasted"] = masked_places(pasted, secrets)
        parts.transcript.append("user", kept, id=received.id, **facts)
    except OSError as error:
        trouble = f"This conversation is not being recorded: {_why(error, parts)}."
    observation = None
    try:
        message = Message(text=text, id=received.id, session=parts.transcript.session, context=context, pasted=pasted)
        observation = parts.watcher.observe(message)
    except OSError as error:
        trouble = trouble or f"Nothing can be asked, the inbox can't be written: {_why(error, parts)}."
    if not trouble and _has_company(parts):
        trouble = COMPANY
    return replace(received, observation=observation, recalled=_recall(parts, text), trouble=trouble)


def _recall(parts: Parts, text: str) -> Recalled:
    parts.keep_up()
    recalled = parts.recall.for_message(text)
    if recalled.ids:
        # Of thousands only what is given is compared: what was found now may have been reworded meanwhile.
        parts.keep_up()
        if not parts.recall.standing(recalled).ids:
            return parts.recall.for_message(text)
    return recalled


def _has_company(parts: Parts) -> bool:
    try:
        return parts.transcript.has_company()
    except OSError:
        # What can't be read is no reason to say anything: the message is written.
        return False


def _why(error: OSError, parts: Parts) -> str:
    return f"{error.strerror or error} ({error.filename or parts.data.folder})"


def _keep_attached(parts: Parts, message: str, attached: Attached) -> str:
    """Write down what goes along with a message; returns what is to be said where that can't be."""
    from learnchat.app.attachments.keeping import kept
    from learnchat.learning.transcripts.attached import keep_attached

    try:
        if parts.temporary or keep_attached(parts.transcript.path, message, kept(attached)):
            return ""
        why = "the conversation has no room for it"
    except OSError as error:
        why = error.strerror or str(error)
    return f"What goes along is not kept ({why}): when the conversation is resumed, name the files again."


def record_reply(
    parts: Parts,
    transcript: Transcript,
    question: str,
    text: str,
    id: str,
    facts: Mapping[str, Any],
    usage: Usage | None,
) -> tuple[str, ...]:
    """In the engine's thread: write down what came of a reply, and count what of memory went with it.

    Args:
        parts: the engine's.
        transcript: where it is written.
        question: the message it replies to.
        text: the reply.
        id: its id.
        facts: what else is kept of it; `recalled` are the ids of what went with it.
        usage: what it took; None where that is not known.

    Returns:
        Of those the ones that it took up.

    Raises:
        OSError: it could not be written.
    """
    from learnchat.app.given import count_use
    from learnchat.learning.secrets.finding import find_secrets, masked

    parts.watcher.said(text)
    used = count_use(parts, facts["recalled"], question, text)
    transcript.append("assistant", masked(text, find_secrets(text)), id=id, **facts_to_keep(facts, usage))
    return tuple(used)


def facts_to_keep(facts: Mapping[str, Any], usage: Usage | None) -> dict[str, Any]:
    """What is known of a reply as it is written down: without secrets, what was thought cut short, what it took."""
    from learnchat.app.accounting import recorded
    from learnchat.learning.secrets.finding import find_secrets, masked

    kept = dict(facts)
    if thought := facts.get("thought"):
        # Masked first: a secret that is cut in two is none any more to whoever looks for it.
        thought = masked(thought, find_secrets(thought))
        kept["thought"] = thought if len(thought) <= MOST_THOUGHTS else f"{thought[:MOST_THOUGHTS]}…"
    return kept if usage is None else {**kept, "usage": recorded(usage, str(facts["model"]))}


def given(parts: Parts, recalled: list[Recalled]) -> tuple[Transcript, Recalled, list[Recalled]]:
    """In the engine's thread: where the reply is recorded, also if another session has begun when it ends; the stable
    block; and what of the earlier messages' memory still goes along."""
    parts.keep_up()
    return parts.transcript, parts.recall.stable_block(), [parts.recall.standing(each) for each in recalled]


def nothing() -> Recalled:
    """What is recalled where nothing can be."""
    from learnchat.learning.recall.giving import Recalled

    return Recalled()
