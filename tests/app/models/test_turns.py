from __future__ import annotations

from learnchat.app.models.model import Image, Request, Turn
from learnchat.app.models.turns import Utterance, alternate


def test_the_stable_block_comes_first_and_memory_before_its_text() -> None:
    request = Request((Turn("user", "first", memory="m1"), Turn("assistant", "reply"), Turn("user", "x")), stable="S")
    assert alternate(request) == [
        Utterance("user", ("S", "m1", "first")),
        Utterance("assistant", ("reply",)),
        Utterance("user", ("x",)),
    ]


def test_neighbours_of_one_role_become_one() -> None:
    request = Request((Turn("user", "failed"), Turn("user", "again", memory="m")))
    assert alternate(request) == [Utterance("user", ("failed", "m", "again"))]


def test_blank_parts_and_an_opening_reply_are_left_out() -> None:
    request = Request((Turn("assistant", "hello"), Turn("user", "a", memory=" "), Turn("assistant", "\n")), stable=" ")
    assert alternate(request) == [Utterance("user", ("a",))]


def test_files_stand_between_memory_and_text_and_pictures_are_kept_with_the_turn() -> None:
    picture = Image("image/png", b"x")
    first = Turn("user", "text", memory="m", attached="file", images=(picture,))
    assert alternate(Request((first, Turn("user", "more")))) == [
        Utterance("user", ("m", "file", "text", "more"), (picture,))
    ]
