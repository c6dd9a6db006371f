from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnchat.learning.kinds import Kind
from learnchat.learning.profile.insight import EntryState
from learnchat.learning.transfer.assistants import block_lines, standing
from learnchat.learning.transfer.marked_block import BEGIN, END, find_block, lines_of_block, with_block
from support.clock import FakeClock
from support.insights import make_insight

NOW = FakeClock().now()


def item(statement: str) -> str:
    return next(line for line in block_lines([make_insight(statement, id="a").entry]) if line.startswith("- "))


def test_insights_stand_below_their_kinds_oldest_first() -> None:
    new = make_insight("We deploy with Fly", id="a", kind=Kind.DECIDED_TO_USE, because="it is near", expires=NOW).entry
    old = replace(new, id="b", statement="We log JSON", confirmed=new.confirmed - timedelta(days=1), because="")
    fact = make_insight("The API returns cents", id="c", kind=Kind.FACT).entry
    lines = [line for line in block_lines([fact, new, old]) if line]
    assert lines[2:] == [
        "### Decision",
        f"- We log JSON (until {NOW:%Y-%m-%d})",
        f"- We deploy with Fly (because it is near; until {NOW:%Y-%m-%d})",
        "### Fact",
        "- The API returns cents",
    ]


def test_a_procedure_has_its_steps_below_it() -> None:
    release = make_insight("Release:\nmake wheel\nmake tag", id="b", kind=Kind.PROCEDURE).entry
    assert block_lines([release])[-4:] == ["- Release:", "  - make wheel", "  - make tag", ""]


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("Use `snake_case[0]` for *.py and my_name", "- Use `snake_case[0]` for \\*.py and my_name"),
        ("# No heading <b>", "- \\# No heading \\<b\\>"),
        ("3. No list", "- 3\\. No list"),
        ("A `tick", "- A \\`tick"),
        ("![x](http://a.b)", "- !\\[x\\](http://a.b)"),
        (f"{END} {BEGIN}", "- \\<!-- learnchat:end --\\> \\<!-- learnchat:begin --\\>"),
    ],
)
def test_a_statement_is_only_words(statement: str, line: str) -> None:
    assert item(statement) == line


@given(st.lists(st.one_of(st.text(max_size=40), st.sampled_from([BEGIN, END, f"`{END}`", f"x\n{END}\n"])), max_size=4))
def test_no_statement_ends_the_block(statements: list[str]) -> None:
    entries = [make_insight(text, id=f"i{number}").entry for number, text in enumerate(statements)]
    lines = block_lines(entries)
    data = with_block(b"before\n", lines, "f")
    assert find_block(data, "f") == (8, len(data) - 1)
    assert lines_of_block(data, "f") == lines


def test_what_is_replaced_or_has_expired_does_not_stand() -> None:
    entry = make_insight("We use pnpm", id="a").entry
    past, replaced = replace(entry, expires=NOW), replace(entry, state=EntryState.REPLACED)
    soon = replace(entry, expires=NOW + timedelta(seconds=1))
    assert standing([entry, past, replaced, soon], NOW) == [entry, soon]
