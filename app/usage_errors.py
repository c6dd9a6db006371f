"""What the parser says of a command line that it can't read, and where the id that is missing comes from."""

from __future__ import annotations

from learnchat.learning.text import neutralise

# By the name of an option or of a command's group: the command that lists the ids it takes.
_LISTED_BY = {
    "--resume": "learnchat sessions",
    "--session": "learnchat sessions",
    "inbox": "learnchat inbox",
    "insights": "learnchat insights",
    "sessions": "learnchat sessions",
}
# What was forgotten or replaced stands in no list of what is known.
_RESTORED = "learnchat log"


def words_of(error: Exception) -> str:
    """One of the parser's errors for people.

    Args:
        error: of the parser's own class, which is in no public place of typer; it has `format_message`.
    """
    text = neutralise(error.format_message())  # type: ignore[attr-defined]
    listed_by = _listed_by(error)
    return f"{text} `{listed_by}` lists the ids." if listed_by else text


def _listed_by(error: Exception) -> str:
    """The command that lists the ids, where it is one that is missing; else empty."""
    if option := getattr(error, "option_name", ""):
        # Also raised for an option that there is not.
        return _LISTED_BY.get(option, "") if not hasattr(error, "possibilities") else ""
    parameter, context = getattr(error, "param", None), getattr(error, "ctx", None)
    if parameter is None or context is None or not str(parameter.metavar or "").startswith("ID"):
        return ""
    _, group, *command = context.command_path.split()
    return _RESTORED if command == ["restore"] and group == "insights" else _LISTED_BY.get(group, "")
