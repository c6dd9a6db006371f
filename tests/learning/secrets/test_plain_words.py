from __future__ import annotations

import pytest

from learnchat.learning.secrets.finding import find_secrets, masked
from learnchat.learning.secrets.plain_words import may_be_password


@pytest.mark.parametrize(
    "sentence",
    [
        "sudo password on the box is {}",
        "das Kennwort für staging ist {}",
        "the root password is {}, ask me",
        "the wifi password: {}.",
        "le mot de passe pour la base est {}",
        'the password for staging is "{}"',
    ],
)
@pytest.mark.parametrize("word", ["blumen" + "kohl", "sword" + "fish", "Drei" + "horn"])
def test_a_word_that_is_told_as_somebodys_password_is_one(sentence: str, word: str) -> None:
    text = sentence.format(word)
    found = find_secrets(text)
    assert [one.name for one in found] == ["password"]
    assert word not in masked(text, found)


@pytest.mark.parametrize(
    "text",
    [
        # Of no one in particular, or the sentence goes on.
        "the password is swordfish",
        "the password for staging is blumenkohl soup",
        "the admin password is required",
        "the password for staging is missing",
        "the root password is hashed.",
        "the sudo password is disabled",
        "the db password is random",
        "the db password is postgres",
        "the password for staging is staging",
        "the password for prod is in Bitwarden",
        "the password for prod is shorter",
        "the password on the form is optional",
        "the password for the user is nullable",
        "the server password is plaintext",
        "db password: string",
        "the wifi password is on the wall",
        "das Passwort für staging ist falsch",
        "das Kennwort für den Server ist abgelaufen",
        "das Passwort auf dem Server ist geändert",
        "le mot de passe pour la base est incorrect",
        "la contraseña para staging es correcta",
    ],
)
def test_what_is_said_of_somebodys_password_is_none(text: str) -> None:
    assert find_secrets(text) == ()


@pytest.mark.parametrize("word", ["toor", "blumenkohl7", "rotated", "database", "bcrypt", "changeme", "your"])
def test_a_short_word_a_name_and_what_has_a_digit_are_none(word: str) -> None:
    assert not may_be_password(word)
