from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from learnchat.widgets.history import MOST_ENTRIES, Entry, PromptHistory, joined

DRAFT = Entry("draft", typed=True)


def with_entries(*texts: str) -> PromptHistory:
    history = PromptHistory()
    for text in texts:
        history.add(Entry(text, typed=True))
    return history


def test_up_goes_from_the_newest_to_the_oldest_and_stops_there() -> None:
    history = with_entries("one", "two")
    assert [history.earlier(DRAFT), history.earlier(Entry("two")), history.earlier(Entry("one"))] == [
        Entry("two", True),
        Entry("one", True),
        None,
    ]


def test_down_comes_back_to_the_draft_as_it_was() -> None:
    history = with_entries("one")
    history.earlier(DRAFT)
    assert history.later(Entry("one")) == DRAFT
    assert history.later(DRAFT) is None


def test_an_entry_that_was_changed_keeps_its_change_until_something_is_sent() -> None:
    history = with_entries("one", "two")
    history.earlier(DRAFT)
    history.earlier(Entry("two and more", True))
    assert history.later(Entry("one", True)) == Entry("two and more", True)
    history.add(Entry("three", True))
    assert history.earlier(DRAFT) == Entry("three", True)
    assert history.earlier(Entry("three", True)) == Entry("two", True)


def test_the_same_text_twice_in_a_row_is_one_entry_and_blank_text_is_none() -> None:
    assert [entry.text for entry in with_entries("one", "one", "  \n", "two").entries] == ["one", "two"]


def test_earlier_sessions_come_before_this_one_and_count_as_not_typed() -> None:
    history = with_entries("now")
    history.load(map(Entry, ["long ago", " ", "yesterday"]))
    assert history.entries == [Entry("long ago"), Entry("yesterday"), Entry("now", True)]


def test_it_is_bounded() -> None:
    history = with_entries(*(str(number) for number in range(MOST_ENTRIES + 10)))
    assert len(history.entries) == MOST_ENTRIES
    assert history.entries[-1].text == str(MOST_ENTRIES + 9)


@given(st.lists(st.sampled_from(["earlier", "later"]), max_size=30), st.lists(st.text(min_size=1), max_size=5))
def test_however_one_walks_the_draft_is_kept(steps: list[str], texts: list[str]) -> None:
    history = with_entries(*texts)
    current = DRAFT
    for step in steps:
        current = getattr(history, step)(current) or current
    while found := history.later(current):
        current = found
    assert current == DRAFT


def test_what_was_pasted_goes_along_when_entries_become_one() -> None:
    both = joined([Entry("a", pasted=("x",)), Entry("b", pasted=("y", "z"))])
    assert both.pasted == ("x", "y", "z")


def test_one_chip_never_stands_for_two_pastes() -> None:
    first, second = (Entry(text, shown="[pasted]", chips=(("[pasted]", text),)) for text in ("one", "two"))
    assert joined([first, second]) == Entry("one\n\ntwo")
    assert joined([first, first]).chips == first.chips
