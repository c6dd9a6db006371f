"""The tags of a proposal: the things its sentence names, for finding it again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from learnchat.learning.detection import Detection
from learnchat.learning.language.noun_phrases import is_name
from learnchat.learning.language.statements import Word, split

# A toast has one line for them.
LIMIT = 4
# A tag is a name, not a phrase.
LONGEST = 24

_UNTIDY = re.compile(r"[^\w.+#/@-]+")


def tags_of(detections: Sequence[Detection]) -> tuple[str, ...]:
    """At most four tags in lower case: the names among the slots first, then other names in the sentence."""
    tags: dict[str, None] = {}
    for one in detections:
        for value in one.slots.values():
            tags.update(dict.fromkeys(_names(value)))
    tags.update(dict.fromkeys(_names(detections[0].quote)))
    for one in detections:
        # Where nothing has a name, a short slot is better than no tag: "timezones", "login bug".
        if not tags:
            tags.update(dict.fromkeys(_tidy(one.slots.values())))
    return tuple(tags)[:LIMIT]


def _names(text: str) -> Iterator[str]:
    for statement in split(text):
        words = statement.words
        yield from _tidy(_plain(words[position]) for position in range(len(words)) if is_name(words, position))


def _plain(word: Word) -> str:
    return word.lower.removesuffix("'s")


def _tidy(values: Iterable[str]) -> Iterator[str]:
    for value in values:
        tag = _UNTIDY.sub("-", value.lower()).strip("-.")
        if 1 < len(tag) <= LONGEST:
            yield tag
