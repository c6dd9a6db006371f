from __future__ import annotations

import pytest

from learnchat.learning.kinds import Scope
from learnchat.learning.scope import scope_of


@pytest.mark.parametrize(
    "statement",
    [
        "use pnpm in all my projects",
        "for every repo: squash commits",
        "I always squash commits",
        "I prefer short answers",
        "I'm colour-blind, so no red and green",
        "my editor is Helix",
        "a global rule: no emojis",
    ],
)
def test_about_the_user_or_everywhere_is_personal(statement: str) -> None:
    assert scope_of(statement) is Scope.PERSONAL


@pytest.mark.parametrize(
    "statement", ["we use pnpm", "I moved the importer to Go", "in this project we squash commits"]
)
def test_all_else_is_the_project_s(statement: str) -> None:
    assert scope_of(statement) is Scope.PROJECT
