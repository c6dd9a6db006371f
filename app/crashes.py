"""What is left of a crash: a report for us without anything of the user's, and a sentence for the user.

A report has the kind of error and the lines of code, of the error and of what led to it. It has no values: neither
what an exception says (it may quote a message or a file), nor local variables, nor the environment.
"""

from __future__ import annotations

import contextlib
import platform
import sys
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from learnchat.learning.disk.files import PRIVATE_FILE, forbidden, make_private_directory

REPORT_NAME = "crash-%Y%m%dT%H%M%SZ.txt"
# A bug that strikes at each start must not fill the disk.
KEPT_REPORTS = 10


def report_of(error: BaseException, at: datetime) -> str:
    """The text of a report."""
    from importlib.metadata import PackageNotFoundError, version

    versions = []
    for name in ("learnchat", "textual"):
        with contextlib.suppress(PackageNotFoundError):
            versions.append(f"{name} {version(name)}")
    lines = [
        f"{', '.join(versions)}, Python {platform.python_version()}, {platform.system()} {platform.release()}",
        f"{at:%Y-%m-%d %H:%M:%S} UTC",
        "",
    ]
    for each in _chain(error):
        lines += [
            f"{type(each).__module__}.{type(each).__qualname__}",
            "".join(traceback.format_list(traceback.extract_tb(each.__traceback__))),
        ]
    return "\n".join(lines)


def keep_report(folder: Path, error: BaseException) -> Path | None:
    """Write a report into the folder of the logs; None where that can't be, or must not."""
    if forbidden() is not None:
        return None
    at = datetime.now(UTC)
    path = folder / at.strftime(REPORT_NAME)
    try:
        make_private_directory(folder)
        path.touch(mode=PRIVATE_FILE)
        path.write_text(report_of(error, at), encoding="utf-8", newline="\n")
        for old in sorted(folder.glob("crash-*.txt"))[:-KEPT_REPORTS]:
            old.unlink()
    except OSError:
        return None
    return path


def sentence_of(error: BaseException, report: Path | None) -> str:
    """What the user reads."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    kept = f"A report without anything of yours: {report}" if report else "No report could be written."
    return f"learnchat has crashed: {type(error).__name__}{where}. What was said and decided is kept.\n{kept}"


def tell(error: BaseException) -> None:
    """Keep a report, and say so on standard error."""
    from learnchat.app.locations import Locations

    sys.stderr.write(sentence_of(error, keep_report(Locations.find().user_data.logs, error)) + "\n")


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what led to it, each once."""
    seen: set[int] = set()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        yield following
        following = following.__cause__ or following.__context__
