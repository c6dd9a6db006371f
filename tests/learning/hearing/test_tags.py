from __future__ import annotations

from learnchat.learning.detection import Message
from learnchat.learning.hearing.analysis import default_analyser
from learnchat.learning.hearing.tags import LIMIT, tags_of


def tags(text: str) -> tuple[str, ...]:
    return tags_of(default_analyser(plugins=False).analyse(Message(text)).detections)


def test_the_names_in_the_slots_come_first() -> None:
    assert tags("For Django we moved from npm to pnpm") == ("npm", "pnpm", "django")


def test_no_more_than_four() -> None:
    assert len(tags("we moved from npm to pnpm for React, Vue, Svelte, Angular and Solid")) == LIMIT


def test_without_a_name_the_thing_itself_is_the_tag() -> None:
    assert tags("watch out for timezones") == ("timezones",)
    assert tags("the report query is too slow") == ("report-query",)
