"""The hook in an assistant's settings file: put in, taken out, looked for. Everything else in the file stays, and where
nobody else has changed it since, taking the hook out gives back the file as it was, byte for byte.

Claude Code (code.claude.com/docs/en/hooks), Codex (developers.openai.com/codex/hooks) and Gemini CLI
(geminicli.com/docs/hooks/reference) write hooks in the same form: under `hooks` an event, a list of groups, and in each
a list of commands.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from learnchat.learning.disk.files import SHARED_FILE, replace_file
from learnchat.learning.errors import LearnchatError

BACKUP = ".learnchat-backup"
"""Behind the name of the file: what it was before the hook was put in."""

# Seconds. It is back within a tenth of one; an assistant's own limit is a minute.
_TIMEOUT = 10
_OURS = re.compile(r"learnchat(?:\.exe)?[\"']?\s+hook\s+stop\b")
_LIMIT = 10_000_000


@dataclass(frozen=True, slots=True)
class Assistant:
    """A program whose sessions can be read along."""

    name: str
    title: str
    variable: str
    """Names its directory, where it is not the usual one."""
    folder: str
    file: str
    event: str
    """What it calls the end of a turn."""
    units: int = 1
    """How many of its timeouts make a second."""

    def settings(self, environment: Mapping[str, str]) -> Path:
        """Its settings file for this user."""
        given = environment.get(self.variable, "").strip()
        return (Path(given).expanduser() if given else Path.home() / self.folder) / self.file


ASSISTANTS = {
    each.name: each
    for each in (
        Assistant("claude", "Claude Code", "CLAUDE_CONFIG_DIR", ".claude", "settings.json", "Stop"),
        Assistant("codex", "Codex", "CODEX_HOME", ".codex", "hooks.json", "Stop"),
        # Its directory can't be moved.
        Assistant("gemini", "Gemini CLI", "", ".gemini", "settings.json", "AfterAgent", units=1000),
    )
}


def command() -> str:
    """How an assistant calls us: by the full path, since it may have another PATH."""
    program = Path(sys.argv[0])
    found = str(program.resolve()) if program.name.startswith("learnchat") and program.is_file() else None
    found = found or shutil.which("learnchat") or "learnchat"
    return f'"{found}" hook stop' if os.name == "nt" else f"{shlex.quote(found)} hook stop"


class HookFile:
    """One settings file.

    Args:
        path: where it is; it need not be there.
        assistant: whose.
    """

    def __init__(self, path: Path, assistant: Assistant) -> None:
        # Through a symbolic link: dotfiles are kept elsewhere by many.
        self.path = path.resolve()
        self._assistant = assistant

    @property
    def backup(self) -> Path:
        """The file as it was before the hook was put in."""
        return self.path.with_name(self.path.name + BACKUP)

    def installed(self) -> str | None:
        """The command that is set up here; None where there is none.

        Raises:
            LearnchatError: the file is not one that can be read.
        """
        return next((each for each in self._all_commands(self._read(self.path)[0]) if _ours(each)), None)

    def install(self, command: str) -> bool:
        """Set the hook up. Returns whether anything had to be changed.

        Raises:
            LearnchatError: the file is not one that can be changed safely.
            OSError: it can't be written.
        """
        settings, indent = self._read(self.path)
        if command in self._all_commands(settings):
            return False
        if self.installed() is None:
            self._keep()
        self._insert(settings, command)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(self.path, _rendered(settings, indent), SHARED_FILE)
        return True

    def uninstall(self) -> bool:
        """Take the hook out. Returns whether there was one.

        Raises:
            LearnchatError: the file is not one that can be changed safely.
            OSError: it can't be written.
        """
        settings, indent = self._read(self.path)
        command = self.installed()
        if command is None:
            return False
        if self._is_as_installed(command):
            self._restore()
        else:
            self._remove(settings)
            replace_file(self.path, _rendered(settings, indent), SHARED_FILE)
        return True

    def _keep(self) -> None:
        """Keep the file as it is now beside itself."""
        if self.path.exists():
            shutil.copy2(self.path, self.backup)
        else:
            self.backup.unlink(missing_ok=True)

    def _is_as_installed(self, command: str) -> bool:
        """Whether the file is what came of the one before when the hook was put in."""
        try:
            settings, indent = self._read(self.backup)
            self._insert(settings, command)
            return self.path.read_bytes() == _rendered(settings, indent)
        except (LearnchatError, OSError):
            return False

    def _restore(self) -> None:
        if self.backup.exists():
            replace_file(self.path, self.backup.read_bytes(), SHARED_FILE)
            self.backup.unlink()
        else:
            self.path.unlink()

    def _insert(self, settings: dict[str, Any], command: str) -> None:
        """Put a command in, in place of any of ours."""
        self._remove(settings)
        hooks = settings.setdefault("hooks", {})
        entry = {"type": "command", "command": command, "timeout": _TIMEOUT * self._assistant.units}
        hooks.setdefault(self._assistant.event, []).append({"hooks": [entry]})

    def _all_commands(self, settings: Mapping[str, Any]) -> list[str]:
        return [each for group in self._groups(settings) for each in _commands(group)]

    def _remove(self, settings: dict[str, Any]) -> None:
        """Take our commands out, and what is empty then."""
        groups = self._groups(settings)
        found = False
        for group in list(groups):
            kept = [each for each in group["hooks"] if not (isinstance(each, dict) and _ours(each.get("command")))]
            if len(kept) < len(group["hooks"]):
                found = True
                group["hooks"] = kept
                if not kept:
                    groups.remove(group)
        if found and not groups:
            del settings["hooks"][self._assistant.event]
            if not settings["hooks"]:
                del settings["hooks"]

    def _groups(self, settings: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The groups of commands at the event; an empty list where there are none."""
        hooks = settings.get("hooks", {})
        groups: list[dict[str, Any]] | None = hooks.get(self._assistant.event, []) if isinstance(hooks, dict) else None
        whole = isinstance(groups, list) and all(
            isinstance(each, dict) and isinstance(each.get("hooks"), list) for each in groups
        )
        if not whole or groups is None:
            raise LearnchatError(
                f"{self.path} has hooks in a form that is not known here: it was not changed.",
                f"Put the command in by hand: {command()}",
            )
        return groups

    def _read(self, path: Path) -> tuple[dict[str, Any], int | str]:
        """The settings, and how the file is indented. No file: none."""
        try:
            if path.stat().st_size > _LIMIT:
                raise LearnchatError(f"{path} is too large for a settings file: it was not changed.")
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return {}, 2
        except UnicodeDecodeError:
            raise _no_json(path, "it is not UTF-8") from None
        if not text.strip():
            return {}, 2
        try:
            settings = json.loads(text, object_pairs_hook=_each_once)
        except (ValueError, RecursionError) as error:
            commented = re.search(r"^\s*(//|/\*)", text, re.MULTILINE)
            raise _no_json(path, "there are comments in it" if commented else str(error)) from None
        if not isinstance(settings, dict):
            raise _no_json(path, "it is no object")
        found = re.search(r"\n([ \t]+)\S", text)
        return settings, (found[1] if found else 2)


def _no_json(path: Path, why: str) -> LearnchatError:
    return LearnchatError(
        f"{path} is no plain JSON ({why}): it was not changed.",
        f"Mend it, or put the command in by hand: {command()}",
    )


def _rendered(settings: Mapping[str, Any], indent: int | str) -> bytes:
    return (json.dumps(settings, indent=indent, ensure_ascii=False) + "\n").encode()


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        # Written anew, one of the two would be lost.
        raise ValueError("a name stands in it twice")
    return found


def _commands(group: Mapping[str, Any]) -> list[str]:
    commands = [each.get("command") for each in group["hooks"] if isinstance(each, dict)]
    return [each for each in commands if isinstance(each, str)]


def _ours(command: object) -> bool:
    return isinstance(command, str) and bool(_OURS.search(command))
