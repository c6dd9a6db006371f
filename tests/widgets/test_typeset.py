from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnchat.widgets.typeset import set_open, typeset


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("One\ntwo.\n\nThree.", "One two.\n\nThree."),
        ("# Title\n\nText", "Title\n\nText"),
        ("- a\n  - b\n- c\n\nText", "• a\n  • b\n• c\n\nText"),
        ("3. a\n4. b", "3. a\n4. b"),
        ("- a\n\n  more of a", "• a\n\n  more of a"),
        ("> quoted", "▌ quoted"),
        ("```python\ndef f():\n    return 1\n```", "  def f():\n      return 1"),
        ("```\nplain [/etc]\n```", "  plain [/etc]"),
        ("| a | b |\n|---|---|\n| long | 漢 |", "a      b\n────   ──\nlong   漢"),
        (
            "| a | bb | c |\n|---|---:|:-:|\n| long | 7 | x |\n| 漢字 | 1000 | abc |",
            "a        bb    c\n────   ────   ───\nlong      7    x\n漢字   1000   abc",
        ),
        ("use <div> and **bold** `code`", "use <div> and bold code"),
        ("<script>\nx\n</script>", "<script> x </script>"),
        ("[text](http://a) ![picture](b.png)", "text (http://a) picture"),
        ("[/etc] and [b", "[/etc] and [b"),
        ("a\n\n---\n\nb", "a\n\n───\n\nb"),
        ("", ""),
    ],
)
def test_it_sets(markdown: str, plain: str) -> None:
    assert typeset(markdown).plain == plain


def test_code_has_the_colours_of_its_language_and_none_is_guessed() -> None:
    assert len(typeset("```python\ndef f(): pass\n```").spans) > 3
    assert len(typeset("```\ndef f(): pass\n```").spans) <= 2
    assert typeset("```no-such-language\nx\n```").plain == "  x"


def test_bold_words_are_bold() -> None:
    content = typeset("a **b** c")
    assert [(content.plain[span.start : span.end], span.style) for span in content.spans] == [("b", "bold")]


@pytest.mark.parametrize(
    ("markdown", "rest"),
    [
        ("one", "one"),
        ("one\n\ntwo", "two"),
        ("- a\n- b", "- a\n- b"),
        ("one\n\n```\ncode\n\nmore", "```\ncode\n\nmore"),
        ("one\n\n", "one\n\n"),
        ("", ""),
    ],
)
def test_all_before_the_last_block_is_complete(markdown: str, rest: str) -> None:
    assert set_open(markdown)[2] == rest


@given(st.text(alphabet="ab *_`#>-|[]()<>!\n\t1.~漢", max_size=300))
def test_no_text_is_too_odd(markdown: str) -> None:
    typeset(markdown)
