from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from learnchat.learning.disk.files import PIECE, render_json, render_large_json

PLAIN = st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text('aé"\\\n'), inner), max_leaves=30)


@given(st.dictionaries(st.text('aé"\\\n'), VALUES))
def test_a_large_value_in_pieces_is_the_same_as_in_one(value: dict[str, object]) -> None:
    assert render_large_json(value).decode() == render_json(value)


def test_also_where_it_has_many_pieces() -> None:
    for count in (PIECE - 1, PIECE, PIECE + 1, 3 * PIECE):
        names = [str(number) for number in range(count)]
        value = {"order": names, "said": {name: [name] for name in names}}
        assert render_large_json(value).decode() == render_json(value)
