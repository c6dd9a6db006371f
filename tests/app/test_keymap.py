from __future__ import annotations

import pytest
from textual.binding import Binding

from learnchat.app.application import Learnchat
from learnchat.app.keymap import BY_ID, KEYS, check, shown_key
from learnchat.app.screens.chat import ChatScreen
from learnchat.app.screens.inbox import InboxScreen
from learnchat.widgets.prompt import NEW_LINE, SEND


def test_the_shipped_keys_hold_themselves() -> None:
    shipped = {key.id: key.keys for key in KEYS if not key.fixed}

    assert len(BY_ID) == len(KEYS)
    assert check(shipped).keys == shipped
    assert check(shipped).objections == ()


def test_every_key_that_can_be_changed_is_taken_as_the_table_says() -> None:
    # The prompt takes its keys itself, in the order in which they are typed.
    taken = {"prompt.send": ",".join(SEND), "prompt.new_line": ",".join(NEW_LINE)}
    taken |= {id: BY_ID[id].keys for id in ("prompt.search", "prompt.editor")}
    for bindings in (Learnchat.BINDINGS, ChatScreen.BINDINGS, InboxScreen.BINDINGS):
        taken |= {each.id: each.key for each in bindings if isinstance(each, Binding) and each.id}

    assert taken == {key.id: key.keys for key in KEYS if not key.fixed}


def test_a_fixed_key_stays_and_the_user_is_told() -> None:
    checked = check({"prompt.earlier": "f2"})

    assert checked.keys == {}
    assert checked.objections[0].sentence == "this key can't be changed"


def test_every_key_says_what_it_does() -> None:
    for key in KEYS:
        assert key.title
        assert key.description.endswith(".")
        assert "." in key.id


def test_nothing_wanted_changes_nothing() -> None:
    assert check({}).keys == {}


def test_a_key_of_the_users_own_holds_in_textuals_spelling() -> None:
    checked = check({"toast.remember": "F2 , Ctrl+B"})

    assert checked.keys == {"toast.remember": "f2,ctrl+b"}
    assert checked.objections == ()


def test_the_inbox_may_have_letters_and_the_keys_of_the_chat() -> None:
    wanted = {"inbox.skip": "j", "inbox.undo": "ctrl+y"}
    assert check(wanted).keys == wanted
    assert "n is the key of inbox.skip" in check({"inbox.undo": "n"}).objections[0].sentence


def test_two_keys_may_change_places() -> None:
    swapped = {"toast.remember": "ctrl+n", "toast.skip": "ctrl+y"}

    assert check(swapped).keys == swapped


def test_an_unknown_id_is_answered_with_the_nearest() -> None:
    [objection] = check({"toast.rember": "f2"}).objections

    assert objection.id == "toast.rember"
    assert "the nearest is toast.remember" in objection.sentence


def test_an_id_like_none_is_answered_without_a_guess() -> None:
    [objection] = check({"zzzz": "f2"}).objections

    assert objection.sentence == "there is no binding of this name"


@pytest.mark.parametrize("key", ["y", "1", "space", "shift+y", "ö"])
def test_what_belongs_to_the_prompt_is_refused(key: str) -> None:
    checked = check({"toast.remember": key})

    assert checked.keys == {}
    assert "belongs to the prompt" in checked.objections[0].sentence


@pytest.mark.parametrize(("key", "other"), [("ctrl+h", "backspace"), ("ctrl+i", "tab"), ("ctrl+m", "enter")])
def test_what_a_terminal_cannot_tell_apart_is_refused(key: str, other: str) -> None:
    [objection] = check({"toast.remember": key}).objections

    assert f"for {other}" in objection.sentence


@pytest.mark.parametrize("key", ["ctrl y", "strg++y", "<F2>", "hold+f2"])
def test_what_is_no_key_is_refused(key: str) -> None:
    checked = check({"toast.remember": key})

    assert checked.keys == {}
    assert "is not a key" in checked.objections[0].sentence


@pytest.mark.parametrize("key", ["", " , "])
def test_no_key_at_all_is_refused(key: str) -> None:
    assert check({"toast.remember": key}).objections[0].sentence == "it names no key"


def test_a_key_that_another_binding_has_is_refused() -> None:
    checked = check({"toast.remember": "ctrl+c"})

    assert checked.keys == {}
    assert checked.objections[0].sentence == "ctrl+c is the key of chat.quit"


def test_of_two_that_want_the_same_key_one_gets_it() -> None:
    checked = check({"toast.remember": "f2", "toast.skip": "f2"})

    assert list(checked.keys.values()) == ["f2"]
    assert len(checked.objections) == 1


def test_leaving_one_out_does_not_leave_a_clash_behind() -> None:
    # Without its own line, quit has ctrl+c back, which the other one counted on being free.
    checked = check({"chat.quit": "q", "toast.remember": "ctrl+c"})

    assert checked.keys == {}
    assert {objection.id for objection in checked.objections} == {"chat.quit", "toast.remember"}


def test_where_there_is_room_for_one_the_first_is_shown() -> None:
    assert shown_key("shift+enter,ctrl+j") == "shift+enter"
