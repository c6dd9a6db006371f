"""What in somebody else's text is to be looked at twice before it is given to a model.

A mark is no verdict: many a good rule is an imperative. It keeps "accept all but the marked" from taking over what was
made to be taken over. So it errs on the side of marking; but who meets it on "we support Python 3.13" reads it no more.
"""

from __future__ import annotations

import re

from learnchat.learning.text import has_hidden

ADDRESSES = "has a web address"
HIDDEN = "has hidden characters"
IMPERATIVE = "tells the assistant what to do"
SECRET = "has what looks like a secret"
COMMAND = "has a command that runs or sends something"
MARKUP = "looks like a part of a request to a model"

_ADDRESS = re.compile(
    r"(?i)\b(?:[a-z][a-z0-9+.-]{1,15}://|www\.|mailto:|javascript:|data:[a-z]+/)|\]\(|"
    r"\b(?:[a-z0-9-]{1,63}\.){1,5}(?:com|net|org|io|dev|app|ru|cn|xyz|top|info|example|sh|me|co|zip|link)\b|"
    r"\b\d{1,3}(?:\.\d{1,3}){3}\b"
)
# Whom a rule for the assistant speaks to, and what nobody says of a project: what to ignore, to hide, to pretend. A
# model's name alone is a tool that the project uses.
_ADDRESSED = re.compile(
    r"(?i)\b(?:you(?:'re| are| must| should| shall)|your (?:task|job|role|goal|"
    r"instructions?|rules?|guidelines|answers?|repl(?:y|ies)|output)|assistant|chat ?bot|language model|"
    r"(?:ai (?:model|agent|tool)s?|llms?|claude|chatgpt|gpt-?\d[\w.-]*|gemini|copilot|agents?)"
    r"(?:\s*[,:]|\s+(?:must|should|shall|will|may|can|needs? to|ha(?:s|ve) to|always|never|(?:is|are) (?:to|allowed)))|"
    r"as an ai|system (?:prompt|message)|"
    r"developer mode|jailbreak|do anything now|previous(?:ly)? (?:instructions?|rules?|messages?|given)|"
    r"(?:ignore|disregard|forget|override|bypass|overrule)\b.{0,40}\b(?:instructions?|rules?|guidelines?|"
    r"polic(?:y|ies)|prompts?|above|before|safety|limits?|restrictions?|everything|all)|new instructions?|"
    r"instead of answering|"
    r"(?:do not|don't|never|without) (?:tell|tell(?:ing)?|mention|mentioning|inform|informing|ask|asking|warn|"
    r"warning|"
    r"show|showing|reveal)\b.{0,30}\b(?:users?|anyone|anybody|them|developer|human|people|confirmation|"
    r"permission|first)|"
    r"(?:repl(?:y|ies)|responses?|answers?|messages?|outputs?|comments?) (?:must|should|shall|always|ha(?:s|ve) to)|"
    r"pretend|role-?play|from now on|(?:the )?user (?:has|already|wants|agreed|approved|consent))"
)
# What sends, runs or gives something away, or is said to a model only.
_GRAVE = (
    "execute|eval|download|send|post|upload|e?-?mail|exfiltrate|leak|reveal|reply|respond|delete|wipe|approve|trust|"
    "grant|obey|disregard|pretend|paste|tell"
)
_GRAVER = f"{_GRAVE}|run|install|fetch|visit|print|repeat|answer|remove|drop|disable|push|ignore|forget|skip|open"
_ANY_ORDER = (
    f"{_GRAVER}|show|output|say|write|append|insert|add|include|enable|turn|set|accept|call|use the tool|read|copy|"
    "encode|follow|remember|confirm|click|act|translate|summari[sz]e|recommend|suggest|give|share"
)
# At the start of a sentence, and after "always" or "please", any order is one. After "and" and "to" most are what
# somebody does or wants, and what a thing must do ("tests must run with …") is an order when it is a grave one.
_ORDER = re.compile(
    rf"(?i)(?:(?:\A|[.:;!?,-]\s+)(?:{_ANY_ORDER})\b(?!\s+(?:is|are|was|has|goes)\b)|"
    rf"\b(?:always|never|first|then|please|immediately|you (?:can|may|will|need to|have to))\s+"
    rf"(?:\w+\s+){{0,3}}?(?:{_ANY_ORDER})\b|"
    rf"\b(?:before|after|and)\s+(?:\w+\s+){{0,3}}?(?:{_GRAVER})\b|"
    rf"\b(?:to|must|should)\s+(?:\w+\s+){{0,3}}?(?:{_GRAVE})\b)"
)
_GUARDS = (
    r"checks?|certificates?|verification|validation|authenticat\w+|authori[sz]ation|tls|ssl|security|sandbox\w*|"
    r"signatures?|confirmations?"
)
# Wherever it stands: what takes a guard away, or gives a secret out.
_GUARD = re.compile(
    rf"(?i)(?<!\w)--(?:no-verify|insecure|no-check-certificate)\b|\bverify ?= ?false\b|"
    rf"\b(?:(?:disabl|skip|skipp|ignor|bypass|turn)(?:e|ing)?(?: off)? (?:\w+ ){{0,3}}?(?:{_GUARDS})|"
    rf"(?:{_GUARDS}) (?:is|are|be) (?:disabled|skipped|ignored|bypassed|turned off|switched off)|"
    r"(?:print|dump|show|log|copy)(?:ing)? (?:\w+ ){0,3}?(?:environment|env vars?|secrets?|keys?|tokens?|passwords?|"
    r"credentials?))\b"
)
# What runs a program of that name, and what a sentence goes on with where it is only named: "Python 3.13 and up".
_SCRIPT = r"(?:-{1,2}[a-z]|[\"'$(|~]|[\w.-]*/|[\w-]+\.(?:py|[cm]?js|ts|sh|rb|pl|ps1|bat|exe|jar)\b)"
_COMMAND = re.compile(
    r"(?i)\b(?:curl|wget|nc|ncat|netcat|telnet|ssh|scp|rsync|iex|invoke-\w+|certutil|"
    r"npx|sudo|chmod|chown|base64|xxd|crontab|mkfifo|osascript|"
    r"start-process)\s+[-\w./\"'$(|~]|"
    rf"\b(?:bash|zsh|sh|powershell|pwsh|python3?|node|perl|ruby|eval|exec)\s+{_SCRIPT}|"
    # In backticks, what is one word is a name; with a blank, or as a path, it is typed.
    r"`[^`\s]{1,80}\s[^`]{1,400}`|`(?:[.~]{0,2}/[^`\s]+|[^`\s]+\.(?:sh|ps1|bat|exe))`|"
    r"\brm\s+-\w*[rf]|\|\s*(?:ba|z)?sh\b|\$\(|/dev/tcp|\.(?:ssh|aws|netrc|npmrc|kube)\b|\bid_rsa\b|"
    r"\b(?:cat|contents?|values?|read|copy|print|dump|show|send|post|upload|paste|include|share)\b[^.\n]{0,60}\.env\b|"
    r"\b(?:printenv|process\.env|os\.environ|git\s+push|git\s+config|npm\s+(?:i|install)|pip3?\s+install)\b|"
    r"\bdrop\s+table\b"
)
_MARKUP = re.compile(
    r"(?i)<[/!a-z|]|\{\{|\{%|<\|[a-z_]+\|>|\[/?(?:inst|system|user|assistant)\]|(?:\A|\n|\s)#{2,}\s|-->|<!--|"
    r"(?:\A|\n|[.!?]\s)(?:system|assistant|user|human|developer|tool|instruction)s?\s*:|\"role\"\s*:|```|\\n\\n"
)
_ESCAPES = re.compile(
    r"\\u(?:00[019][0-9a-f]|007f|200[b-f]|202[a-e]|206[0-9a-f]|feff|fe0[0-9a-f]|db40|00ad|d[89a-f]..)", re.I
)
# Long runs without a blank: encoded orders read by a model and by nobody else.
_ENCODED = re.compile(
    r"[A-Za-z0-9+/=_-]{40,}|(?:[0-9a-f]{2}[ :]?){20,}|(?:%[0-9a-f]{2}){6,}|(?:&#x?\w{1,6};){3,}", re.I
)


def dangers(text: str, raw: str = "") -> tuple[str, ...]:
    """Why a text is to be looked at twice, in a few words each; () where there is no reason.

    Args:
        text: what would be given to a model, all fields of it.
        raw: the same as it stands in the file, for what was taken out of it.
    """
    from learnchat.learning.secrets.finding import find_secrets

    found = []
    if has_hidden(text) or has_hidden(raw) or _ESCAPES.search(raw):
        found.append(HIDDEN)
    if find_secrets(text):
        found.append(SECRET)
    if _MARKUP.search(text):
        found.append(MARKUP)
    if _COMMAND.search(text) or _ENCODED.search(text):
        found.append(COMMAND)
    if _ADDRESS.search(text):
        found.append(ADDRESSES)
    if _ADDRESSED.search(text) or _ORDER.search(text) or _GUARD.search(text):
        found.append(IMPERATIVE)
    return tuple(found)
