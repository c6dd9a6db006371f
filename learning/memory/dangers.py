"""What in somebody else's text is to be looked at twice before it is given to a model.

A mark is no verdict: many a good rule is an imperative. It keeps "accept all but the marked" from taking over what was
made to be taken over. So it errs on the side of marking.
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
# Whom a rule for the assistant speaks to, and what nobody says of a project: what to ignore, to hide, to pretend.
_ADDRESSED = re.compile(
    r"(?i)\b(?:you(?:'re| are| must| should| shall| will| may| can| need| have)|your (?:task|job|role|goal|"
    r"instructions?|rules?|guidelines|answers?|repl(?:y|ies)|output)|assistant|chat ?bot|language model|"
    r"ai (?:model|agent|tool)s?|"
    r"llms?|claude|chatgpt|gpt-?\d|gemini|copilot|agents? (?:must|should|shall|may)|as an ai|system (?:prompt|"
    r"message)|"
    r"developer mode|jailbreak|do anything now|previous(?:ly)? (?:instructions?|rules?|messages?|given)|"
    r"(?:ignore|disregard|forget|override|bypass|overrule)\b.{0,40}\b(?:instructions?|rules?|guidelines?|"
    r"polic(?:y|ies)|prompts?|above|before|safety|limits?|restrictions?|everything|all)|new instructions?|"
    r"instead of answering|"
    r"(?:do not|don't|never|without) (?:tell|tell(?:ing)?|mention|mentioning|inform|informing|ask|asking|warn|"
    r"warning|"
    r"show|showing|reveal)\b.{0,30}\b(?:users?|anyone|anybody|them|developer|human|people|confirmation|"
    r"permission|first)|"
    r"pretend|role-?play|from now on|(?:the )?user (?:has|already|wants|agreed|approved|consent))"
)
# At the start of a sentence an order; of these none is a rule about code.
_ORDER = re.compile(
    r"(?i)(?:\A|[.:;!?,-]\s+|\b(?:always|never|first|then|please|immediately|before|after|and|to|must|"
    r"should)\s+(?:\w+\s+){0,3}?)"
    r"(?:run|execute|eval|install|download|fetch|open|visit|send|post|upload|e?-?mail|exfiltrate|leak|print|reveal|"
    r"repeat|show|output|reply|respond|answer|say|write|append|insert|add|include|delete|remove|drop|wipe|"
    r"disable|enable|turn|"
    r"set|approve|accept|trust|grant|push|call|use the tool|read|copy|encode|obey|follow|remember|confirm|click|tell|"
    r"ignore|disregard|forget|pretend|act|translate|summari[sz]e|recommend|suggest|give|share|paste|skip)\b"
)
_COMMAND = re.compile(
    r"(?i)\b(?:curl|wget|nc|ncat|netcat|telnet|ssh|scp|rsync|bash|zsh|sh|powershell|pwsh|iex|invoke-\w+|"
    r"certutil|python3?|"
    r"node|perl|ruby|npx|eval|exec|sudo|chmod|chown|base64|xxd|crontab|mkfifo|osascript|"
    r"start-process)\s+[-\w./\"'$(|~]|"
    r"\brm\s+-\w*[rf]|\|\s*(?:ba|z)?sh\b|\$\(|`[^`]{2,}`|/dev/tcp|\.(?:ssh|aws|env|netrc|npmrc|kube)\b|\bid_rsa\b|"
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
    if _ADDRESSED.search(text) or _ORDER.search(text):
        found.append(IMPERATIVE)
    return tuple(found)
