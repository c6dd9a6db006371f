"""What people type who come from other chats and shells, and the command that they mean by it."""

from __future__ import annotations

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
