from __future__ import annotations

from learnchat.learning.recall.giving import Recall
from learnchat.learning.recall.misplaced import Misplaced, alike
from support.clock import FakeClock
from support.insights import LARGE, TAILWIND, make_insight

MAIL = "which CSS for the dashboard's mails in Outlook?"


def misplaced(said: str, insight: str = "tailwind", session: str = "earlier") -> Misplaced:
    return Misplaced("act", insight, said, session, FakeClock().now())


def recall(*said: Misplaced, session: str = "now") -> Recall:
    result = Recall(LARGE)
    result.heed(said, session)
    return result


def test_the_same_message_is_wholly_alike_and_the_insights_own_words_do_not_count() -> None:
    assert alike(MAIL, MAIL, TAILWIND) == 1.0
    assert 0.4 < alike("which dashboard CSS does Outlook know?", MAIL, TAILWIND) < 1
    assert alike("what do we use for CSS?", MAIL, TAILWIND) == 0.0
    assert alike("what do we use for CSS on the dashboard?", MAIL, TAILWIND) == 0.0
    assert alike("which database?", MAIL, TAILWIND) == 0.0


def test_where_the_message_said_nothing_else_all_its_words_are_compared() -> None:
    assert alike("and CSS?", "what do we use for CSS?", TAILWIND) == 1.0
    assert alike("anything", "", TAILWIND) == alike("", "CSS", TAILWIND) == 0.0


def test_it_is_not_given_with_such_messages_and_says_because_of_what() -> None:
    assert "tailwind" in recall().for_message(MAIL).ids

    said = misplaced(MAIL)
    recalled = recall(said).for_message("the dashboard's CSS in a mail?")

    assert "tailwind" not in recalled.ids
    assert [(each.insight, each.by) for each in recalled.held_back] == [("tailwind", said)]
    assert recalled.held_back[0].alike > 0.7


def test_it_is_given_with_other_messages_in_other_conversations() -> None:
    recalled = recall(misplaced(MAIL)).for_message("what do we use for CSS?")

    assert recalled.ids == ("tailwind",)
    assert recalled.held_back == ()


def test_of_several_words_against_it_the_nearest_counts() -> None:
    near = misplaced(MAIL)

    recalled = recall(misplaced("CSS for a PDF"), near, misplaced(MAIL, insight="cents")).for_message(MAIL)

    assert [each.by for each in recalled.held_back] == [near]


def test_in_the_conversation_in_which_it_was_said_it_is_not_given_again_whatever_is_asked() -> None:
    here = recall(misplaced(MAIL, session="now"))

    assert here.for_message("what do we use for CSS?").ids == ()
    here.heed((), "now")
    assert here.for_message("what do we use for CSS?").ids == ("tailwind",)


def test_what_was_given_already_leaves_and_so_it_does_the_stable_block() -> None:
    large, small = recall(), Recall([TAILWIND, make_insight("The API returns cents", id="other")])
    given = large.for_message("what do we use for CSS?")
    before = small.stable_block()

    for each in (large, small):
        each.heed([misplaced(MAIL, session="now")], "now")

    assert large.standing(given).ids == ()
    assert small.stable_block().ids == ("other",)
    assert "Tailwind" not in small.stable_block().text
    small.heed((), "now")
    assert small.stable_block() == before


def test_of_what_was_found_what_was_called_out_of_place_is_left_out() -> None:
    found = [TAILWIND, LARGE[1]]

    assert recall(misplaced(MAIL)).in_place(MAIL, found) == [LARGE[1]]
    assert recall(misplaced(MAIL)).in_place("what do we use for CSS?", found) == found
    assert recall(misplaced(MAIL, session="now")).in_place("what do we use for CSS?", found) == [LARGE[1]]


def test_reworded_it_does_not_come_back_into_the_conversation() -> None:
    here = Recall([TAILWIND])
    here.heed([misplaced(MAIL, session="now")], "now")

    here.take_up([make_insight(f"{TAILWIND.entry.statement}, mostly", id=TAILWIND.id)], lambda _: False)
    here.heed([misplaced(MAIL, session="now")], "now")

    assert here.stable_block().ids == here.for_message("hello").ids == ()
