from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from learnchat.app.commands import completing
from support.commands import CommandLine
from support.talks import hold

BASH = pytest.mark.skipif(shutil.which("bash") is None, reason="no shell that quotes as zsh does")
# What zsh's own `_arguments` does with it: it evaluates what stands between the parentheses.
ZSH = """
_arguments() { local given="${1#*: :((}"; eval "found=( ${given%))} )"; printf '%s\\n' "${found[@]}"; }
eval "$1"
"""
OBEYED = (
    "We use \\$(touch obeyed) here",
    "We use $(touch obeyed) here",
    "We use `touch obeyed` and \\`touch obeyed` here",
    'It\'s "$(touch obeyed)" and \\"; touch obeyed; "',
    "See [/docs] and [bold]x[/bold] for '; touch obeyed; '",
    "It ends with a backslash \\",
)


def test_ids_and_models_are_completed(learnchat: CommandLine, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "test")
    learnchat("remember", "We use pnpm")
    [insight] = learnchat("insights", "--json").json
    talk = hold(shop, "how do we deploy?", "By hand.")

    assert completing.insight_ids(insight["id"][:3]) == [(insight["id"], "We use pnpm")]
    assert completing.session_ids("") == [(talk.session, "how do we deploy?")]
    assert completing.session_ids("nosuch") == []
    assert completing.proposal_ids("") == []
    assert [name for name, _ in completing.models("o")][-1] == "offline"
    assert any(name.startswith("openai/") for name, _ in completing.models(""))


def test_where_nothing_can_be_read_nothing_is_completed(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEARNCHAT_DATA_DIR", str(shop / "file"))
    (shop / "file").write_text("")
    monkeypatch.chdir(shop)
    assert completing.insight_ids("") == completing.session_ids("") == []


@BASH
@pytest.mark.parametrize("statement", OBEYED)
def test_no_shell_obeys_what_stands_beside_an_id(
    learnchat: CommandLine,
    shop: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    statement: str,
) -> None:
    assert learnchat("remember", statement).code == 0
    [insight] = learnchat("insights", "--json").json
    monkeypatch.setenv("_LEARNCHAT_COMPLETE", "complete_zsh")
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "learnchat insights forget ")

    capsys.readouterr()
    with pytest.raises(SystemExit):
        learnchat()
    told = capsys.readouterr().out

    shown = subprocess.run(["bash", "-c", ZSH, "bash", told], cwd=shop, capture_output=True, text=True, check=True)
    assert shown.stdout.startswith(f"{insight['id']}:{statement[:2]}")
    assert shown.stderr == ""
    assert not (shop / "obeyed").exists()


def test_a_name_that_would_have_to_be_quoted_is_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["strict", "$(touch obeyed)", "two words", "a;b", "a\nb", "ollama/llama3.2:3b"]
    monkeypatch.setattr("learnchat.app.roles.role_names", lambda folder: names)
    assert [name for name, _ in completing.roles("")] == ["strict", "ollama/llama3.2:3b"]
