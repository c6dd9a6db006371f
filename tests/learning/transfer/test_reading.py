from __future__ import annotations

import json
import time

import pytest

from learnchat.learning.kinds import Kind, Scope
from learnchat.learning.transfer.candidate import Candidate
from learnchat.learning.transfer.exporting import Format, insight_record, render
from learnchat.learning.transfer.notes import read_notes
from learnchat.learning.transfer.reading import read
from support.clock import FakeClock
from support.insights import make_insight

NOW = FakeClock().now()
PNPM = make_insight(
    "We use pnpm, not npm",
    id="pnpm",
    kind=Kind.NOW_USING,
    tags=("js",),
    because="it is *fast*",
    quote="ok so pnpm",
    expires=NOW,
)
BUILD = make_insight("Release:\nmake wheel\nmake tag", id="build", kind=Kind.PROCEDURE, scope=Scope.PERSONAL)

CLAUDE_MD = """\
---
description: x
---
# Project

Some prose that is no list item.

## Conventions
- **Always** use [pnpm](https://pnpm.io), never `npm`
- Two lines
  make one item
* src/
<!-- - a comment is no item -->

## Testing
- Before a commit:
  - run `make test` in full
  1. then run `make lint`
- [ ] a task is an item too

```
- code is no item of ours
```

## Gotchas
- The API returns cents\\_not dollars
"""
CLAUDE_OS = """\
# Learned Insights

### 2025-10-27T12:00:00
**Type**: switching
**Confidence**: 95%
**Text**: switching from Bootstrap to Tailwind
**Context**: We're switching from Bootstrap to Tailwind for the dashboard
**Description**: Technology switch

### 2025-10-28T12:00:00
**Type**: edge_case
**Text**: watch out for timezones
"""


def test_list_items_are_statements_with_the_kind_of_their_heading() -> None:
    found = [(each.statement, each.kind) for each in read_notes(CLAUDE_MD)]
    assert found == [
        ("Always use pnpm, never `npm`", Kind.PREFERENCE),
        ("Two lines make one item", Kind.PREFERENCE),
        ("Before a commit: run `make test` in full", Kind.FACT),
        ("Before a commit: then run `make lint`", Kind.FACT),
        ("a task is an item too", Kind.FACT),
        ("The API returns cents_not dollars", Kind.EDGE_CASE),
    ]


def test_the_quote_is_the_item_as_it_stands_there() -> None:
    [candidate] = read_notes("- **Always** use `pnpm` here\n")
    assert candidate.quote == "**Always** use `pnpm` here"


def test_what_claude_os_learned_is_read_with_its_kinds() -> None:
    assert read("LEARNED_INSIGHTS.md", CLAUDE_OS.encode(), NOW) == (
        [
            Candidate(
                "switching from Bootstrap to Tailwind",
                Kind.SWITCHING,
                "We're switching from Bootstrap to Tailwind for the dashboard",
            ),
            Candidate("watch out for timezones", Kind.EDGE_CASE, "watch out for timezones"),
        ],
        0,
    )


@pytest.mark.parametrize(
    ("form", "name"), [(Format.JSON, "x.json"), (Format.LINES, "x.jsonl"), (Format.MARKDOWN, "x.md")]
)
def test_what_was_exported_is_read_back(form: Format, name: str) -> None:
    data = render([PNPM, BUILD], form).encode()
    for called in (name, ""):
        candidates, unreadable = read(called, data, NOW)
        by_kind = {each.kind: each for each in candidates}
        pnpm, build = by_kind[Kind.NOW_USING], by_kind[Kind.PROCEDURE]
        assert (pnpm.statement, pnpm.tags, pnpm.because, pnpm.quote, pnpm.expires) == (
            "We use pnpm, not npm",
            ("js",),
            "it is *fast*",
            "ok so pnpm",
            NOW,
        )
        assert build.statement == "Release:\nmake wheel\nmake tag"
        assert (len(candidates), unreadable) == (2, 0)


def test_an_insights_file_is_read_without_what_is_forgotten_or_replaced() -> None:
    documents = [
        {"id": "a", "revision": 1, "kind": "fact", "statement": "We use pnpm", "confirmed": "2026-01-01T00:00:00Z"},
        {"id": "b", "revision": 2, "state": "forgotten"},
        {"id": "c", "revision": 2, "state": "replaced", "statement": "We use npm"},
        {"id": "schema", "revision": 1, "schema": 1},
        None,
    ]
    candidates, unreadable = read("insights.json", json.dumps({"documents": documents}).encode(), NOW)
    assert ([each.statement for each in candidates], unreadable) == (["We use pnpm"], 0)


@pytest.mark.parametrize("data", [b'[{"statement": 3}, "x", {}]', b'{"statement": 3}\n"x"\n{}\n'])
def test_records_without_a_statement_are_counted(data: bytes) -> None:
    assert read("", data, NOW) == ([], 3)


def test_bad_fields_are_left_out_and_the_statement_stays() -> None:
    record = {"statement": "We use pnpm", "kind": "nonsense", "tags": [1, "js"], "expires": "soon", "scope": 5}
    assert read("x.json", json.dumps(record).encode(), NOW) == ([Candidate("We use pnpm", tags=("js",))], 0)


def test_what_is_exported_has_no_session() -> None:
    assert {"session", "message", "decision"} & insight_record(PNPM).keys() == set()


@pytest.mark.parametrize("unit", ["- ", "[", "**", "- a\n", "`", "<!--"])
def test_hostile_text_is_read_in_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    begun = time.process_time()
    read("x.md", text.encode(), NOW)
    assert time.process_time() - begun < 2
