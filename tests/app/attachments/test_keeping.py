from __future__ import annotations

import json
from typing import Any

import pytest

from learnchat.app.attachments.gathering import Attached
from learnchat.app.attachments.keeping import given_back, kept
from learnchat.app.attachments.reading import Item
from learnchat.app.models.model import Image

WHOLE = (
    Item("notes.md", "file", 5, "Notes", cut=True, folder="docs"),
    Item("plan.png", "image", 3, image=Image("image/png", b"abc")),
)


def test_what_is_kept_comes_back() -> None:
    assert given_back(json.loads(json.dumps(kept(Attached(WHOLE))))).items == WHOLE


@pytest.mark.parametrize(
    "damage", [{"bytes": float("inf")}, {"bytes": "many"}, {"kind": []}, {"text": None, "kind": "sound"}, {"name": {}}]
)
def test_a_damaged_item_costs_no_other(damage: dict[str, Any]) -> None:
    damaged, image = kept(Attached(WHOLE))
    found = given_back([{**damaged, **damage}, image])
    assert found.items[-1] == WHOLE[1]
