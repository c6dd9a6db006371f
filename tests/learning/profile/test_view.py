from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from learnchat.learning.kinds import Kind, Scope
from learnchat.learning.profile.documents import Document, by_id, entry_document, forgotten_document, resolve
from learnchat.learning.profile.entry_reader import EntryReader
from learnchat.learning.profile.insight import Decision, Entry, EntryState, Means
from learnchat.learning.profile.trust import Mark, content_hash, following
from learnchat.learning.profile.view import View, make_view
from learnchat.learning.profile.weighing import Weigher
from learnchat.learning.proposal import Source

BEGAN = datetime(2026, 4, 1, 9, tzinfo=UTC)


def decision(mark: Mark, entry: Entry) -> Decision:
    return Decision(mark.decision, mark.at, Means.TOAST, Source(entry.quote))


def earlier(mark: Mark, entry: Entry) -> Mark | None:
    return mark.of(content_hash(entry))


WEIGHER = Weigher(Scope.PROJECT, EntryReader(), lambda name, wanted: None, decision, earlier)


def some_entry(chance: random.Random, name: str, revision: int) -> Entry:
    statement = f"We use tool {chance.randrange(4)} for {name}"
    return Entry(
        id=name,
        revision=revision,
        kind=Kind.FACT,
        statement=statement,
        quote=statement,
        # Some of the same second.
        confirmed=BEGAN + timedelta(minutes=chance.randrange(5)),
        expires=BEGAN + timedelta(days=30) if chance.random() < 0.3 else None,
        state=EntryState.REPLACED if chance.random() < 0.1 else EntryState.ACTIVE,
    )


def some_change(chance: random.Random) -> tuple[list[Document], dict[str, Mark | None]]:
    documents: list[Document] = []
    marks: dict[str, Mark | None] = {}
    for _ in range(chance.randint(1, 2)):
        name = f"entry-{chance.randrange(8)}"
        entry = some_entry(chance, name, chance.randint(1, 6))
        if chance.random() < 0.9:
            forgotten = chance.random() < 0.15
            documents.append(forgotten_document(name, entry.revision) if forgotten else entry_document(entry))
        if chance.random() < 0.8:
            marks[name] = (
                None if chance.random() < 0.1 else Mark(content_hash(entry), f"decision-{chance.randrange(3)}", BEGAN)
            )
    return documents, marks


def said(view: View) -> dict[str, object]:
    names = [f"entry-{number}" for number in range(8)]
    return {
        "standing": [view.standing(name) for name in names],
        "insights": view.insights.ids(),
        "texts": [insight.statement for insight in view.insights],
        "unaccepted": view.unaccepted,
        "expired": view.expired_at(BEGAN + timedelta(days=60)),
        "twice": sorted(view.twice),
        "documents": view.documents,
        "not understood": view.not_understood,
    }


@pytest.mark.parametrize("seed", range(40))
def test_a_view_that_changed_step_by_step_is_the_one_made_of_all_at_once_and_no_earlier_one_changed(seed: int) -> None:
    chance = random.Random(seed)
    documents, marks = some_change(chance)
    view = make_view(by_id(resolve(documents)), marks, WEIGHER)
    earlier: list[tuple[View, dict[str, object]]] = []
    for _ in range(12):
        earlier.append((view, said(view)))
        new, trust = some_change(chance)
        documents = [*documents, *new]
        marks = marks | {name: following(marks.get(name), mark) for name, mark in trust.items()}
        view = view.changed(new, trust)
        assert said(view) == said(make_view(by_id(resolve(documents)), marks, WEIGHER))
    view.let_go()
    assert all(said(one) == before for one, before in earlier)
