from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from learnchat.app.plain.given import Word, parse_word
from support.commands import CommandLine
from support.terminal import Terminal

pytestmark = pytest.mark.terminal

CSS = "We use Tailwind for CSS"
CENTS = "The API returns cents, not dollars"


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("1 useful", Word(1, "useful")),
        (" 12. Not here ", Word(12, "not here")),
        ("2) forget", Word(2, "forget")),
        ("3 wrong: We use pnpm", Word(3, "wrong", "We use pnpm")),
        ("3 outdated : It is\nso now", Word(3, "outdated", "It is\nso now")),
        ("3 wrong", Word(3, "wrong")),
        ("2 wrong results come from the search", None),
        ("1 useful thing", None),
        ("forget 1", None),
        ("", None),
    ],
)
def test_an_insight_is_answered_by_its_number_and_a_message_is_none(line: str, word: Word | None) -> None:
    assert parse_word(line) == word


@pytest.fixture
def known(shop: Path, learnchat: CommandLine) -> None:
    learnchat("remember", CSS, "--kind", "fact")
    learnchat("remember", CENTS, "--kind", "fact")


def say(terminal: Terminal, line: str, *answers: str) -> None:
    seen = [terminal.text.count(answer) for answer in answers]
    terminal.send(line + "\r")
    for answer, before in zip(answers, seen, strict=True):
        terminal.wait(lambda answer=answer, before=before: terminal.text.count(answer) > before, answer)


@pytest.mark.usefixtures("known")
def test_a_reply_names_what_it_was_given_and_why_says_what_stands_behind_it(shop: Path) -> None:
    with Terminal(["--plain"], shop, (140, 70)) as terminal:
        terminal.wait_for("You:")
        say(terminal, "/why", "Nothing was given to a reply")
        say(terminal, "what do we use for CSS?", f"(found: 1. {CSS}. /why says why.)")
        say(
            terminal, "/why", f"1. {CSS}", "why: given because", "decided: ", f"2. {CENTS} (given because", "Say of one"
        )
        say(terminal, "/why 2", "you said: just that")
        say(terminal, "/why 9", "1 to 2.")
        say(terminal, "/new", "A new conversation.")
        say(terminal, "/why", "Nothing was given to a reply")


@pytest.mark.usefixtures("known")
def test_what_is_said_of_one_by_its_number_is_done_and_undone(shop: Path, learnchat: CommandLine) -> None:
    with Terminal(["--plain"], shop, (140, 70)) as terminal:
        terminal.wait_for("You:")
        say(terminal, "what do we use for CSS?", "/why says why.")
        say(terminal, "1 useful", "Noted: useful.")
        say(terminal, "1 wrong", "1 wrong: and what holds in its place, or 1 forget.")
        say(terminal, f"1 wrong: {CSS}", "stands there already")
        say(terminal, "1 outdated: We use UnoCSS", "Learned: We use UnoCSS")
        say(terminal, "1 forget", "It was changed or forgotten since.")
        say(terminal, "2 not here", "not with messages like this one", "A new conversation begins with it all the same")
        say(terminal, "and the API?", "offline:")
        say(terminal, "/undo", "Undone (misplaced)")
        say(terminal, "/quit")
        assert terminal.wait_for_end() == 0
    assert sorted(each["statement"] for each in learnchat("insights", "--json").json) == [CENTS, "We use UnoCSS"]
    used = {each["statement"]: each for each in learnchat("insights", "--used", "--json").json}
    assert used[CENTS]["not_here"] == 1


@pytest.mark.usefixtures("known")
def test_what_is_known_and_was_said_is_found_and_guides(shop: Path) -> None:
    with Terminal(["--plain"], shop, (140, 70)) as terminal:
        terminal.wait_for("You:")
        say(terminal, "/recall css", f"{CSS} (Fact, ")
        say(terminal, "/recall type:fact since:2w", f"{CENTS} (Fact, 100%)")
        say(terminal, "/recall type:fct", "There is no kind fct.", "Did you mean type:fact?")
        say(terminal, "/recall zeppelins", "Nothing is known about that.")
        say(terminal, "/search zeppelins", "Nothing like that was said.")
        say(terminal, "where do zeppelins land?", "offline:")
        say(terminal, "/search zeppelins", "where do zeppelins land? (conversation ")
        say(terminal, "/guide write CSS", "Before “write CSS” (confidence ", f"• {CSS}")
        say(terminal, "/guide launch zeppelins", "Nothing known bears on “launch zeppelins”.")
        say(terminal, "/guide", "What are you about to do?")


@pytest.mark.usefixtures("known")
def test_it_begins_with_what_runs_out_and_ends_with_what_was_learned(shop: Path, learnchat: CommandLine) -> None:
    name = learnchat("recall", "css", "--json").json[0]["id"]
    learnchat("insights", "edit", name, "--expires", f"{date.today() + timedelta(days=3)}")
    with Terminal(["--plain"], shop, (140, 70)) as terminal:
        terminal.wait_for("1 insight runs out within a week:")
        terminal.wait_for("You:")
        say(terminal, "# We deploy on Mondays", "Learned: We deploy on Mondays")
        say(terminal, "/quit", "Learned: 1 (`learnchat undo` takes the last act back, for a day)")
        assert terminal.wait_for_end() == 0
