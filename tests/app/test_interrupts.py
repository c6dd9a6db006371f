from __future__ import annotations

import subprocess
import sys

import pytest

# To a thread that only waits: as when the signal comes just before the loop goes to sleep, nothing interrupts that.
PROGRAM = """
import asyncio, signal, threading
from learnchat.app.interrupts import wake_for_signals

ended = threading.Event()
other = threading.Thread(target=ended.wait, daemon=True)
other.start()

async def main():
    wake_for_signals(asyncio.get_running_loop())
    asyncio.get_running_loop().call_later(0.2, press)
    await asyncio.sleep(60)

def press():
    threading.Timer(0.2, signal.pthread_kill, (other.ident, signal.SIGINT)).start()

try:
    asyncio.run(main())
except KeyboardInterrupt:
    print("stopped")
ended.set()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no signals there")
def test_an_interrupt_is_heeded_while_the_loop_sleeps() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=30)
    assert done.stdout == "stopped\n", done.stderr
