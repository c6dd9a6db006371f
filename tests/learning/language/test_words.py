from __future__ import annotations

import time

import pytest

from learnchat.learning.language.words import content_words, figures, is_negated, signature, stems


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We're switching from Bootstrap to Tailwind CSS", ["switch", "bootstrap", "tailwind", "css"]),
        ("the databases are queried", ["databas", "queri"]),
        ("Node.js services", ["nodej", "node", "js", "servic"]),
        ("call getUserById", ["call", "getuserbyid", "user", "id"]),
        ("TypeScript on GitHub", ["typescript", "github"]),
        ("C++ and C# code", ["c++", "c#", "code"]),
        ("don’t commit it", ["commit"]),
        ("two spaces", ["2", "space"]),
        ("PRs with JWTs on VMs", ["pr", "jwt", "vm"]),
        ("js, ts, css and https", ["js", "ts", "css", "https"]),
        ("", []),
        ("??? — …", []),
    ],
)
def test_stems_are_those_of_the_content_words_in_their_order(text: str, expected: list[str]) -> None:
    assert stems(text) == expected


def test_repeats_are_kept_because_a_search_counts_them() -> None:
    assert content_words("tests test the tests") == ["tests", "test", "tests"]


def test_a_script_without_spaces_is_read_letter_by_letter() -> None:
    assert content_words("使用 Tailwind") == ["使", "用", "tailwind"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Python 3.11 on port 8080", {"3.11", "8080"}),
        ("use v2 of the API", {"2"}),
        ("limit is 1,000 rows", {"1000"}),
        ("never edit src/app/main.py", {"src/app/main.py"}),
        ("edit main.py and config.toml", {"main.py", "config.toml"}),
        ("indent by four spaces", {"4"}),
        ("keep it in ~/notes", {"~/notes"}),
        ("nothing of the kind", set()),
    ],
)
def test_figures_are_numbers_versions_and_paths(text: str, expected: set[str]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(
    "text", ["never commit", "don't commit", "we no longer commit", "cannot commit", "stopped it", "without tests"]
)
def test_a_negation_is_seen(text: str) -> None:
    assert is_negated(text)


def test_a_statement_without_a_negation_is_not_negated() -> None:
    assert not is_negated("we know that nothing matters, notably")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We're switching from Bootstrap to Tailwind", "we are switching from bootstrap to tailwind!"),
        ("The API returns cents", "the api returns cents, really"),
        ("never commit generated files", "Don't commit generated files"),
        ("fixed the query in the orders service", "fix the queries in the order services"),
    ],
)
def test_the_same_thing_in_other_words_matches(one: str, other: str) -> None:
    assert signature(one).matches(signature(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("use Python 3.11 for the workers", "use Python 3.12 for the workers"),
        ("commit generated files", "never commit generated files"),
        ("indent with two spaces in every Python file", "indent with four spaces in every Python file"),
        ("we use Jest for unit tests in the web app", "we stopped using Jest for unit tests in the web app"),
        ("put the models into src/models", "put the models into lib/models"),
        ("switching from npm to pnpm", "switching from pnpm to npm"),
        ("use pnpm, not npm", "use npm, not pnpm"),
        ("use Tailwind for the dashboard", "use Postgres for the reports"),
        ("is it so", "is it so"),
    ],
)
def test_what_differs_in_something_that_counts_does_not_match(one: str, other: str) -> None:
    assert not signature(one).matches(signature(other))


@pytest.mark.parametrize("unit", ["a.", "a-_", "'", "a", "/..", "Aa", "from ", ", not ", "1,", "'s", "@@"])
def test_any_input_is_read_in_linear_time(unit: str) -> None:
    started = time.perf_counter()
    signature(unit * 30_000)
    assert time.perf_counter() - started < 2.0
