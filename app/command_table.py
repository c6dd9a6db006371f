"""The commands there are. Each is imported when it is called, so that it starts as fast as what it does.

The chat knows their names from here, and has no use for the parser: 40 ms.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typer


def _add_group(program: typer.Typer, commands: typer.Typer, name: str, short_help: str) -> None:
    """A command that has commands of its own."""
    from learnchat.app.command_group import CommandGroup

    program.add_typer(commands, name=name, short_help=short_help, cls=CommandGroup)


def _ask(program: typer.Typer) -> None:
    from learnchat.app.commands.ask import HELP, ask_command

    program.command("ask", short_help="Ask one question; for scripts and pipes.", help=HELP)(ask_command)


def _insights(program: typer.Typer) -> None:
    # Imported for the commands they add.
    import learnchat.app.commands.insight_changes
    import learnchat.app.commands.insight_transfer  # noqa: F401
    from learnchat.app.commands.insights import insights_commands

    _add_group(program, insights_commands, "insights", "List what is known here; change it.")


def _inbox(program: typer.Typer) -> None:
    from learnchat.app.commands.inbox import inbox_commands

    _add_group(program, inbox_commands, "inbox", "List what waits; confirm, skip, never, reword.")


def _review(program: typer.Typer) -> None:
    from learnchat.app.commands.review import review_commands

    _add_group(program, review_commands, "review", "List what was changed outside; accept, reject.")


def _remember(program: typer.Typer) -> None:
    from learnchat.app.commands.remember import remember_command

    program.command("remember", short_help="Remember a statement.")(remember_command)


def _recall(program: typer.Typer) -> None:
    from learnchat.app.commands.recall import recall_command

    program.command("recall", short_help="Find insights by their words.")(recall_command)


def _search(program: typer.Typer) -> None:
    from learnchat.app.commands.search import search_command

    program.command("search", short_help="Find messages in your conversations.")(search_command)


def _guide(program: typer.Typer) -> None:
    from learnchat.app.commands.guide import guide_command

    program.command("guide", short_help="Say what is known that bears on a task.")(guide_command)


def _undo(program: typer.Typer) -> None:
    from learnchat.app.commands.undo import undo_command

    program.command("undo", short_help="Take back the last acts on memory.")(undo_command)


def _log(program: typer.Typer) -> None:
    from learnchat.app.commands.log import log_command

    program.command("log", short_help="List what was done with memory.")(log_command)


def _purge(program: typer.Typer) -> None:
    from learnchat.app.commands.purge import purge_command

    program.command("purge", short_help="Delete all that is kept, or one project's.")(purge_command)


def _share(program: typer.Typer) -> None:
    from learnchat.app.commands.share import share_command

    program.command("share", short_help="Let git carry the insights, or not.")(share_command)


def _trust(program: typer.Typer) -> None:
    from learnchat.app.commands.trust import trust_commands

    _add_group(program, trust_commands, "trust", "Carry your decisions; moved, copied, cloned.")


def _detect(program: typer.Typer) -> None:
    from learnchat.app.commands.detect import detect_command

    program.command("detect", short_help="Say what would be asked about a text.")(detect_command)


def _detectors(program: typer.Typer) -> None:
    from learnchat.app.commands.detectors import detectors_commands

    _add_group(program, detectors_commands, "detectors", "List detectors; on, off, inbox, ask, reset.")


def _tune(program: typer.Typer) -> None:
    from learnchat.app.commands.tune import tune_command

    program.command("tune", short_help="Compute anew what your answers come to.")(tune_command)


def _replay(program: typer.Typer) -> None:
    from learnchat.app.commands.replay import replay_command

    program.command("replay", short_help="Say what would have been asked in old histories.")(replay_command)


def _evaluate(program: typer.Typer) -> None:
    from learnchat.app.commands.evaluate import evaluate_command

    program.command("evaluate", short_help="Measure how well it asks on labelled messages.")(evaluate_command)


def _sessions(program: typer.Typer) -> None:
    # Imported for the commands they add.
    import learnchat.app.commands.session_changes
    import learnchat.app.commands.session_import  # noqa: F401
    from learnchat.app.commands.sessions import sessions_commands

    _add_group(program, sessions_commands, "sessions", "List your conversations here; change, export, import them.")


def _judge(program: typer.Typer) -> None:
    from learnchat.app.commands.judge import judge_commands

    _add_group(program, judge_commands, "judge", "A model that reads along: status, on, off.")


def _hook(program: typer.Typer) -> None:
    from learnchat.app.commands.hook import hook_commands

    _add_group(program, hook_commands, "hook", "Read along with Claude Code, Codex, Gemini CLI.")


def _keys(program: typer.Typer) -> None:
    from learnchat.app.commands.keys import keys_command

    program.command("keys", short_help="List every key, and what clashes.")(keys_command)


def _config(program: typer.Typer) -> None:
    from learnchat.app.commands.config import config_commands

    _add_group(program, config_commands, "config", "List settings and meanings; set, edit, check.")


def _completion(program: typer.Typer) -> None:
    from learnchat.app.commands.completion import completion_command

    program.command("completion", short_help="Complete commands in your shell.")(completion_command)


def _models(program: typer.Typer) -> None:
    from learnchat.app.commands.models import models_command

    program.command("models", short_help="List the models that your keys and Ollama offer.")(models_command)


def _login(program: typer.Typer) -> None:
    from learnchat.app.commands.login import login_command

    program.command("login", short_help="Give, or check, the key of a model service.")(login_command)


def _logout(program: typer.Typer) -> None:
    from learnchat.app.commands.login import logout_command

    program.command("logout", short_help="Delete a key that login kept.")(logout_command)


def _locate(program: typer.Typer) -> None:
    from learnchat.app.commands.locate import locate_command

    program.command("locate", short_help="Print every path that is used here.")(locate_command)


def _doctor(program: typer.Typer) -> None:
    from learnchat.app.commands.doctor import doctor_command

    program.command("doctor", short_help="Say what is configured, reachable, healthy.")(doctor_command)


# In the order of the help.
COMMANDS: dict[str, Callable[[typer.Typer], None]] = {
    "ask": _ask,
    "insights": _insights,
    "inbox": _inbox,
    "review": _review,
    "remember": _remember,
    "recall": _recall,
    "search": _search,
    "guide": _guide,
    "undo": _undo,
    "log": _log,
    "share": _share,
    "trust": _trust,
    "detect": _detect,
    "detectors": _detectors,
    "tune": _tune,
    "replay": _replay,
    "evaluate": _evaluate,
    "sessions": _sessions,
    "judge": _judge,
    "hook": _hook,
    "keys": _keys,
    "config": _config,
    "completion": _completion,
    "models": _models,
    "login": _login,
    "logout": _logout,
    "locate": _locate,
    "doctor": _doctor,
    "purge": _purge,
}
