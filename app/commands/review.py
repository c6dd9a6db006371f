"""`learnchat review`: what was changed outside learnchat, or came with a clone, and waits for a yes or no."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from learnchat.app.commands.workplace import JsonOption, ProjectOption, open_workplace, pick, report
from learnchat.app.printing import Form, choose_form, print_json, print_lines, say
from learnchat.learning.clock import timestamp
from learnchat.learning.errors import LearnchatError
from learnchat.learning.text import one_line

if TYPE_CHECKING:
    from learnchat.learning.memory.profiles import Act, Profiles
    from learnchat.learning.memory.reviewing import ReviewItem
    from learnchat.learning.profile.insight import Entry

# On a terminal; a pipe and JSON have all of it.
SHOWN = 50

review_commands = typer.Typer(
    invoke_without_command=True,
    rich_markup_mode=None,
    help="List what was changed outside learnchat, or came with a clone. None of it is recalled until you accept it.",
)

IdsArgument = Annotated[
    list[str] | None, typer.Argument(metavar="[ID...]", help="Ids, or as much of their beginnings as it takes.")
]


@review_commands.callback()
def list_review(context: typer.Context, as_json: JsonOption = False, project: ProjectOption = ".") -> None:
    if context.invoked_subcommand is not None:
        context.obj = project
        return
    items = open_workplace(project).profiles.review()
    form = choose_form(as_json)
    if form is Form.JSON:
        print_json([facts(item) for item in items])
    elif form is Form.LINES:
        print_lines(
            (item.name, item.change.what.value, item.scope.value, "; ".join(item.marks), item.change.entry.statement)
            for item in items
        )
    else:
        _print_for_eyes(items)


@review_commands.command("accept")
def accept(
    context: typer.Context,
    ids: IdsArgument = None,
    all_of_it: Annotated[bool, typer.Option("--all", help="All but what is missing here.")] = False,
    all_but_marked: Annotated[bool, typer.Option("--all-but-marked", help="All that has no mark.")] = False,
    project: ProjectOption = ".",
) -> None:
    """Yes: it holds from now on. What is missing, accepted, is let go."""
    from learnchat.learning.memory.reviewing import all_but_missing, unmarked

    if bool(ids) + all_of_it + all_but_marked != 1:
        raise LearnchatError("Name ids, or say --all or --all-but-marked.", "`learnchat review` lists them.")
    choose = unmarked if all_but_marked else all_but_missing
    _decide(context, project, ids, lambda profiles, items: profiles.accept(items), choose)


@review_commands.command("reject")
def reject(
    context: typer.Context,
    ids: IdsArgument = None,
    all_of_it: Annotated[bool, typer.Option("--all", help="All but what is missing here.")] = False,
    project: ProjectOption = ".",
) -> None:
    """No: what you had stands again, and what is new goes. What is missing, rejected, is put back."""
    from learnchat.learning.memory.reviewing import all_but_missing

    if bool(ids) + all_of_it != 1:
        raise LearnchatError("Name ids, or say --all.", "`learnchat review` lists them.")
    _decide(context, project, ids, lambda profiles, items: profiles.reject(items), all_but_missing)


@review_commands.command("restore")
def restore(
    context: typer.Context,
    ids: IdsArgument = None,
    all_of_it: Annotated[bool, typer.Option("--all", help="All that is missing here.")] = False,
    project: ProjectOption = ".",
) -> None:
    """Put back what you confirmed and this branch does not have."""
    from learnchat.learning.memory.reviewing import missing

    if bool(ids) + all_of_it != 1:
        raise LearnchatError("Name ids, or say --all.", "`learnchat review` lists them.")
    _decide(context, project, ids, lambda profiles, items: profiles.reject(missing(items)), missing)


def _decide(
    context: typer.Context,
    project: str,
    ids: list[str] | None,
    decide: Callable[[Profiles, Sequence[ReviewItem]], Act],
    choose: Callable[[Sequence[ReviewItem]], list[ReviewItem]],
) -> None:
    """Carry out one decision on several changes. All ids are looked up first, so that a typo decides nothing."""
    profiles = open_workplace(project if project != "." else str(context.obj or ".")).profiles
    items = profiles.review()
    chosen = [pick(items, id, "change that waits", "learnchat review") for id in ids] if ids else choose(items)
    if not chosen:
        say("Nothing of that waits.")
        return
    report(decide(profiles, list({item.name: item for item in chosen}.values())))


def _print_for_eyes(items: Sequence[ReviewItem]) -> None:
    if not items:
        say("Nothing waits: all that stands here is yours.")
        return
    for item in listed_first(items, SHOWN):
        say("\n".join(described(item)) + "\n")
    if len(items) > SHOWN:
        say(and_more(items, SHOWN))
    say("learnchat review accept ID… | --all | --all-but-marked, reject ID… | --all, restore ID… | --all")


def listed_first(items: Sequence[ReviewItem], most: int) -> Sequence[ReviewItem]:
    """As much as a list has room for. Where that is not all, the marked come first: who accepts all should have seen
    them."""
    return items if len(items) <= most else sorted(items, key=lambda item: not item.marks)[:most]


def and_more(items: Sequence[ReviewItem], most: int) -> str:
    """What is said of those that `listed_first` leaves out."""
    marked = sum(bool(item.marks) for item in items) - most
    return f"… and {len(items) - most:,} more{f', {marked:,} of them marked' if marked > 0 else ''}"


def described(item: ReviewItem) -> list[str]:
    """A change in lines: what happened to what, the difference, and why it is to be looked at twice."""
    change = item.change
    where = f" in {change.file}" if change.after is not None else ""
    lines = [f"{item.name}  {HAPPENED[change.what.value]}{where} · {change.entry.kind.label}"]
    if change.after is None:
        lines.append(f"  - {one_line(change.entry.statement)}")
    elif change.before is None:
        lines.append(f"  + {one_line(change.entry.statement)}")
        shown = [("because", change.after.because), ("tags", ", ".join(change.after.tags))]
        lines += [f"    {name}: {one_line(text)}" for name, text in shown if text]
        if one_line(change.after.quote) != one_line(change.after.statement):
            lines.append(f"    in the words: {one_line(change.after.quote)}")
    else:
        for name, before, after in change.differences():
            label = "" if name == "statement" else f"{name}: "
            lines += [f"  - {label}{one_line(before)}"] if before else []
            lines += [f"  + {label}{one_line(after)}"] if after else []
    if change.what.value == "missing":
        lines.append("    you confirmed it, and the files here don't have it: restored, it stands in them again")
    if change.twice:
        lines.append("    stands there twice: accepted, both are kept")
    if item.marks:
        lines.append(f"  ! {'; '.join(item.marks)}")
    return lines


HAPPENED = {
    "new": "new",
    "changed": "changed",
    "removed": "removed",
    "missing": "not on this branch",
}


def facts(item: ReviewItem) -> dict[str, object]:
    """All there is about a change, for JSON."""
    change = item.change
    return {
        "id": item.name,
        "insight": change.id,
        "what": change.what.value,
        "scope": item.scope.value,
        "file": change.file,
        "twice": change.twice,
        "marks": list(item.marks),
        "before": _fields(change.before),
        "after": _fields(change.after),
        "differences": [
            {"field": name, "before": before, "after": after} for name, before, after in change.differences()
        ],
    }


def _fields(entry: Entry | None) -> dict[str, object] | None:
    if entry is None:
        return None
    return {
        "kind": entry.kind.value,
        "statement": entry.statement,
        "quote": entry.quote,
        "tags": list(entry.tags),
        "because": entry.because,
        "confirmed": timestamp(entry.confirmed),
        "expires": timestamp(entry.expires) if entry.expires else None,
        "replaces": entry.replaces,
        "pinned": entry.pinned,
        "state": entry.state.value,
    }
