from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnchat.learning.language.statements import SENTENCE_LIMIT, split


def sentences(text: str) -> list[str]:
    return [text[one.start : one.end] for one in split(text)]


def words(text: str) -> list[str]:
    return [word.text for one in split(text) for word in one.words]


def test_sentences_end_at_their_marks() -> None:
    assert sentences("We use Jest. Do we? Yes! Fine; done") == ["We use Jest.", "Do we?", "Yes!", "Fine;", "done"]


def test_no_ends_one_and_the_number_of_a_thing_does_not() -> None:
    assert len(sentences("No. Never delete the lockfile.")) == 2
    assert len(sentences("see issue no. 5 and No.6, casino. 5 of them")) == 2


def test_names_versions_and_abbreviations_do_not_end_one() -> None:
    assert len(sentences("We use Next.js 14.2 e.g. for the shop, i.e. the front")) == 1


def test_technical_names_are_one_word() -> None:
    assert words("C++, C#, .NET, Next.js, @clack/prompts and don't.") == [
        *("C++", ",", "C#", ",", ".NET", ",", "Next.js", ",", "@clack/prompts", "and", "don't", ".")
    ]


def test_a_code_span_is_one_word() -> None:
    statement = split("run `npm run build` now")[0]
    assert [word.lower for word in statement.words] == ["run", "npm run build", "now"]
    assert statement.words[1].is_code


def test_words_between_quotation_marks_are_marked() -> None:
    statement = split('he wrote "we use Jest" there, don\'t you')[0]
    assert [word.text for word in statement.words if word.quoted] == ["we", "use", "Jest"]


def test_a_sentence_without_an_end_is_read_in_pieces() -> None:
    text = "word " * 1000
    assert all(len(sentence) <= SENTENCE_LIMIT for sentence in sentences(text))


@pytest.mark.parametrize("text", ["", " \n\t", "\u00a0", "-", "’", "`", "?\n!\n"])
def test_where_nothing_is_said_there_is_no_statement(text: str) -> None:
    assert sentences(text) == []


def test_a_sentence_of_marks_alone_is_read_mark_by_mark() -> None:
    assert [len(one.words) for one in split("!" * 700)] == [600, 100]


def test_a_token_has_80_characters_at_most() -> None:
    assert [len(word) for word in words("w" * 81 + " " + "é" * 170 + " " + "w" * 80)] == [80, 1, 80, 80, 10, 80]


def test_a_code_span_may_hold_blanks_and_nothing_but_blanks() -> None:
    assert words("x` ` and `a  b`, ``") == ["x", "` `", "and", "`a  b`", ",", "`", "`"]


def test_letters_that_are_not_ascii_belong_to_words() -> None:
    statement = split("Wir nutzen Übergröße’s İzmir, naïve_été")[0]
    assert [word.text for word in statement.words] == ["Wir", "nutzen", "Übergröße’s", "İzmir", ",", "naïve_été"]
    assert [*statement.tokens.texts][2] == "übergröße's"
    assert len(statement.small) == statement.end - statement.start


@given(st.text(alphabet=st.sampled_from("ab \n.?!;`\"'“”>-#|@/1,…é🙂\u202e\r\t{}"), max_size=400))
def test_offsets_are_those_of_the_text(text: str) -> None:
    position = 0
    for statement in split(text):
        assert position <= statement.start < statement.end <= len(text)
        assert text[statement.start : statement.end].strip() == text[statement.start : statement.end]
        position = statement.end
        for word in statement.words:
            assert text[word.start : word.end] == word.text
            assert statement.start <= word.start < word.end <= statement.end
