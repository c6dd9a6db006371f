"""How an insight was decided, in words."""

from __future__ import annotations

DECIDED = {
    "toast": "you said yes to a toast",
    "inbox": "you said yes in the inbox",
    "remember": "you told learnchat to remember it",
    "command": "you said yes on the command line",
    "accepted": "you accepted a change made outside learnchat",
}
"""By the means of the decision."""
