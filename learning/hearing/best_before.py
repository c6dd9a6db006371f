"""Until when a statement says of itself that it holds: "until Friday", "for this sprint", "while v2 is in beta".

Days are the user's: the caller gives today's date by their calendar. What names no day ("while v2 is in beta") is to be
looked at again after `RECHECK_DAYS`. A sentence about the past, and a wait inside a procedure ("retry until it
answers"), has no best-before. It is better to miss one than to make a rule vanish: what expires is no longer recalled.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from learnchat.learning.clock import from_local

RECHECK_DAYS = 30
"""A release or a beta is over by then, or is worth the question again."""

SPRINT_DAYS = 14
"""The usual length; nothing in the sentence says when it began, so it is counted from today."""


@dataclass(frozen=True, slots=True)
class BestBefore:
    """Until when."""

    day: date
    """The last day on which it holds."""
    words: str
    """Verbatim, where the sentence says so."""
    recheck: bool = False
    """It named no day: on this one it is to be looked at again."""


_WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_WEEKDAYS |= {name[:3]: number for name, number in _WEEKDAYS.items()} | {"tues": 1, "wednes": 2, "thur": 3, "thurs": 3}
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "couple": 2, "couple of": 2, "three": 3, "few": 3, "four": 4, "six": 6}

_WEEKDAY = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))
# "may" and "march" are words too: as months they are only read in capitals, or with a day beside them.
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_UNIT = "day|week|month|quarter|year|sprint|iteration"
_UNTIL = r"\b(?:until|till|'til|’til|til|up to|(?:valid|good|holds?) through)"
_THE = r"(?:(?:the|our|its|this) )?"
_EVENT = (
    r"release|launch|beta|alpha|ga|go-live|migration|merge|rollout|roll-out|cutover|deadline|demo|code freeze|freeze|"
    r"rewrite|refactor|upgrade|version|feature flag|deploy|review"
)
_DONE = (
    r"done|over|out|merged|fixed|released|shipped|ready|stable|migrated|finished|complete|completed|live|deployed|"
    r"resolved|removed|gone|upgraded|replaced|approved|supported|available"
)

# How each way of saying it is read. Every repetition is bounded, so that a sentence is read in linear time.
_ISO = re.compile(_UNTIL + r" (\d{4}-\d\d-\d\d)\b", re.I)
_DAY_WORD = re.compile(_UNTIL + r" (tomorrow|tonight|today|eod|end of (?:the )?day)\b", re.I)
_ON_WEEKDAY = re.compile(_UNTIL + rf" (?:(this|next|coming) )?({_WEEKDAY})\b", re.I)
_END_OF = re.compile(
    rf"{_UNTIL} (?:the )?(?:end of |eo)(?:(the|this|next|our) )?(?:current )?({_UNIT}|w|m|q|y)\b"
    rf"|{_UNTIL} (next) (week|month|quarter|year|sprint|iteration)\b",
    re.I,
)
_MONTH_DAY = re.compile(
    rf"{_UNTIL} (?:the )?(?:({_MONTH})\.? (\d{{1,2}})(?:st|nd|rd|th)?|(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?({_MONTH}))\b"
    r"(?:,? (\d{4})\b)?",
    re.I,
)
_MONTH_END = re.compile(
    rf"{_UNTIL} (?:the )?(end of |early |mid[- ]|late )?({_MONTH})\b\.?(?! \d{{1,2}}\b)(?: (\d{{4}})\b)?", re.I
)
_QUARTER_END = re.compile(rf"{_UNTIL} (?:the )?(?:end of )?q([1-4])\b(?: (\d{{4}})\b)?", re.I)
_YEAR_END = re.compile(rf"{_UNTIL} (?:the )?(end of )?(20\d\d)\b(?!-)", re.I)
_COUNTED = re.compile(
    rf"\bfor the (?:next|coming) (?:(\d{{1,3}}|{'|'.join(sorted(_COUNTS, key=len, reverse=True))}) )?({_UNIT})s?\b",
    re.I,
)
_THIS = re.compile(rf"\b(?:for|during|in) (?:the )?(?:rest of )?(this|the current|the rest of this) ({_UNIT})\b", re.I)
_BARE_THIS = re.compile(r"\b(this) (week|month|quarter|year|sprint|iteration)(?:'s)?\b", re.I)
_TODAY = re.compile(r"\b(?:just |only )?for (today)\b", re.I)
_OPEN = re.compile(
    r"\bwhile (?:(?!\b(?:while|and|but)\b)[\w.'’/-]{1,40} ){1,6}?(?:is|are|isn't|aren't|remains?|stays?)"
    r" (?:still )?(?:in|on|under|being|not|un\w{1,20}|down|broken|disabled|frozen|missing|beta|alpha|wip)\b"
    rf"|{_UNTIL} {_THE}(?:[\w.'’/-]{{1,40}} ){{0,3}}?(?:{_EVENT})\b"
    rf"|{_UNTIL} (?:[\w.'’/-]{{1,40}} ){{1,5}}?(?:(?:is|are|gets?|has been|have been|'s) (?:\w{{1,20}} )?(?:{_DONE})"
    r"|ships?|lands?|launches|goes live|comes out)\b"
    rf"|{_UNTIL} (?:v\d+(?:\.\d+)*|\d+(?:\.\d+)+)"
    r"|\buntil further notice\b|\bfor the time being\b|\btemporarily\b"
    r"|\bas long as (?:[\w.'’/-]{1,40} ){1,6}?(?:is|are)\b",
    re.I,
)
_PAST = re.compile(
    r"\b(?:(?<!is )(?<!are )(?<!be )used|was|were|had|did|decided|agreed|switched|moved|migrated|replaced|found|fixed|"
    r"shipped|released|started|finished|learned|noticed|dropped|changed|added|removed|spent|discussed|went|chose|"
    r"realised|realized)\b",
    re.I,
)
_WAITS = re.compile(
    r"\b(?:wait|waits|retry|retries|loop|loops|poll|polls|block|blocks|repeat|sleep|hold|hang|hangs)\b", re.I
)


def best_before(sentence: str, today: date) -> BestBefore | None:
    """Until when a sentence says that it holds; None when it does not say so, or the day is over.

    Args:
        sentence: in the user's own words.
        today: by the user's calendar.
    """
    for expression, read in _READERS:
        found = expression.search(sentence)
        if found is None:
            continue
        # Before the words, not after them: "until v2 was out" is odd, "we used Jest until March" is history.
        before = sentence[: found.start()]
        bare = expression is _BARE_THIS or expression is _THIS
        if _PAST.search(sentence if bare else before) or _WAITS.search(before):
            return None
        if expression is _MONTH_END and not _is_month(found):
            continue
        day = read(found, today)
        if day is not None and day >= today:
            return BestBefore(day, found.group().strip(), recheck=expression is _OPEN)
        return None
    return None


def end_of_day(day: date) -> datetime:
    """The last second of a day in the user's own time zone, in UTC."""
    return from_local(datetime.combine(day, time(23, 59, 59)))


def _is_month(found: re.Match[str]) -> bool:
    return found[2].lower() not in ("may", "march", "mar") or found[2][0].isupper() or bool(found[1] or found[3])


def _iso(found: re.Match[str], today: date) -> date | None:
    try:
        return date.fromisoformat(found[1])
    except ValueError:
        return None


def _day_word(found: re.Match[str], today: date) -> date:
    return today + timedelta(days=found[1].lower() == "tomorrow")


def _weekday(found: re.Match[str], today: date) -> date:
    # Whoever means today says so: on a Friday, "until Friday" is a week.
    ahead = (_WEEKDAYS[found[2].lower()] - today.weekday() - 1) % 7 + 1
    day = today + timedelta(days=ahead)
    next_monday = today + timedelta(days=7 - today.weekday())
    return day + timedelta(days=7) if (found[1] or "").lower() == "next" and day < next_monday else day


def _end_of(found: re.Match[str], today: date) -> date:
    if found[3]:
        # "Until next week" ends before it: with this one.
        return _unit_end(found[4].lower(), today)
    unit = {"w": "week", "m": "month", "q": "quarter", "y": "year"}.get(found[2].lower(), found[2].lower())
    end = _unit_end(unit, today)
    return _unit_end(unit, end + timedelta(days=1)) if (found[1] or "").lower() == "next" else end


def _month_day(found: re.Match[str], today: date) -> date | None:
    month = _MONTHS[(found[1] or found[4]).lower()]
    return _dated(int(found[2] or found[3]), month, found[5], today)


def _month_end(found: re.Match[str], today: date) -> date | None:
    month, part = _MONTHS[found[2].lower()], (found[1] or "").strip(" -").lower()
    days = {"early": 10, "mid": 15}
    year = int(found[3]) if found[3] else today.year
    if not part:
        # "Until June" ends before it, "until the end of June" with it.
        return _before(month, found[3], today)
    day = days.get(part, calendar.monthrange(year, month)[1])
    return _dated(day, month, found[3], today)


def _before(month: int, year: str | None, today: date) -> date:
    first = date(int(year) if year else today.year, month, 1)
    if not year and first <= today:
        first = first.replace(year=first.year + 1)
    return first - timedelta(days=1)


def _dated(day: int, month: int, year: str | None, today: date) -> date | None:
    try:
        found = date(int(year) if year else today.year, month, day)
        return found.replace(year=found.year + 1) if not year and found < today else found
    except ValueError:
        return None


def _quarter_end(found: re.Match[str], today: date) -> date | None:
    month = int(found[1]) * 3
    year = int(found[2]) if found[2] else today.year
    return _dated(calendar.monthrange(year, month)[1], month, found[2], today)


def _year_end(found: re.Match[str], today: date) -> date:
    # "Until 2027" ends before it.
    return date(int(found[2]) - (not found[1]), 12, 31)


def _counted(found: re.Match[str], today: date) -> date:
    said = (found[1] or "one").lower()
    count = int(said) if said.isdigit() else _COUNTS[said]
    unit = found[2].lower()
    days = {
        "day": 1,
        "week": 7,
        "month": 30,
        "quarter": 91,
        "year": 365,
        "sprint": SPRINT_DAYS,
        "iteration": SPRINT_DAYS,
    }
    return today + timedelta(days=count * days[unit])


def _this(found: re.Match[str], today: date) -> date:
    return _unit_end(found[2].lower(), today)


def _today(found: re.Match[str], today: date) -> date:
    return today


def _recheck(found: re.Match[str], today: date) -> date:
    return today + timedelta(days=RECHECK_DAYS)


def _unit_end(unit: str, today: date) -> date:
    """The last day of the week, month, quarter or year that a day is in; of a sprint, two weeks on."""
    if unit == "day":
        return today
    if unit == "week":
        return today + timedelta(days=6 - today.weekday())
    if unit == "year":
        return date(today.year, 12, 31)
    if unit in ("month", "quarter"):
        month = today.month if unit == "month" else (today.month + 2) // 3 * 3
        return date(today.year, month, calendar.monthrange(today.year, month)[1])
    return today + timedelta(days=SPRINT_DAYS)


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]], ...] = (
    (_ISO, _iso),
    (_DAY_WORD, _day_word),
    (_ON_WEEKDAY, _weekday),
    (_MONTH_DAY, _month_day),
    (_YEAR_END, _year_end),
    (_MONTH_END, _month_end),
    (_QUARTER_END, _quarter_end),
    (_END_OF, _end_of),
    (_COUNTED, _counted),
    (_THIS, _this),
    (_TODAY, _today),
    (_OPEN, _recheck),
    (_BARE_THIS, _this),
)
