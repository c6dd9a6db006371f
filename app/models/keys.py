"""Keys that the user gave to `learnchat login`: in a file that only they can read, or in the system's keyring.

A key in the environment goes before a stored one. Stored keys are put into the environment of this process, where the
SDKs look for them, and nowhere else; none is ever printed or logged.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from learnchat.app.models.providers import PROVIDERS

Place = Literal["file", "keyring"]
# Under which the system's keyring knows us.
SERVICE = "learnchat"


class KeyringMissing(Exception):
    """There is no keyring that could be used; the message says why."""


@dataclass(slots=True)
class _Stored:
    keys: dict[str, str] = field(default_factory=dict)
    """Variables to their keys."""
    in_keyring: list[str] = field(default_factory=list)
    """Variables whose keys the keyring has."""


class KeyFile:
    """The stored keys, by the variable that each stands for.

    Args:
        path: the file, in the user's configuration directory.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def places(self) -> dict[str, Place]:
        """Where the key of each variable is kept."""
        stored = self._read()
        return {**dict.fromkeys(stored.in_keyring, "keyring"), **dict.fromkeys(stored.keys, "file")}

    def key(self, variable: str) -> str:
        """The key that is kept for a variable; empty where none is. May ask the keyring: for a thread."""
        return self._key(self._read(), variable)

    def use(self, environment: MutableMapping[str, str]) -> None:
        """Put the stored keys where no other key of the same provider is set. May ask the keyring: for a thread."""
        stored = self._read()
        for provider in PROVIDERS.values():
            if any(environment.get(name, "").strip() for name in provider.keys):
                continue
            for name in provider.keys:
                if key := self._key(stored, name):
                    environment[name] = key
                    break

    def _key(self, stored: _Stored, variable: str) -> str:
        return stored.keys.get(variable) or (_from_keyring(variable) if variable in stored.in_keyring else "")

    def keep(self, variable: str, key: str, *, in_keyring: bool = False) -> None:
        """Keep a key in place of an earlier one.

        Raises:
            KeyringMissing: there is no keyring that can be used.
            OSError: the file can't be written.
        """
        if in_keyring:
            _to_keyring(variable, key)
        stored = self._without(variable)
        if in_keyring:
            stored.in_keyring.append(variable)
        else:
            stored.keys[variable] = key
        self._write(stored)

    def forget(self, variable: str) -> bool:
        """Delete a stored key; False where there was none.

        Raises:
            OSError: the file can't be written.
        """
        if variable not in (places := self.places()):
            return False
        if places[variable] == "keyring":
            _drop_from_keyring(variable)
        self._write(self._without(variable))
        return True

    def _without(self, variable: str) -> _Stored:
        stored = self._read()
        stored.keys.pop(variable, None)
        stored.in_keyring = [name for name in stored.in_keyring if name != variable]
        return stored

    def _read(self) -> _Stored:
        try:
            data = json.loads(self.path.read_text(encoding="utf-8"))
            keys = {str(name): str(key) for name, key in data.get("keys", {}).items()}
            return _Stored(keys, [str(name) for name in data.get("keyring", [])])
        except (OSError, ValueError, AttributeError, TypeError):
            return _Stored()

    def _write(self, stored: _Stored) -> None:
        from learnchat.learning.disk.files import PRIVATE_FILE, make_private_directory, replace_file

        make_private_directory(self.path.parent)
        if self.path.exists() and os.name != "nt":
            # Whoever loosened it did not mean this.
            self.path.chmod(PRIVATE_FILE)
        text = json.dumps({"keys": stored.keys, "keyring": stored.in_keyring}, indent=2) + "\n"
        replace_file(self.path, text.encode("utf-8"))


def _from_keyring(variable: str) -> str:
    try:
        return str(_keyring().get_password(SERVICE, variable) or "")
    except Exception:
        # Its backends raise what they like; a locked keyring is a key that is not there.
        return ""


def _to_keyring(variable: str, key: str) -> None:
    try:
        keyring = _keyring()
    except ImportError:
        raise KeyringMissing("the package `keyring` is not installed (pip install keyring)") from None
    try:
        keyring.set_password(SERVICE, variable, key)
    except Exception as error:
        raise KeyringMissing(f"the keyring refused it ({type(error).__name__})") from None


def _drop_from_keyring(variable: str) -> None:
    with contextlib.suppress(Exception):
        _keyring().delete_password(SERVICE, variable)


def _keyring() -> Any:
    """The package, which is not among the requirements: many machines have no keyring.

    Raises:
        ImportError: it is not installed.
    """
    return importlib.import_module("keyring")
