"""Why a message was asked about, or not, in lines for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from learnchat.learning.text import one_line

if TYPE_CHECKING:
    from learnchat.learning.hearing.watcher import Observation


def why_not(observation: Observation | None, missed_because: str) -> str:
    """What became of the last message.

    Args:
        observation: of it; None before the first.
        missed_because: why what was heard went to the inbox unseen; empty when it did not.
    """
    if observation is None:
        return "You have not said anything yet."
    fate = f"not asked, it waits in the inbox: {missed_because}" if missed_because else "asked, or about to be"
    lines = [f"“{one_line(each.statement)}” · {each.kind.label} · {fate}" for each in observation.proposals]
    lines += [
        f"“{one_line(remark.quote)}” · {remark.kind.label if remark.kind else 'not heard'} · {remark.reason}"
        for remark in observation.remarks
        if remark.quote
    ]
    if observation.pasted:
        lines.append("What you pasted is not listened to; /remember saves a sentence of it.")
    if observation.analysis.secrets:
        lines.append("It holds a secret: nothing of such a message is asked about.")
    return "\n".join(lines) or "Nothing in your last message was heard as something that will still matter."
