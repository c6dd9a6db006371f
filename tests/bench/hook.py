"""What `learnchat hook stop` takes on a long session of Claude Code's: the foreground, for which the assistant waits,
and the work behind it.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.table import milliseconds, print_table

RUNS = 15
TRANSCRIPT_BYTES = 50_000_000
SAID = [("user", "We're switching from Bootstrap to Tailwind CSS for the dashboard"), ("assistant", "Understood.")]


def _run(command: Sequence[str], event: str, home: Path, environment: dict[str, str]) -> tuple[float, float, float]:
    """Seconds, seconds of a core, and MB at most."""
    read, write = os.pipe()
    os.write(write, event.encode())
    os.close(write)
    began = time.perf_counter()
    process = subprocess.Popen(command, stdin=read, cwd=home / "shop", env=environment)
    _, _, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = 0
    os.close(read)
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    sys.path.insert(0, str(Path(__file__).parent.parent))
    from support.assistants import write_large

    rows = []
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "shop").mkdir()
        transcript = home / "session.jsonl"
        write_large(transcript, SAID, TRANSCRIPT_BYTES)
        event = json.dumps({"session_id": "s", "transcript_path": str(transcript), "cwd": str(home / "shop")})
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": folder,
            "LEARNCHAT_DATA_DIR": str(home / "data"),
            "LEARNCHAT_CONFIG_DIR": str(home / "configuration"),
            "OLLAMA_HOST": "http://127.0.0.1:9",
        }
        foreground = [str(Path(sys.executable).with_name("learnchat")), "hook", "stop"]
        behind = [sys.executable, "-P", "-m", "learnchat.app.judging.hook_work"]
        for name, command, runs in (
            ("python -c pass", [sys.executable, "-c", "pass"], RUNS),
            ("the foreground", foreground, RUNS),
            ("the work behind it, first time", behind, 1),
            ("the work behind it, nothing new", behind, 3),
        ):
            measured = []
            for _ in range(runs):
                if command is behind and runs == 1:
                    # What the foreground's runs left to do is done, and forgotten again.
                    time.sleep(5)
                    subprocess.run(["rm", "-rf", str(home / "data")], check=True)
                measured.append(_run(command, event, home, environment))
                if command is foreground:
                    # The work that it started would be measured along with the next run.
                    time.sleep(2)
            seconds, cores, memory = zip(*measured, strict=True)
            rows.append(
                (
                    name,
                    milliseconds(statistics.median(seconds)),
                    milliseconds(max(seconds)),
                    milliseconds(statistics.median(cores)),
                    f"{max(memory):.0f} MB",
                )
            )
    print_table(
        f"learnchat hook stop, interpreter start included; a transcript of {TRANSCRIPT_BYTES / 1e6:.0f} MB",
        ("what", "median", "slowest", "of a core", "memory"),
        rows,
    )


if __name__ == "__main__":
    main()
