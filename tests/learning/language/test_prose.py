from __future__ import annotations

import pytest

from learnchat.learning.language.prose import READ_LIMIT, is_foreign, passages


def own(text: str) -> list[str]:
    return [text[passage.start : passage.end] for passage in passages(text)]


def test_fenced_code_is_left_out_and_what_surrounds_it_is_kept() -> None:
    assert own("before\n```py\nwe use Jest\n```\nafter") == ["before", "after"]
    assert own("before\n~~~\nwe use Jest\n~~~\nafter") == ["before", "after"]


def test_a_fence_that_is_not_closed_goes_to_the_end() -> None:
    assert own("before\n```\nwe use Jest\n\nwe use npm") == ["before"]


def test_bullets_and_headings_are_passages_without_their_marks() -> None:
    assert own("# Title\n- one\n* two\n3. three\n- [ ] four") == ["Title", "one", "two", "three", "four"]


def test_lines_wrapped_by_an_editor_belong_together() -> None:
    text = "we decided after some discussion in the whole team that\nthe importer goes on with GraphQL"
    assert own(text) == [text]


def test_lines_ended_by_hand_stay_apart() -> None:
    assert own("use pnpm\nwe moved to Vite") == ["use pnpm", "we moved to Vite"]


def test_an_indented_block_after_a_gap_is_code() -> None:
    assert own("like this:\n\n    we use Jest\n\nagain") == ["like this:", "again"]


def test_a_diff_goes_on_until_a_blank_line() -> None:
    assert own("diff --git a/x b/x\n-we use Jest\n we use npm\n\nand that is it") == ["and that is it"]


@pytest.mark.parametrize(
    "line",
    [
        "> quoted",
        "$ npm install",
        "❯ bun run dev",
        "me@host ~ % npm start",
        "2026-04-01T09:00:00Z started",
        "[12:00:01] building",
        "ERROR: no such table",
        "npm ERR! missing script",
        "    at Object.<anonymous> (/app/x.js:1:2)",
        'File "x.py", line 1, in main',
        "TypeError: x is not a function",
        "import React from 'react'",
        "from os import path",
        "const x = 1",
        "def main():",
        "if (a) {",
        "return x;",
        '"name": "shop",',
        "</div>",
        "// we use Jest",
        "| a | b |",
        "git commit -m done",
        "docker run --rm -it app",
        "9d873bd8a9db9a92 fix the cache",
        "feat(api): use GraphQL",
        "(a[0] = {b}) => $c | ~d",
    ],
)
def test_code_and_output_are_foreign(line: str) -> None:
    assert is_foreign(line)


@pytest.mark.parametrize(
    "line",
    [
        "we moved from npm to pnpm",
        "let us use X; then deploy",
        "go with Postgres - it is better",
        "import the data with Pandas",
        "return to using npm",
        "class names are written in BEM",
        "final decision (for now): Postgres",
        "the API returns cents (not dollars), see /docs/money.md",
        "defaced pages are restored by the worker",
        "git is our only source of truth",
        "error handling is done in the middleware",
    ],
)
def test_sentences_are_not(line: str) -> None:
    assert not is_foreign(line)


def test_of_a_long_text_the_first_and_the_last_half_are_read() -> None:
    text = "first words\n" + "filler line\n" * (READ_LIMIT // 4) + "last words"
    passages_read = own(text)
    assert passages_read[0] == "first words"
    assert passages_read[-1] == "last words"
    assert sum(len(passage) for passage in passages_read) <= READ_LIMIT


def test_windows_line_ends_make_no_difference() -> None:
    assert [one.strip() for one in own("we use Jest\r\nreturn x;\r\n\r\nand npm\r\n")] == ["we use Jest", "and npm"]


def test_code_does_not_count_as_length() -> None:
    text = "before\n```\n" + "x = 1\n" * READ_LIMIT + "```\nafter"
    assert own(text) == ["before", "after"]
