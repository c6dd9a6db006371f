"""What went along with a message, as it is kept beside the transcript, and back."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from learnchat.app.attachments.gathering import Attached
from learnchat.app.attachments.reading import Item, Kind
from learnchat.app.models.model import Image


def kept(attached: Attached) -> list[dict[str, Any]]:
    """The items as JSON values, without the secrets in their texts. A millisecond for 16 KB: for a thread."""
    return [_record(item) for item in attached.items]


def given_back(records: Sequence[Mapping[str, Any]]) -> Attached:
    """What was kept; an item that is damaged is left out."""
    items: list[Item] = []
    for record in records:
        try:
            items.append(_item(record))
        except (KeyError, TypeError, ValueError, OverflowError):
            continue
    return Attached(tuple(items))


def _record(item: Item) -> dict[str, Any]:
    from learnchat.learning.secrets.finding import find_secrets, masked

    record: dict[str, Any] = {"name": item.name, "kind": item.kind, "bytes": item.size}
    if item.image is not None:
        record |= {"type": item.image.media_type, "data": b64encode(item.image.data).decode("ascii")}
    else:
        record["text"] = masked(item.text, find_secrets(item.text))
    return record | ({"cut": True} if item.cut else {}) | ({"folder": item.folder} if item.folder else {})


def _item(record: Mapping[str, Any]) -> Item:
    kind: Kind = record["kind"]
    if kind not in get_args(Kind):
        raise ValueError(kind)
    image = Image(str(record["type"]), b64decode(record["data"], validate=True)) if kind == "image" else None
    text = "" if image is not None else str(record["text"])
    cut, folder = bool(record.get("cut")), str(record.get("folder", ""))
    return Item(str(record["name"]), kind, int(record["bytes"]), text, image, cut, folder)
