from __future__ import annotations

import subprocess
import sys
from pathlib import Path

DECIDING = """
import sys
from pathlib import Path
from learnchat.learning.clock import SystemClock
from learnchat.learning.disk.project import find_project
from learnchat.learning.disk.user_data import UserData
from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.memory.warming import warm
home = Path(sys.argv[1])
profiles = Profiles.open(find_project(home), UserData(home / "data"), SystemClock())
warm()
before = set(sys.modules)
profiles.remember("We use tabs")
print(*sorted(name for name in set(sys.modules) - before if not name.startswith("encodings")))
"""


def test_once_warmed_the_first_decision_imports_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DECIDING, str(tmp_path)], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == []
