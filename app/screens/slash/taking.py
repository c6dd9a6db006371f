"""Slash commands between the conversation, the clipboard, files and the prompt."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from learnchat.app.screens.slash.handlers import Handlers
from learnchat.learning.errors import LearnchatError

# What is taken: nothing for the last reply, `2` for the one before it, `code`, `code 2`, `all`.
_WHAT = r"(?:(?P<code>code)(?:\s+(?P<block>\d{1,6}))?|(?P<all>all)|(?P<number>\d{1,6}))"
_COPY = re.compile(rf"{_WHAT}?\s*\Z")
_SAVE = re.compile(rf"(?:{_WHAT}\s+)?(?P<file>\S.*)\Z")


@dataclass(frozen=True, slots=True)
class Taken:
    """A text, and what it is."""

    text: str
    what: str
    """Begins a sentence: "Code block 2 of 3"."""


class TakingCommands(Handlers):
    """Copy, save, paste, quote."""

    async def command_copy(self, argument: str) -> None:
        form = _COPY.match(argument)
        if form is None:
            self._screen.tell("/copy takes nothing, a number counted back, code, code 2, or all.")
        elif taken := await self._take(form):
            from learnchat.app.clipboard import copy

            self._screen.learnchat.keep_copied(taken.text)
            done = await asyncio.to_thread(copy, taken.text, dict(os.environ), self._write)
            self._screen.show_hint(f"{taken.what}: {done}")

    def _write(self, sequence: str) -> None:
        self._screen.app.call_from_thread(self._screen.learnchat.write_to_terminal, sequence)

    async def command_save(self, argument: str) -> None:
        form = _SAVE.match(argument)
        if form is None:
            self._screen.tell(
                "/save takes a file, and before it what is saved: /save code 2 main.py, /save all talk.md"
            )
            return
        from learnchat.app.locations import expand

        path = self._screen.learnchat.directory / expand(form["file"].strip())
        if (taken := await self._take(form, path)) is None:
            return
        wanted = await self._free(path)
        if wanted is None:
            self._screen.show_hint("Not saved")
            return
        try:
            await asyncio.to_thread(_write_file, wanted, taken.text)
        except OSError as error:
            self._screen.tell(f"{wanted} can't be written: {error.strerror or error}.")
            return
        self._screen.show_hint(f"{taken.what} is in {wanted}")

    async def _free(self, path: Path) -> Path | None:
        """The path to write to; asked about where something is there already. None: rather not."""
        from learnchat.app.screens.one_line import OneLineScreen

        free = await asyncio.to_thread(_free_beside, path)
        if free is None:
            self._screen.tell(f"{path} is a folder.", "Name a file in it.")
            return None
        if free == path:
            return path
        about = f"{path} is there already. Enter saves beside it; its own name, {path.name}, replaces it."
        name = await self._screen.app.push_screen_wait(
            OneLineScreen("Save as", about, value=free.name, check=_check_name)
        )
        return path.parent / name if name else None

    async def command_paste(self, argument: str) -> None:
        if objection := await self._screen.prompting.attaching.attach_picture():
            self._screen.tell(objection)

    async def command_quote(self, argument: str) -> None:
        selected = self._screen.get_selected_text() if not argument else None
        if selected and selected.strip():
            text = selected
        elif (form := _COPY.match(argument)) is None:
            self._screen.tell("/quote takes nothing, a number counted back, or code. What is selected comes first.")
            return
        elif (taken := await self._take(form)) is None:
            return
        else:
            text = taken.text
        quoted = "\n".join(f"> {line}".rstrip() for line in text.strip().split("\n"))
        # As a paste: what is quoted was not typed, and a large quotation stands there as a chip.
        self._screen.prompt.paste(f"{quoted}\n\n")

    async def _take(self, form: re.Match[str], path: Path | None = None) -> Taken | None:
        """What was named; None where it is not there, which is said."""
        try:
            if form["all"]:
                return Taken(await asyncio.to_thread(self._all, path), "The conversation")
            replies = [said.text for said in self._screen.session.path if said.role == "assistant"]
            number = int(form["number"] or 1)
            if not 1 <= number <= len(replies):
                count = f"There are {len(replies)} replies." if replies else "There is no reply yet."
                raise LearnchatError(count, "A number counts back from the last: 1 is that one." if replies else "")
            reply = replies[-number]
            if form["code"]:
                return await asyncio.to_thread(_code, replies, form["block"])
            return Taken(reply, "The last reply" if number == 1 else f"Reply {number} from the last")
        except LearnchatError as error:
            self._screen.tell(error.title, error.hint)
            return None

    def _all(self, path: Path | None) -> str:
        """The whole conversation, without the secrets in it."""
        from learnchat.app.sessions.exporting import ENDINGS, ExportFormat, export
        from learnchat.learning.transcripts.saved import SavedSession
        from learnchat.learning.transcripts.session import SessionFile

        session = self._screen.session
        if not session.path:
            raise LearnchatError("Nothing was said yet.")
        form = ENDINGS.get(path.suffix.lower(), ExportFormat.MARKDOWN) if path is not None else ExportFormat.MARKDOWN
        file = SessionFile(Path(), "", self._screen.clock.now())
        exported = export(SavedSession(file, session.branches), form)
        if exported.secrets:
            names = ", ".join(exported.secrets)
            self._screen.app.call_from_thread(self._screen.tell, f"Left out, for they are secrets: {names}.")
        return exported.text


def _code(replies: Sequence[str], number: str | None) -> Taken:
    """A block of the newest reply that has any."""
    from learnchat.app.code_blocks import code_blocks

    blocks = next((found for reply in reversed(replies) if (found := code_blocks(reply))), [])
    if not blocks:
        raise LearnchatError("There is no code block in this conversation.")
    if number is None and len(blocks) > 1:
        first = "; ".join(f"{place} {_named(each.language, each.text)}" for place, each in enumerate(blocks, start=1))
        raise LearnchatError(f"There are {len(blocks)} code blocks: {first}.", "Say which: code 1.")
    place = int(number or 1)
    if not 1 <= place <= len(blocks):
        raise LearnchatError(f"There are {len(blocks)} code blocks.", "The newest reply with any counts.")
    return Taken(blocks[place - 1].text, f"Code block {place} of {len(blocks)}")


def _named(language: str, text: str) -> str:
    from learnchat.learning.text import shorten

    return f"{language or 'text'} “{shorten(text.strip(), 30)}”"


def _free_beside(path: Path) -> Path | None:
    """The path itself where nothing is there, else one beside it; None for a folder."""
    from learnchat.app.sessions.exporting import beside

    return None if path.is_dir() else beside(path)


def _check_name(name: str) -> None:
    if not name or "/" in name or "\\" in name or name in (".", ".."):
        raise LearnchatError("Give a file name, without a folder.")


def _write_file(path: Path, text: str) -> None:
    from learnchat.learning.disk.files import SHARED_FILE, replace_file

    if not path.parent.is_dir():
        raise NotADirectoryError(20, "there is no such folder", str(path.parent))
    replace_file(path, (text if text.endswith("\n") else text + "\n").encode("utf-8", "replace"), SHARED_FILE)
