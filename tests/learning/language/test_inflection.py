from __future__ import annotations

import pytest

from learnchat.learning.language.inflection import verb_forms


@pytest.mark.parametrize(
    ("base", "forms"),
    [
        ("switch", "switch switches switched switching"),
        ("replace", "replace replaces replaced replacing"),
        ("drop", "drop drops dropped dropping"),
        ("agree", "agree agrees agreed agreeing"),
        ("unify", "unify unifies unified unifying"),
        ("deploy", "deploy deploys deployed deploying"),
        ("go", "go goes went gone going"),
        ("have", "have has had having"),
        ("split", "split splits splitting"),
        ("be", "be is are am was were been being"),
    ],
)
def test_a_verb_has_all_its_forms(base: str, forms: str) -> None:
    assert verb_forms(base) == set(forms.split())


def test_both_spellings_are_known() -> None:
    assert {"standardised", "standardized"} <= verb_forms("standardise")
