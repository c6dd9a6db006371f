"""Every key of the program: one table for the screens, for `/help` and for the README.

The ids are what `[keys]` in `config.toml` names and what Textual's `App.set_keymap` takes. This module does not import
Textual, so that the table can be read before the first paint and by the commands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """One thing that a key does."""

    id: str
    """The name in `[keys]`: the place, a dot, the act."""
    keys: str
    """The keys as shipped, separated by commas, in Textual's spelling."""
    title: str
    """One or two words, for the footer and the toast."""
    description: str
    """One sentence, for tooltips, `/help` and the README."""
    group: str
    """Under which heading it is listed."""
    fixed: bool = False
    """Not for `[keys]`: it is Textual's own, or part of how a cursor moves."""


CHAT = "Chat"
TOAST = "Remember this?"
PROMPT = "Prompt"
MEMORY = "Memory"
INBOX = "Inbox"
REVIEW = "Review"
WHY = "What a reply was given"
SESSIONS = "Conversations"
SETTINGS = "Settings"
DIALOGS = "Dialogs and lists"

# The id's first part is the place where the key counts. These are parts of the chat screen and share its keys; every
# other one is a screen of its own.
CHAT_PLACES = frozenset({"toast", "memory", "prompt", "chat", "app"})
# Where a list has the focus and nothing is typed, so that letters can be keys. `list` is all of them.
LIST_PLACES = frozenset({"list", "inbox", "review", "why", "settings"})
# Stands for every screen that is neither: where something is typed, and Esc goes back.
ANY_DIALOG = "dialog"
ANY_LIST = "list"

# Chords and not letters for the toast: letters belong to the prompt, which keeps the focus. ctrl+y is the prompt's redo
# while no toast is up. ctrl+h, ctrl+i and ctrl+m are nowhere: many terminals send them for backspace, tab and enter.
KEYS: tuple[Key, ...] = (
    Key("toast.remember", "ctrl+y", "remember", "Save what the toast shows.", TOAST),
    Key("toast.skip", "ctrl+n", "skip", "Don't save it, and don't ask for 30 days.", TOAST),
    Key("toast.reword", "ctrl+g", "reword", "Change wording, kind, tags or scope before it is saved.", TOAST),
    Key("toast.later", "ctrl+l", "to the inbox", "Leave it in the inbox, with what follows in the toast.", TOAST),
    Key("memory.undo", "ctrl+t", "undo", "Undo the last act on memory; for a day.", MEMORY),
    Key("prompt.send", "enter", "send", "Send the message.", PROMPT),
    Key("prompt.new_line", "shift+enter,ctrl+j", "new line", "Start a new line in the message.", PROMPT),
    Key("prompt.search", "ctrl+r", "search", "Search what you sent in this project.", PROMPT),
    Key("prompt.editor", "ctrl+o", "editor", "Write the message in your own editor ($VISUAL, $EDITOR).", PROMPT),
    Key("prompt.paste", "ctrl+v", "paste", "Paste the picture on the clipboard, else what was copied here.", PROMPT),
    Key("prompt.complete", "tab", "complete", "Take the marked row of the list above the prompt.", PROMPT, fixed=True),
    Key("prompt.earlier", "up", "earlier", "In the first line: the message sent before.", PROMPT, fixed=True),
    Key("prompt.later", "down", "later", "In the last line: the message sent after it.", PROMPT, fixed=True),
    Key("prompt.leave", "ctrl+d", "leave", "In an empty prompt, twice: quit.", PROMPT, fixed=True),
    Key("chat.page_up", "pageup", "earlier", "Scroll the conversation up.", CHAT),
    Key("chat.page_down", "pagedown", "later", "Scroll the conversation down.", CHAT),
    Key("chat.beginning", "ctrl+home", "beginning", "Scroll to the beginning of the conversation.", CHAT),
    Key("chat.end", "ctrl+end", "end", "Scroll to its end, and follow what comes.", CHAT),
    Key("chat.message_before", "alt+up", "message up", "Jump to the message before.", CHAT),
    Key("chat.message_after", "alt+down", "message down", "Jump to the next message; at last to the end.", CHAT),
    Key("chat.code_before", "alt+pageup", "code up", "Jump to the code block before.", CHAT),
    Key("chat.code_after", "alt+pagedown", "code down", "Jump to the next code block.", CHAT),
    Key("chat.fold", "alt+x", "fold", "Fold long messages and replies in view, or show them in full.", CHAT),
    Key("chat.variant", "alt+v", "variant", "Show the next variant of a reply or an edited message.", CHAT),
    Key("chat.stop", "escape", "stop", "Stop the reply; what came stays.", CHAT),
    Key("chat.suspend", "ctrl+z", "suspend", "Into the background of the shell; its `fg` brings it back.", CHAT),
    Key("chat.quit", "ctrl+c", "clear, quit", "Clear the draft, which Up brings back; twice, quit.", CHAT),
    Key("app.palette", "ctrl+p", "palette", "Find any command by name.", CHAT, fixed=True),
    # Letters here: a list has the focus, and many are decided one after the other.
    Key("inbox.remember", "y,enter", "remember", "In the inbox: save it.", INBOX),
    Key("inbox.skip", "n", "skip", "In the inbox: don't save it, and don't ask for 30 days.", INBOX),
    Key("inbox.skip_all", "c", "clear", "In the inbox: skip all that waits; undo brings all of it back.", INBOX),
    Key("inbox.reword", "r", "reword", "In the inbox: change it before it is saved.", INBOX),
    Key("inbox.never", "x", "never", "In the inbox: don't save it, and never ask again.", INBOX),
    Key("inbox.undo", "u", "undo", "In the inbox: undo the last act on memory.", INBOX),
    Key("review.accept", "y,enter", "accept", "In the review: take it over.", REVIEW),
    Key("review.reject", "n", "reject", "In the review: don't take it over.", REVIEW),
    Key("review.accept_all", "a", "accept all", "In the review: take all of it over.", REVIEW),
    Key("review.accept_unmarked", "m", "accept unmarked", "In the review: take all but the marked over.", REVIEW),
    Key("review.restore", "r", "restore", "In the review: bring back what is not on this branch.", REVIEW),
    Key("review.undo", "u", "undo", "In the review: undo the last act on memory.", REVIEW),
    Key("why.useful", "y", "useful", "Of what a reply was given: it helped.", WHY),
    Key("why.wrong", "w", "wrong", "Of what a reply was given: it is not so.", WHY),
    Key("why.outdated", "o", "outdated", "Of what a reply was given: it is so no longer.", WHY),
    Key("why.not_here", "n", "not here", "Of what a reply was given: it did not belong here.", WHY),
    Key("why.forget", "f", "forget", "Of what a reply was given: forget it.", WHY),
    Key("why.session", "s", "conversation", "Of what a reply was given: the conversation it comes from.", WHY),
    Key("why.undo", "u", "undo", "Undo the last act on memory.", WHY),
    Key("settings.change", "enter", "change", "In the settings: change the marked one.", SETTINGS),
    Key("settings.default", "d", "as shipped", "In the settings: let the shipped value hold again.", SETTINGS),
    Key("list.close", "escape,q", "close", "Back from a list to the conversation.", DIALOGS),
    Key("dialog.cancel", "escape", "cancel", "Close a dialog; nothing is changed.", DIALOGS),
    Key("reword.save", "ctrl+s", "remember", "In the dialog: save it as it is worded there.", DIALOGS),
    Key("sessions.rename", "ctrl+r", "rename", "In the list of conversations: call it by another title.", SESSIONS),
    Key(
        "sessions.delete",
        "ctrl+d",
        "delete",
        "In the list of conversations: delete it, for a day.",
        SESSIONS,
    ),
    Key("sessions.undo", "ctrl+t", "undo", "In the list of conversations: bring back what was deleted last.", SESSIONS),
    Key(
        "sessions.export",
        "ctrl+e",
        "export",
        "In the list of conversations: write it to a file here.",
        SESSIONS,
    ),
    Key("sessions.earlier", "up", "up", "In the list of conversations: one up.", SESSIONS, fixed=True),
    Key("sessions.later", "down", "down", "In the list of conversations: one down.", SESSIONS, fixed=True),
    Key("sessions.page_up", "pageup", "page up", "In the list of conversations: page up.", SESSIONS, fixed=True),
    Key(
        "sessions.page_down",
        "pagedown",
        "page down",
        "In the list of conversations: page down.",
        SESSIONS,
        fixed=True,
    ),
    Key("insights.forget", "ctrl+d", "forget", "In the list of insights: forget the marked one.", DIALOGS),
    Key("find.open", "enter", "conversation", "In a search: open the conversation behind the marked one.", DIALOGS),
    Key("find.all_projects", "ctrl+a", "all projects", "In a search of messages: all projects, or this one.", DIALOGS),
    Key("insights.earlier", "up", "up", "In the list of insights: one up.", DIALOGS, fixed=True),
    Key("insights.later", "down", "down", "In the list of insights: one down.", DIALOGS, fixed=True),
    Key("insights.page_up", "pageup", "page up", "In the list of insights: a page up.", DIALOGS, fixed=True),
    Key("insights.page_down", "pagedown", "page down", "In the list of insights: a page down.", DIALOGS, fixed=True),
)

BY_ID: dict[str, Key] = {key.id: key for key in KEYS}

# What a legacy terminal can't tell from a key that already means something (it sends the same byte).
SAME_BYTE = {"ctrl+h": "backspace", "ctrl+i": "tab", "ctrl+m": "enter", "ctrl+left_square_bracket": "escape"}

_KEY = re.compile(r"(?:(?:ctrl|alt|shift|meta|super|hyper)\+)*(?P<base>[a-z0-9_]+|\S)\Z")
_NAMED = re.compile(r"f\d{1,2}\Z|[a-z0-9]+_[a-z0-9_]+\Z|[a-z]{2,}\Z")


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a line of `[keys]` can't hold."""

    id: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What `[keys]` comes to."""

    keys: dict[str, str]
    """Keys by id, for `App.set_keymap`: of the user's lines those that hold."""
    objections: tuple[Objection, ...]
    """The others. Where one is left out the shipped key stays, so nobody is left without a way to quit."""


def check(wanted: Mapping[str, str]) -> Checked:
    """Which of the user's keys can hold: known ids, keys that a terminal can send, no key twice."""
    keys: dict[str, str] = {}
    objections: list[Objection] = []
    for id, text in wanted.items():
        parts = [part.strip().lower() for part in text.split(",") if part.strip()]
        if objection := _objection_to_id(id) or _objection_to_keys(parts, letters=place_of(id) in LIST_PLACES):
            objections.append(Objection(id, objection))
        else:
            keys[id] = ",".join(parts)
    # Clashes are looked for when all are known, so that two keys may change places.
    # Again from the start after each: a key that is left out has its shipped one back, which may clash in its turn.
    while clashes := [Objection(id, clash) for id in keys if (clash := _clash(id, keys))]:
        objections.append(clashes[0])
        del keys[clashes[0].id]
    return Checked(keys, tuple(objections))


def shown_key(keys: str) -> str:
    """How the keys of a binding are shown where there is room for one."""
    return keys.split(",")[0].strip()


def _objection_to_id(id: str) -> str | None:
    if id in BY_ID:
        return "this key can't be changed" if BY_ID[id].fixed else None
    import difflib

    near = difflib.get_close_matches(id, BY_ID, n=1, cutoff=0.4)
    return f"there is no binding of this name; the nearest is {near[0]}" if near else "there is no binding of this name"


def place_of(id: str) -> str:
    """Where a key counts."""
    return id.partition(".")[0]


def _meet(id: str, other: str) -> bool:
    """Whether both keys can count at the same time, so that they must differ."""
    places = {place_of(id), place_of(other)}
    if len(places) == 1 or places <= CHAT_PLACES:
        return True
    if ANY_LIST in places:
        return places <= LIST_PLACES
    return ANY_DIALOG in places and not places & (CHAT_PLACES | LIST_PLACES)


def _objection_to_keys(parts: Sequence[str], *, letters: bool) -> str | None:
    found = (_objection(part, letters=letters) for part in parts)
    return next((each for each in found if each), None) if parts else "it names no key"


def _objection(key: str, *, letters: bool) -> str | None:
    """Why this can't be a key of ours, or None."""
    match = _KEY.match(key)
    if match is None:
        return f'"{key}" is not a key: write it like ctrl+y, shift+enter or f5'
    base = match["base"]
    if key in SAME_BYTE:
        return f"many terminals send {key} for {SAME_BYTE[key]}"
    if not letters and (len(base) == 1 or base == "space") and not re.search(r"\b(?:ctrl|alt|meta|super|hyper)\+", key):
        return f'"{key}" belongs to the prompt: take a chord such as ctrl+y'
    if len(base) > 1 and not _NAMED.match(base):
        return f'"{key}" is not a key: write it like ctrl+y, shift+enter or f5'
    return None


def _clash(id: str, keys: Mapping[str, str]) -> str | None:
    """Which other binding of the same screen has one of these keys, or None."""
    mine = set(keys[id].split(","))
    for other in (each for each in BY_ID if _meet(id, each)):
        shared = mine & set(keys.get(other, BY_ID[other].keys).split(","))
        if other != id and shared:
            return f"{min(shared)} is the key of {other}"
    return None
