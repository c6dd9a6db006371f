"""The Textual application: theme, keys, style sheet, the chosen model, and the chat screen."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events
from textual.app import App, SystemCommand
from textual.screen import Screen
from textual.theme import Theme

from learnchat.app.answering import choose, open_answering
from learnchat.app.chat_session import ChatSession
from learnchat.app.configuration import read_early
from learnchat.app.engine import Engine
from learnchat.app.keymap import BY_ID
from learnchat.app.locations import Locations
from learnchat.app.look import Look
from learnchat.app.models.choice import ModelChoice
from learnchat.app.models.providers import split_names
from learnchat.app.screens.bindings import binding
from learnchat.app.screens.chat import ChatScreen
from learnchat.app.terminal_background import Beginning
from learnchat.app.terminal_input import BackgroundSeen, InputParser
from learnchat.learning.clock import Clock, SystemClock
from learnchat.themes.loader import HERE, VARIABLE_DEFAULTS

if TYPE_CHECKING:
    from textual.driver import Driver

    from learnchat.app.left_behind import LeftBehind
    from learnchat.app.models.listing import Catalogue
    from learnchat.app.parts import Parts
    from learnchat.app.roles import Role
    from learnchat.learning.transcripts.session import SessionFile


def _read_role(locations: Locations, name: str) -> Role:
    from learnchat.app.roles import read_role

    return read_role(locations.roles, name)


def _keep_model(parts: Parts, locations: Locations, name: str) -> None:
    from learnchat.app.model_choices import remember_project_model

    remember_project_model(locations, parts.project.root, name)


class Learnchat(App[None]):
    """learnchat in a terminal.

    Args:
        directory: where it was opened; the project is found from it after the first paint.
        model: a model's name from the command line, or None.
        theme: a theme's name from the command line, or None.
        quiet: no toasts in this run.
        temporary: nothing is written to disk; whoever opens it so forbids all writing meanwhile.
        role: the name of a role, or None.
        resume: the session to go on with; None for a new one.
        beginning: what is known of the terminal; None for nothing.
        locations: the user's directories; None for those of this environment.
        clock: the time; tests pass one that they move by hand.

    Raises:
        LearnchatError: the model, the theme or the role that was asked for is none.
    """

    TITLE = "learnchat"
    CSS_PATH = [HERE / "learnchat.tcss", HERE / "dialogs.tcss"]
    # In place of Textual's own, which only says how to quit.
    BINDINGS = [
        binding("chat.quit", "interrupt", priority=False, system=True),
        binding("chat.suspend", "suspend_process", system=True),
    ]

    def __init__(
        self,
        directory: Path,
        *,
        model: str | None = None,
        theme: str | None = None,
        quiet: bool = False,
        temporary: bool = False,
        role: str | None = None,
        resume: SessionFile | None = None,
        beginning: Beginning | None = None,
        locations: Locations | None = None,
        clock: Clock | None = None,
    ) -> None:
        super().__init__()
        self.directory = directory
        self.temporary = temporary
        self._options = {"theme": theme or "", "asking.quiet": "true" if quiet else ""}
        self.resume = resume
        self._beginning = beginning or Beginning()
        self.locations = locations or Locations.find()
        self.clock = clock or SystemClock()
        self._role = None if role is None else _read_role(self.locations, role)
        self.card = ""
        """What the run came to, to be said on the terminal when it has been left."""
        self.left_behind: LeftBehind | None = None
        """What was said in the run, once it has been left."""
        self.piped: int | None = None
        """A file descriptor whose content goes along with the first message; closed when it is read."""
        self.problems: list[str] = []
        """What of the configuration could not be used for the first paint, to be told in the chat."""
        early = read_early(self.locations, directory)
        self.choice, trouble = choose(self.locations, early, model)
        self.problems += [trouble] if trouble else []
        self.engine = Engine(directory, self.locations, self.clock, quiet=quiet, temporary=temporary)
        self.catalogue: Catalogue | None = None
        """What the services offer, once it was asked for."""
        self.aliases = early.aliases
        """The user's own names for models."""
        self.look = Look(self, self.locations.themes, self._beginning.dark)
        self.look.begin(theme, early.theme)
        self._keys = early.keys
        self.set_keymap(self._keys)
        if self.no_color:
            self._reverse_what_is_marked()

    @property
    def given(self) -> dict[str, str]:
        """What the options of the command line still say, by the settings that they stand for."""
        chosen_since = {"theme"} if self._options["theme"] != self.theme else set()
        return {name: value for name, value in self._options.items() if value and name not in chosen_since}

    def on_background_seen(self, event: BackgroundSeen) -> None:
        """The terminal's answer about its background, where it came after the first paint."""
        self.look.seen(event.dark)

    def on_terminal_gone(self) -> None:
        """Nobody is there any more: leave, and keep the draft."""
        self.chat.leaving.leave()

    def _reverse_what_is_marked(self) -> None:
        """In place of Textual's greys."""
        from textual.filter import Monochrome

        from learnchat.app.colourless import Reversing

        self._filters = [each for each in self._filters if not isinstance(each, Monochrome)] + [Reversing()]

    @property
    def available_themes(self) -> dict[str, Theme]:
        """learnchat's themes and the user's; Textual's own have no colours for the toast."""
        return self._registered_themes or super().available_themes

    def watch_theme(self) -> None:
        if self.is_running:
            self.look.watch()

    def action_change_theme(self) -> None:
        self.chat.run_command("theme", "")

    def key_of(self, binding: str) -> str:
        """The first key of a binding id, after the user's own keymap: "ctrl+y"."""
        return self.keys_of(binding)[0]

    def keys_of(self, binding: str) -> list[str]:
        """All keys of a binding id, after the user's own keymap."""
        return (self._keys.get(binding) or BY_ID[binding].keys).split(",")

    def on_mount(self) -> None:
        self.look.watch()
        # After Ctrl+Z and `fg` the terminal shows the shell's rows.
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(), immediate=True)
        if self._driver is None:
            return
        if self.no_color:
            from learnchat.app.colourless import without_colours

            write = self._driver.write
            self._driver.write = lambda data: write(without_colours(data))  # type: ignore[method-assign]
        if self._beginning.attributes:
            # What the terminal is to be put back to, when an editor is opened and when the chat is left.
            self._driver.attrs_before = self._beginning.attributes  # type: ignore[attr-defined]
        if self._beginning.typed:
            # Once the prompt has the focus.
            self.call_after_refresh(self._type_ahead, self._driver)

    def _type_ahead(self, driver: Driver) -> None:
        """Take what was typed before there was a screen."""
        parser = InputParser()
        for message in (*parser.feed(self._beginning.typed), *parser.end_burst()):
            driver.process_message(message)

    def _fatal_error(self) -> None:
        """In place of Textual's report, which shows local variables: messages and keys among them."""
        from rich.text import Text

        from learnchat.app.crashes import keep_report, sentence_of

        error = sys.exception()
        assert error is not None
        report = keep_report(self.locations.user_data.logs, error)
        self.panic(Text(sentence_of(error, report)))

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return VARIABLE_DEFAULTS

    def refresh_css(self, animate: bool = True) -> None:
        # The theme is chosen before there is a screen. Nothing is to be drawn anew then, and all style sheets would be
        # parsed twice: 8 ms of the start.
        if self.children:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def get_default_screen(self) -> Screen[None]:
        session = ChatSession(self.engine, open_answering(self.engine, self.choice.name))
        session.role = self._role
        return ChatScreen(self.engine, session, self.clock)

    async def change_model(self, name: str) -> str:
        """Answer with another model from now on, and keep the choice for this project; returns what to say.

        Raises:
            LearnchatError: the name is none of a model's.
        """
        choice = ModelChoice(", ".join(split_names(name, self.aliases)), "chosen for this project")
        self.chat.session.model = open_answering(self.engine, choice.name)
        self.choice = choice
        self.chat.rows.show_header()
        try:
            await self.engine.call(_keep_model, self.locations, choice.name)
        except OSError as error:
            return f"{choice.name} answers from now on; the choice could not be kept: {error.strerror or error}."
        return f"{choice.name} answers from now on in this project."

    def copy_to_clipboard(self, text: str) -> None:
        """What is marked, by Ctrl+C; says what was taken."""
        from learnchat.app.clipboard import counted

        super().copy_to_clipboard(text)
        lines = len(text.strip("\n").split("\n"))
        self.chat.show_hint(f"Copied {lines:,} lines" if lines > 1 else f"Copied {counted(text)}")

    def keep_copied(self, text: str) -> None:
        """What was copied otherwise is pasted here too."""
        self._clipboard = text

    def write_to_terminal(self, sequence: str) -> None:
        """Send the terminal a control sequence that draws nothing."""
        if self._driver is not None:
            self._driver.write(sequence)

    @property
    def chat(self) -> ChatScreen:
        """The chat screen, whatever dialog is open over it."""
        return next(screen for screen in self.screen_stack if isinstance(screen, ChatScreen))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        # Of Textual's own only these two: the others are for those who write a program with it.
        yield SystemCommand("Theme", "Try another look, and keep it", self.action_change_theme)
        yield SystemCommand("Quit", "Leave; nothing is lost", self.action_quit)
        if isinstance(screen, ChatScreen):
            from learnchat.app.palette import entries

            for entry in entries(screen):
                yield SystemCommand(*entry)

    def on_app_focus(self, event: events.AppFocus) -> None:
        self._focus_report(True)

    def on_app_blur(self, event: events.AppBlur) -> None:
        self._focus_report(False)

    def _focus_report(self, focused: bool) -> None:
        self.chat.focus_report(focused)

    def action_interrupt(self) -> None:
        """Ctrl+C, wherever nothing is selected."""
        if isinstance(self.screen, ChatScreen):
            self.screen.leaving.interrupt()
        else:
            self.pop_screen()

    async def action_suspend_process(self) -> None:  # type: ignore[override]
        """Ctrl+Z: as every program of a shell; TextArea's undo is on ctrl+_, as the shell's is."""
        from learnchat.app.suspending import into_background

        if why_not := await into_background(self, self.engine):
            self.chat.show_hint(why_not)

    async def action_quit(self) -> None:
        """Ctrl+Q and the palette's Quit leave as /quit does: nothing is lost."""
        self.chat.leaving.leave()
