"""At the first opening of a project whose profile is known from another path: moved, copied or cloned?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from learnchat.app.asker import Ask
from learnchat.app.keymap import shown_key
from learnchat.widgets.toast import Choice, Question

if TYPE_CHECKING:
    from learnchat.app.parts import Parts
    from learnchat.app.screens.chat import ChatScreen
    from learnchat.learning.disk.user_data import UserData

# The chords of a toast, and what each says here.
ANSWERS = {"remember": "moved", "skip": "copied", "reword": "cloned"}


def _due(parts: Parts, user_data: UserData) -> str:
    """In the engine's thread: the path where the profile was seen, where that is to be asked now; else empty."""
    from learnchat.learning.memory.kinship import Kinship

    if not parts.project.has_project:
        return ""
    kinship = Kinship(parts.project, user_data)
    relative = kinship.relative()
    return "" if relative is None or kinship.asked() else str(relative.path)


def _answer(parts: Parts, user_data: UserData, answer: str) -> str:
    from learnchat.learning.memory.kinship import Kinship, Origin

    return Kinship(parts.project, user_data).answer(Origin(answer))


async def ask_origin(screen: ChatScreen) -> None:
    """Ask once, where there is something to ask. No answer takes nothing over."""
    user_data = screen.learnchat.locations.user_data
    try:
        path = await screen.engine.call(_due, user_data)
    except OSError:
        return
    if not path:
        return

    async def admit() -> str:
        return ""

    async def answered(answer: str) -> None:
        from learnchat.learning.profile.errors import ProfileError

        if answer not in ANSWERS:
            screen.say("Nothing was taken over.", "`learnchat trust moved`, `copied` or `cloned` answers it later.")
            return
        try:
            screen.say(await screen.engine.call(_answer, user_data, ANSWERS[answer]))
        except ProfileError as error:
            screen.say(error.title, error.hint)
        except OSError as error:
            screen.say(f"It could not be written: {error.strerror or error}.")
        screen.memory_changed()

    def question() -> Question:
        return Question(
            title="Moved, copied or cloned?",
            heading="Once for this project",
            statement=f"This profile is known from {path}.",
            footnote="What you did there, your trust too, is taken over only if it was moved. No answer takes nothing.",
            choices=[
                Choice(answer, said, shown_key(screen.learnchat.key_of(f"toast.{answer}")))
                for answer, said in ANSWERS.items()
            ],
        )

    screen.asker.offer(Ask(question=question, admit=admit, answered=answered, answers=tuple(ANSWERS)))
