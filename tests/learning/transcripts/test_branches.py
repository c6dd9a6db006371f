from __future__ import annotations

from typing import Any

from learnchat.learning.transcripts.branches import ROOT, Branches, Place
from learnchat.learning.transcripts.session import Utterance


def said(id: str, **facts: Any) -> Utterance:
    return Utterance(id, "user" if id[0] == "u" else "assistant", f"text of {id}", facts=facts)


def talk() -> Branches:
    """A question, its answer, another question."""
    branches = Branches()
    branches.add(said("u1"), ROOT)
    branches.add(said("a1"), "u1")
    branches.add(said("u2"), "a1")
    return branches


def path(branches: Branches) -> list[str]:
    return [each.id for each in branches.path()]


def test_messages_without_a_parent_follow_each_other() -> None:
    branches = Branches()
    for id in ("u1", "a1", "u2"):
        branches.add(said(id))

    assert path(branches) == ["u1", "a1", "u2"]


def test_a_regenerated_reply_is_a_variant_and_the_first_one_stays() -> None:
    branches = talk()
    branches.add(said("b1"), "u1")

    assert path(branches) == ["u1", "b1"]
    assert branches.variants("b1") == ["a1", "b1"]
    assert branches.place("a1") == Place(1, 2)


def test_choosing_a_variant_looks_at_all_that_followed_it() -> None:
    branches = talk()
    branches.add(said("b1"), "u1")

    branches.choose("a1")

    assert path(branches) == ["u1", "a1", "u2"]


def test_an_edited_first_message_stands_beside_the_old_one() -> None:
    branches = talk()
    branches.add(said("u9"), ROOT)

    assert path(branches) == ["u9"]
    assert branches.variants("u1") == ["u1", "u9"]


def test_a_reply_is_no_variant_of_a_question_that_was_asked_in_its_place() -> None:
    branches = talk()
    branches.add(said("u3"), "u1")

    assert branches.variants("a1") == ["a1"]


def test_what_was_typed_while_a_reply_came_stays_below_it() -> None:
    branches = Branches()
    branches.add(said("u1"), ROOT)
    branches.add(said("u2", after="u1"), "a1")
    assert path(branches) == ["u1", "u2"]

    branches.add(said("a1"), "u1")

    assert path(branches) == ["u1", "a1", "u2"]


def test_where_that_reply_never_came_it_stands_below_the_question() -> None:
    branches = Branches()
    branches.add(said("u1"), ROOT)
    branches.add(said("u2", after="u1"), "never")
    branches.add(said("a2"), "u2")

    assert path(branches) == ["u1", "u2", "a2"]


def test_a_stopped_reply_that_was_continued_is_no_variant_of_its_own() -> None:
    branches = talk()
    branches.add(said("c1", continues="a1"), "u1")

    assert branches.variants("c1") == ["c1"]


def test_parents_in_a_circle_end_a_path() -> None:
    branches = Branches()
    branches.add(said("u1"), "u2")
    branches.add(said("u2"), "u1")
    branches.add(said("u3"), "u3")

    assert path(branches) == ["u1", "u2", "u3"]
    assert [each.id for each in branches.path("u1")] == ["u2", "u1"]
    assert [each.id for each in branches.path("u2")] == ["u1", "u2"]
    branches.choose("u1")


def test_an_id_that_comes_twice_is_the_same_message() -> None:
    branches = talk()
    branches.add(said("u1"), "u2")

    assert path(branches) == ["u1", "a1", "u2"]
    assert len(branches.all()) == 3


def test_a_path_that_was_asked_for_follows_what_arrives_above_its_messages() -> None:
    branches = talk()
    branches.add(said("u3", parent="a2", after="u2"), "a2")
    assert path(branches) == ["u1", "a1", "u2", "u3"]

    branches.add(said("a2"), "u2")

    assert path(branches) == ["u1", "a1", "u2", "a2", "u3"]


def test_paths_to_any_message_are_right_in_any_order() -> None:
    branches = talk()
    branches.add(said("b1"), "u1")
    branches.add(said("a2"), "u2")
    whole = {"": [], "u1": ["u1"], "a1": ["u1", "a1"], "u2": ["u1", "a1", "u2"], "b1": ["u1", "b1"]}
    whole["a2"] = [*whole["u2"], "a2"]

    for first in whole:
        for second in whole:
            assert [each.id for each in branches.path(first)] == whole[first]
            assert [each.id for each in branches.path(second)] == whole[second]


def test_who_changes_a_path_changes_no_other() -> None:
    branches = talk()
    branches.path().clear()
    assert path(branches) == ["u1", "a1", "u2"]
