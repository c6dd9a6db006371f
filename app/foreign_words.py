"""What people type who come from other chats and shells, and the command that they mean by it."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

# Alone in a line they are no message: no model is asked what "exit" means. A space first sends them all the same.
BARE = {"exit": "quit", "quit": "quit", ":q": "quit", ":wq": "quit", "bye": "quit", "help": "help", "?": "help"}

# Names of other chats' commands (aider, Claude Code, Codex, llm, gptme, oterm), whose letters are near to something
# else here or to nothing.
COMMANDS = {
    "bye": "quit",
    "chats": "resume",
    "clear": "new",
    "cls": "new",
    "commands": "help",
    "config": "settings",
    "editor": "edit",
    "exit": "quit",
    "export": "save",
    "facts": "insights",
    "forget": "insights",
    "history": "resume",
    "hotkeys": "help",
    "keys": "help",
    "knowledge": "insights",
    "learn": "remember",
    "load": "resume",
    "memories": "insights",
    "memory": "insights",
    "models": "model",
    "options": "settings",
    "preferences": "settings",
    "q": "quit",
    "regenerate": "retry",
    "reset": "new",
    "restart": "new",
    "rewind": "edit",
    "sessions": "resume",
    "shortcuts": "help",
    "summarize": "compact",
    "system": "role",
    "themes": "theme",
    "trust": "review",
}

# The same behind `learnchat`, where the chat's own commands are none.
SHELL_WORDS = {
    "chat": "learnchat",
    "continue": "learnchat -c",
    "facts": "learnchat insights",
    "forget": "learnchat insights forget ID",
    "history": "learnchat sessions",
    "init": "learnchat",
    "list": "learnchat insights",
    "memory": "learnchat insights",
    "model": "learnchat models",
    "new": "learnchat",
    "resume": "learnchat -c` or `learnchat --resume ID",
    "role": "learnchat --role NAME",
    "run": "learnchat",
    "settings": "learnchat config",
    "start": "learnchat",
    "theme": "learnchat --theme NAME",
    "version": "learnchat --version",
    "why": "learnchat insights --used",
}


def meant_by(text: str, commands: Sequence[str]) -> str:
    """What somebody meant who named no folder and no command, as a sentence.

    Args:
        text: what stands in their place on the command line.
        commands: the names that there are.
    """
    if any(character.isspace() for character in text):
        return 'A question is asked by `learnchat ask "…"`, or in the chat.'
    near = difflib.get_close_matches(text, commands, n=1, cutoff=0.6)
    meant = SHELL_WORDS.get(text) or (f"learnchat {near[0]}" if near else "")
    return f"Did you mean `{meant}`?" if meant else "`learnchat --help` lists the commands."
