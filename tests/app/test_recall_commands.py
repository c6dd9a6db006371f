from __future__ import annotations

from pathlib import Path

import pytest

from learnchat.app.locations import Locations
from learnchat.learning.clock import SystemClock
from learnchat.learning.disk.project import find_project
from learnchat.learning.transcripts.session import Transcript
from support.commands import CommandLine

SPACES = "Python files use four spaces"
CAUSE = "The nightly export failed because the token expired"
STEPS = "Release: run make check, tag the commit, push the tag"
WAY_ROUND = "When the export hangs, restart the worker by hand"


@pytest.fixture
def known(learnchat: CommandLine) -> CommandLine:
    """A shop with four insights of four kinds."""
    for text, *options in (
        (SPACES, "--kind", "preference", "--tag", "style"),
        (CAUSE, "--kind", "bug_fixed", "--tag", "export"),
        (STEPS, "--kind", "procedure"),
        (WAY_ROUND, "--kind", "workaround"),
    ):
        assert learnchat("remember", text, *options).code == 0
    return learnchat


def say_in(root: Path, *texts: str) -> str:
    """A conversation about these texts, the first the user's, the next the model's, and so on; returns its id."""
    place = find_project(root)
    transcript = Transcript.create(Locations.find().user_data.project(place.root).sessions, place.root, SystemClock())
    for number, text in enumerate(texts):
        transcript.append("assistant" if number % 2 else "user", text)
    return transcript.session


def test_recall_finds_insights_by_their_words(known: CommandLine) -> None:
    [first, *_] = known("recall", "how many spaces in python?", "--json").json

    assert first["statement"] == SPACES
    assert first["bears"]
    assert 0.5 <= first["match"] < 1
    assert first["decision"]["means"] == "remember"


def test_recall_on_a_terminal_is_a_table(known: CommandLine) -> None:
    shown = known.on_terminal("recall", "spaces", "python")

    assert "four spaces" in shown.out
    assert "%" in shown.out


def test_recall_is_narrowed_by_options_and_by_filters(known: CommandLine) -> None:
    everything = known("recall", "export").lines
    by_option = known("recall", "export", "--kind", "workaround").lines
    by_filter = known("recall", "export type:workaround").lines
    by_tag = known("recall", "tag:export").lines
    by_age = known("recall", "export", "--since", "1h").lines
    by_date = known("recall", "export", "--since", "2999-01-01").lines

    assert len(everything) == 2
    assert by_option == by_filter
    assert [WAY_ROUND in line for line in by_option] == [True]
    assert [CAUSE in line for line in by_tag] == [True]
    assert len(by_age) == 2
    assert by_date == []


def test_what_nothing_is_known_about(known: CommandLine) -> None:
    assert known("recall", "kubernetes ingress").out == ""
    assert known("recall", "kubernetes ingress", "--json").json == []
    assert "Nothing is known" in known.on_terminal("recall", "kubernetes").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("recall", "type:fakt"), "Did you mean type:fact?"),
        (("recall", "x", "--kind", "workarund"), "Did you mean type:workaround?"),
        (("recall", "x", "--since", "yesterday"), "yesterday is no time"),
        (("recall", "since:9999y x"), "longer ago than there are dates"),
        (("recall", "tag:"), "without a value"),
        (("search", "type:fact x"), "Messages have no type"),
        (("search", "x", "--project", "/nowhere"), "There is no folder"),
    ],
)
def test_what_can_not_be_understood_is_said(learnchat: CommandLine, arguments: tuple[str, ...], said: str) -> None:
    result = learnchat(*arguments)

    assert result.code == 1
    assert said in result.err
    assert "Traceback" not in result.err


def test_search_finds_messages_with_what_was_searched_for_marked(learnchat: CommandLine, shop: Path) -> None:
    say_in(shop, "Where do the logs go?", "To the bucket.")
    session = say_in(shop, "Why does the importer stall on large invoices?", "It waits for the lock.")

    [best, *_] = learnchat("search", "importer stalls", "--json").json

    assert best["session"] == session
    assert best["role"] == "user"
    assert best["project"] is None or Path(best["project"]) == shop.resolve()
    assert [best["excerpt"][start:end] for start, end in best["marks"]] == ["importer", "stall"]
    assert learnchat("sessions", "show", best["session"]).code == 0
    assert learnchat("search", "importer", "--since", "2999-01-01").out == ""


def test_a_message_without_the_word_is_no_hit_however_near_it_stands(learnchat: CommandLine, shop: Path) -> None:
    say_in(shop, "Is the build slow?", "A little.", "And Stripe?", "It answers in time.", "Good.")

    [only] = learnchat("search", "stripe", "--json").json

    assert only["excerpt"] == "And Stripe?"
    assert len(only["marks"]) == 1


def test_other_forms_and_words_that_mean_it_are_hits(learnchat: CommandLine, shop: Path) -> None:
    say_in(shop, "The worker stalls", "I see.", "What about Postgres?", "It runs.")

    assert [each["excerpt"] for each in learnchat("search", "stalling", "--json").json] == ["The worker stalls"]
    assert [each["excerpt"] for each in learnchat("search", "database", "--json").json] == ["What about Postgres?"]


def test_search_sees_what_was_said_since(learnchat: CommandLine, shop: Path) -> None:
    say_in(shop, "The cache is cold")
    assert learnchat("search", "invoices").lines == []

    say_in(shop, "The invoices are late")

    assert len(learnchat("search", "invoices").lines) == 1


def test_search_in_all_projects(learnchat: CommandLine, shop: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    say_in(shop, "The shop has a basket")
    session = say_in(other, "The crawler has a basket too")

    here = learnchat("search", "basket").lines
    everywhere = learnchat("search", "basket", "--all-projects").lines

    assert len(here) == 1
    assert len(everywhere) == 2
    assert any(session in line for line in everywhere)
    assert "basket" in learnchat.on_terminal("search", "basket", "--all-projects").out


def test_search_for_conversations(learnchat: CommandLine, shop: Path) -> None:
    say_in(shop, "The header is blue", "Yes.")
    session = say_in(shop, "Invoices are sent at night", "By the invoice worker.", "Invoices again")

    assert learnchat("search", "--sessions", "invoices", "--json").json[0]["session"] == session
    assert session in learnchat.on_terminal("search", "--sessions", "invoices").out


def test_guidance_stands_under_headings(known: CommandLine) -> None:
    guidance = known("guide", "the export hangs or fails", "--json").json

    assert guidance["known"]
    assert guidance["confidence"] >= 0.5
    assert [section["heading"] for section in guidance["sections"]] == ["Past causes and fixes", "Workarounds"]
    assert guidance["sections"][0]["insights"][0]["statement"] == CAUSE
    shown = known.on_terminal("guide", "release a new tag").out
    assert shown.index("Procedures") < shown.index("make check") < shown.index("Confidence")


def test_guidance_says_plainly_that_nothing_is_known(known: CommandLine) -> None:
    assert known("guide", "paint the bicycle shed", "--json").json == {
        "known": False,
        "confidence": 0.0,
        "sections": [],
    }
    assert known.on_terminal("guide", "paint the bicycle shed").out == "Nothing known bears on this.\n"
    in_a_pipe = known("guide", "paint the bicycle shed")
    assert (in_a_pipe.code, in_a_pipe.out, in_a_pipe.err) == (0, "", "learnchat: Nothing known bears on this.\n")
    assert "the text is empty" in known("guide", " ").err


def test_hostile_text_is_only_text(learnchat: CommandLine, shop: Path) -> None:
    learnchat("remember", "[red]markup[/red] \x1b[31mcolour\x1b[0m \u202eevil in the parser")
    say_in(shop, "[bold]the parser[/bold] \x1b]0;title\x07 \u202eevil")

    for arguments in (("recall", "parser"), ("search", "parser"), ("guide", "the parser markup")):
        shown = learnchat.on_terminal(*arguments).out
        assert "[bold]" in shown or "[red]" in shown
        assert "\x1b]0" not in shown
        assert "\u202e" not in shown
