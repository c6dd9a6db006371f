"""Conversations that were held before."""

from __future__ import annotations

from pathlib import Path

from learnchat.app.locations import Locations
from learnchat.app.sessions.finding import sessions_folder
from learnchat.learning.disk.project import find_project
from learnchat.learning.transcripts.session import SessionFile, Transcript, list_sessions
from support.clock import FakeClock


def hold(project: Path, *texts: str, clock: FakeClock | None = None, asked: bool = False) -> SessionFile:
    """A conversation in a project: a question, its answer, …; in the chat, or `asked` by the command line."""
    clock = clock or FakeClock()
    folder = sessions_folder(project, Locations.find())
    transcript = Transcript.create(folder, find_project(project).root, clock)
    transcript.asked = asked
    above = ""
    for number, text in enumerate(texts):
        if number % 2:
            above = transcript.append("assistant", text, parent=above, model="anthropic/claude-test", stopped=False)
        else:
            above = transcript.append("user", text, parent=above)
    return next(file for file in list_sessions(folder) if file.session == transcript.session)
