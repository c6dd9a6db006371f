"""Dates that are named in a question: months, years, and days of a month."""

from __future__ import annotations

import re
from datetime import datetime

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
# "may" and "march" are words as well; a month has a capital, as English has it.
_MONTH = re.compile(
    r"\b(?:(?P<before>[0-3]?[0-9])(?:st|nd|rd|th)?(?: of)? )?"
    r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|" + "|".join(map(str.title, _MONTHS)) + r")\b\.?"
    r"(?: (?P<after>[0-3]?[0-9])(?:st|nd|rd|th)?\b)?"
)
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")


def named_dates(text: str) -> frozenset[str]:
    """The months, years and days that a text names, as `dates_of` calls them. "7 May 2023" -> day 7, month 5, 2023."""
    found = {f"year {year}" for year in _YEAR.findall(text)}
    for match in _MONTH.finditer(text):
        short = match["month"].lower()[:3]
        found.add(f"month {next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(short))}")
        day = match["before"] or match["after"]
        if day:
            found.add(f"day {int(day)}")
    return frozenset(found)


def dates_of(moment: datetime) -> frozenset[str]:
    """What a moment is called by those who name its date."""
    return frozenset({f"year {moment.year}", f"month {moment.month}", f"day {moment.day}"})
