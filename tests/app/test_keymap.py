from __future__ import annotations

import importlib
import pkgutil

import pytest
from textual.binding import Binding, BindingType
from textual.screen import Screen

from learnchat.app import screens
from learnchat.app.application import Learnchat
from learnchat.app.keymap import BY_ID, KEYS, check, shown_key
from learnchat.widgets.prompt import NEW_LINE, SEND


def test_the_shipped_keys_hold_themselves() -> None:
    shipped = {key.id: key.keys for key in KEYS if not key.fixed}

    assert len(BY_ID) == len(KEYS)
    assert check(shipped).keys == shipped
    assert check(shipped).objections == ()


# The prompt takes its keys itself, in the order in which they are typed.
OF_THE_PROMPT = {
    "prompt.send": SEND,
    "prompt.new_line": NEW_LINE,
}
OF_ITS_HELPERS = {"prompt.paste", "prompt.search", "prompt.editor"}


def declared() -> list[tuple[type, BindingType]]:
    """The bindings of the app and of every screen there is."""
    for module in pkgutil.walk_packages(screens.__path__, f"{screens.__name__}."):
        importlib.import_module(module.name)
    classes: list[type] = [Learnchat, Screen]
    for kind in classes:
        classes += kind.__subclasses__()
    ours = {kind for kind in classes if kind.__module__.startswith("learnchat.")}
    return [(kind, each) for kind in ours for each in kind.__dict__.get("BINDINGS", ())]


def test_every_binding_of_every_screen_has_its_row_in_the_table() -> None:
    bindings = declared()
    assert {kind.__name__ for kind, _ in bindings} >= {"Learnchat", "ChatScreen", "InboxScreen", "ReviewScreen"}
    for kind, each in bindings:
        assert isinstance(each, Binding), (kind, each)
        assert each.id in BY_ID, (kind, each)
        assert (each.key, each.tooltip) == (BY_ID[each.id].keys, BY_ID[each.id].description), (kind, each)


def test_every_key_that_can_be_changed_is_taken() -> None:
    taken = {each.id for _, each in declared() if isinstance(each, Binding)} | set(OF_THE_PROMPT) | OF_ITS_HELPERS

    assert {key.id for key in KEYS if not key.fixed} <= taken
    assert {id: ",".join(keys) for id, keys in OF_THE_PROMPT.items()} == {id: BY_ID[id].keys for id in OF_THE_PROMPT}


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


def test_a_key_may_stand_for_one_thing_on_each_screen() -> None:
    assert check({"review.accept": "x", "insights.forget": "ctrl+y"}).objections == ()
    assert "q is the key of list.close" in check({"review.accept": "q"}).objections[0].sentence
    assert "escape is the key of dialog.cancel" in check({"insights.forget": "escape"}).objections[0].sentence
    assert "belongs to the prompt" in check({"insights.forget": "d"}).objections[0].sentence
