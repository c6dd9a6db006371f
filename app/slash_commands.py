"""What can be typed at the prompt besides messages: `/name argument`, and `# text`."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SlashCommand:
    """One command of the prompt.

    Attributes:
        name: without the slash; the screen's handler is `command_<name>` with underscores.
        argument: how its argument is written in the help; empty where it takes none.
        summary: one line.
    """

    name: str
    argument: str
    summary: str


SLASH_COMMANDS: tuple[SlashCommand, ...] = (
    SlashCommand("help", "[NAME]", "all commands and keys on a page, or one command in full"),
    SlashCommand("remember", "TEXT", "save a statement now, without being asked; `# TEXT` does the same"),
    SlashCommand("insights", "", "what is known here: read, search, forget"),
    SlashCommand("recall", "[QUERY]", "find insights: words, and type:fact tag:db since:2w among them"),
    SlashCommand("search", "[QUERY]", "find messages in your conversations, and read on where they were said"),
    SlashCommand("guide", "TEXT", "before a task: rules, past causes and fixes, workarounds, procedures"),
    SlashCommand("inbox", "", "what waits for your decision"),
    SlashCommand("review", "", "what was changed outside learnchat, or came with the project: accept or reject"),
    SlashCommand("undo", "", "take back the last act on memory (for a day)"),
    SlashCommand("quiet", "[session|1h|project|off]", "stop asking; what is heard waits in the inbox"),
    SlashCommand("why", "", "what the last reply was given, and why; say that it is wrong, outdated, or not for here"),
    SlashCommand("judge", "[on|off|status]", "a model that reads along and proposes; what it takes, and its price"),
    SlashCommand("why-not", "", "why your last message was not asked about"),
    SlashCommand("share", "on|off", "share .learnchat/ with the repository, or keep it private"),
    SlashCommand("model", "[NAME]", "answer with another model in this project; alone, a list to pick from"),
    SlashCommand("login", "[PROVIDER]", "give the key of a model service: checked, kept, and used at once"),
    SlashCommand("edit", "[N]", "put your last message, or the Nth from the end, back into the prompt; it is kept"),
    SlashCommand("theme", "[NAME]", "another look, kept for every start; without a name, a list to try them"),
    SlashCommand("settings", "", "every setting: its value, where that comes from, what it means; change one"),
    SlashCommand(
        "role", "[NAME|off]", "instructions of your own for the model, from a file roles/NAME.md; alone, the list"
    ),
    SlashCommand("retry", "", "send the last message again; the replies it has are kept as variants"),
    SlashCommand("variant", "[N]", "show the next variant of a reply or an edited message, or the Nth"),
    SlashCommand("continue", "", "have a stopped reply go on where it ends"),
    SlashCommand("copy", "[N|code [N]|all]", "copy the last reply, the Nth from the end, a code block, or everything"),
    SlashCommand("save", "[N|code [N]|all] FILE", "the same, to a file; all as Markdown, .html or .json"),
    SlashCommand("quote", "[N|code [N]]", "quote what is selected, or a reply, in the prompt"),
    SlashCommand("paste", "", "have the picture on the clipboard go along with your message"),
    SlashCommand("resume", "[ID]", "your conversations here: go on with one, rename, delete, export"),
    SlashCommand("rename", "[TITLE]", "call this conversation by a title; without one the model is asked for it"),
    SlashCommand("fork", "[N]", "go on in a copy of this conversation, up to your Nth last message"),
    SlashCommand(
        "fold", "[all|none]", "fold the long messages and replies in view, or show them in full; or all of them"
    ),
    SlashCommand("thoughts", "", "show in its place what the model thought aloud before its last reply, or hide it"),
    SlashCommand("compact", "[undo]", "go on with a summary in place of what was said; the transcript keeps all of it"),
    SlashCommand("new", "", "begin a new conversation; it knows what was learned"),
    SlashCommand("quit", "", "leave; nothing is lost"),
)

_NAMES = {command.name: command for command in SLASH_COMMANDS}
# A path such as /etc/hosts is told from a command by its second slash.
_FORM = re.compile(r"/([a-z]+(?:-[a-z]+)*)(?:[ \t]+(.*))?\Z", re.IGNORECASE)


SHELL = "!"
"""In place of a command's name: what other chats hand to a shell, as far as its words tell."""
# Of difflib's ratio: a letter changed in a name of four, two in one of six.
_NEAR = 0.65


@dataclass(frozen=True, slots=True)
class Call:
    """A command that was typed. `command` is None where there is none of that name."""

    name: str
    argument: str
    command: SlashCommand | None


def parse(text: str, typed: bool) -> Call | None:
    """The command in what was submitted, or None where it is a message.

    Args:
        text: what was submitted.
        typed: whether all of it was typed. `# TEXT` counts only then and on a single line: a pasted or longer text
            that begins with # is a Markdown heading or a comment. So do `exit`, `help` and their like, and `!ls`; that
            is a message all the same where no such program is found (`shell_lines.is_program`).
    """
    # Only the end is trimmed: a space first is the way to send a message that looks like a command.
    line = text.rstrip()
    if "\n" in line:
        return None
    if typed and line.startswith("# ") and line[2:].strip():
        return Call("remember", line[2:].strip(), _NAMES["remember"])
    # Imported here, and so not before the first paint.
    from learnchat.app.foreign_words import BARE
    from learnchat.app.shell_lines import is_for_a_shell

    if typed and (meant := BARE.get(line.lower())):
        return Call(meant, "", _NAMES[meant])
    if typed and is_for_a_shell(line):
        return Call(SHELL, line[1:], None)
    form = _FORM.match(line)
    if form is None:
        return None
    name = form[1].lower()
    return Call(name, (form[2] or "").strip(), _NAMES.get(name))


def nearest(name: str) -> str:
    """The command that is meant by a name that is none, or is nearest to it; empty where none is near."""
    from learnchat.app.foreign_words import COMMANDS

    if meant := COMMANDS.get(name):
        return meant
    near = _near(name)
    return near if near in _NAMES else ""


def of_the_shell(name: str) -> str:
    """The command of the command line that is meant, such as "learnchat detect"; empty where none is."""
    near = "" if nearest(name) else _near(name)
    return f"learnchat {near}" if near else ""


def _near(name: str) -> str:
    """The nearest name of a command here or of the command line; one of here first where both are as near."""
    from learnchat.app.command_table import COMMANDS

    known = [*COMMANDS, *_NAMES]
    return name if name in known else next(iter(difflib.get_close_matches(name, known, n=1, cutoff=_NEAR)), "")


@dataclass(frozen=True, slots=True)
class Objection:
    """Why nothing was done with what looks like a command, and was not sent either."""

    sentence: str
    hint: str
    instead: str = ""
    """What was meant, to stand in the prompt; empty where nobody knows."""


def objection(call: Call, taking: str = "") -> Objection:
    """What is said to a command that is none.

    Args:
        call: what was typed.
        taking: how what was meant is taken, as a sentence; empty where it can't be.
    """
    as_message = "To send it as a message, begin with a space."
    if call.name == SHELL:
        program = call.argument.split(maxsplit=1)[0]
        return Objection(f"`{program}` is a command of the shell: it is not run here.", as_message)
    near = nearest(call.name)
    if near:
        hint = f"Did you mean /{near}? {taking}".rstrip()
    elif shell := of_the_shell(call.name):
        hint = f"`{shell}` is a command of the shell."
    else:
        hint = "/help lists the commands."
    return Objection(
        f"There is no /{call.name}.", f"{hint} {as_message}", f"/{near} {call.argument}".rstrip() if near else ""
    )
