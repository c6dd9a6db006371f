"""How people tell a secret in a sentence: parts of the expressions in `spoken` and `named`.

All are for small letters, with bounded repetitions between blanks: linear.
"""

from __future__ import annotations

VALUE = r"[\"'`“„«]?(?P<value>[^\s\"'`“”„«»,;(){}<>\[\]]{5,100})"
# "for the staging server", "auf dem Server"
OF_WHAT = (
    r"(?P<of>[ \t]{1,4}(?:for|of|on|to|in|at|there|here|für|fuer|von|vom|zum|zur|auf|im|pour|de|du|sur|para|del|en)"
    r"(?:[ \t]{1,4}[^\s:=]{0,30}[^\s:=,;.!?]){0,5}?)?"
)
LINK = (
    r"(?P<link>[ \t]{0,4}(?:=>|:=|=|:)[ \t]{0,4}|"
    r"[ \t]{1,4}(?:is|are|was|will be|(?:changed|set|reset) to|ist|sind|war|lautet|est|es):?[ \t]{1,4}"
    r"(?:(?:now|still|currently|just|simply|(?:set|changed|reset) to|jetzt|noch|maintenant|ahora)[ \t]{1,4})?)"
)
