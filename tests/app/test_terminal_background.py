from __future__ import annotations

import os
import sys
from types import SimpleNamespace

import pytest

from learnchat.app.terminal_background import Beginning

termios = pytest.importorskip("termios")


def test_a_terminal_that_is_gone_is_not_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    window, terminal = os.openpty()
    attributes = termios.tcgetattr(terminal)
    os.close(window)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(fileno=lambda: terminal))
    Beginning(attributes=attributes).put_back()
    with pytest.raises(termios.error):
        termios.tcgetattr(terminal)
    os.close(terminal)
