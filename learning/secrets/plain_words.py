"""Whether a word of letters alone may be a password: "the sudo password on the box is …".

There is no list of all words here. What is said of a password is an adjective or a participle, or one of a few nouns:
so what ends as those do, or is in the table, is none.
"""

from __future__ import annotations

import re

from learnchat.learning.language.vocabulary import troubles, word_set
from learnchat.learning.secrets.looks import OBVIOUS, PLACEHOLDER, is_of_names

# A shorter one is more often a word of the sentence.
_SHORTEST = 6
_SAID_OF_PASSWORDS = re.compile(
    # English
    r"\w+(?:ed|ing|able|ible|ly|ent|ant|al|ial|ive|ous|ic|ary|ory|ful|less|en|ate|id|ect|ain|own|ier|est|ness|ion)|"
    # German
    r"(?:ge|ver|be|ent|er|zer|ab|an|aus|auf|ein|um|hinter|unter|über|nach|zurück)\w+t|\w+(?:lich|ig|bar|isch|los|sch)|"
    # French and Spanish
    r"\w+(?:ée?s?|oire|is|ert|ad[ao]|id[ao]|ect[ao]|ori[ao]|ari[ao])"
)
_WORDS = word_set(
    """
    public secret private random unique simple stronger longer shorter weaker easier better enough always nothing
    something anything somewhere nowhere everywhere whatever plaintext string varchar boolean number integer binary
    object symbol default absent present obsolete complete secure insecure unsafe strong unset unclear optional already
    another others either neither nobody somebody someone anyone everyone myself yourself mandatory because though
    gitignore dotenv keychain keyring bitwarden lastpass keepass keepassxc onepassword passbolt dashlane vaultwarden
    keyvault cleartext hashed digest cipher base encoded english german different alright useless outside inside unknown
    falsch richtig korrekt bekannt unbekannt intern extern immer jeweils anders dasselbe gleich nirgends überall hinter
    requis faible incorrect correct fausse vacía
    """
)


def may_be_password(word: str) -> bool:
    """Whether a word may be a password where one is told and the clause ends with it.

    Args:
        word: as it was written, with the marks that end a clause.
    """
    word = word.rstrip(".:?!…").lower()
    if not word.isalpha() or len(word) < _SHORTEST or PLACEHOLDER.search(word) or _SAID_OF_PASSWORDS.fullmatch(word):
        return False
    return not (is_of_names(word) or any(word in words for words in (_WORDS, OBVIOUS, troubles())))
