from __future__ import annotations

import pytest

from support.commands import CommandLine

WRONG = [
    (("--theme", "nigth"), "There is no theme “nigth”.\nDid you mean night? There are night,"),
    (("--theme", "nope"), "There is no theme “nope”.\nThere are night,"),
    (("--role", "nope"), "There is no role “nope”."),
    (("--model", "nope/x"), "nope"),
    (("--resume", "nope"), "There are no conversations here yet."),
]


@pytest.mark.parametrize("plain", [(), ("--plain",)])
@pytest.mark.parametrize(("option", "sentence"), WRONG)
def test_a_wrong_name_is_said_before_all_else(
    learnchat: CommandLine, option: tuple[str, str], sentence: str, plain: tuple[str, ...]
) -> None:
    result = learnchat(*plain, *option)
    assert result.code == 1
    assert sentence in result.err
    assert "needs a terminal" not in result.err


def test_right_names_are_no_error(learnchat: CommandLine) -> None:
    result = learnchat("--plain", "--theme", "day", "--model", "offline")
    assert (result.code, result.err) == (0, "")
