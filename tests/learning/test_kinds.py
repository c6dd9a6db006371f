from __future__ import annotations

from datetime import UTC, datetime

import pytest

from learnchat.learning.kinds import BY_LABEL, LABELS, Kind
from learnchat.learning.profile.markdown_reader import parse
from learnchat.learning.recall.query import read_kind


def test_each_kind_has_a_label_of_its_own() -> None:
    assert set(LABELS) == set(Kind)
    assert all(BY_LABEL[kind.label.casefold()] is kind for kind in Kind)


@pytest.mark.parametrize("heading", ["Idea ruled out", "Rejected"])
def test_a_heading_is_read_as_it_is_and_as_it_was_called(heading: str) -> None:
    [bullet] = parse(f"# Learned insights\n\n## {heading}\n\n- no bun here\n".encode()).bullets
    entry = bullet.entry(None, datetime(2026, 11, 1, tzinfo=UTC))
    assert entry is not None
    assert entry.kind is Kind.REJECTED_IDEA
    assert read_kind(heading) is Kind.REJECTED_IDEA
