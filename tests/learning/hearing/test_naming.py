from __future__ import annotations

from datetime import UTC, datetime

import pytest

from learnchat.learning.clock import local
from learnchat.learning.hearing.analysis import default_analyser
from learnchat.learning.hearing.naming import named
from learnchat.learning.kinds import Kind

SATURDAY = datetime(2026, 11, 21, 12, tzinfo=UTC)
ANALYSER = default_analyser(plugins=False)


@pytest.mark.parametrize(
    ("text", "kind", "tags"),
    [
        ("always respond in English", Kind.PREFERENCE, ("english",)),
        ("we switched from npm to pnpm", Kind.SWITCHING, ("npm", "pnpm")),
        ("never touch the migrations by hand", Kind.PREFERENCE, ()),
        ("Anna owns the payment module", Kind.FACT, ()),
        ("prod is read-only at night", Kind.FACT, ()),
        ("x", Kind.FACT, ()),
    ],
)
def test_kind_and_tags_are_those_of_the_detectors(text: str, kind: Kind, tags: tuple[str, ...]) -> None:
    found = named(text, ANALYSER, SATURDAY)
    assert (found.kind, found.tags, found.expires) == (kind, tags, None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Bob is on holiday until next Friday", "2026-11-27"),
        ("deploys only on Thursdays until end of March", "2027-03-31"),
    ],
)
def test_a_day_that_is_named_is_the_best_before(text: str, day: str) -> None:
    found = named(text, ANALYSER, SATURDAY)
    assert found.expires is not None
    assert f"{local(found.expires):%Y-%m-%d}" == day


def test_what_has_no_detection_has_the_names_in_it_as_tags() -> None:
    assert named("the staging host is at Hetzner", ANALYSER, SATURDAY).tags == ("hetzner",)
