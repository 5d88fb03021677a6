"""What every test may count on: a machine that can talk to itself, and Ctrl-C."""

from __future__ import annotations

import shutil
import signal
import subprocess

from flows.server import reachable


def pytest_configure() -> None:
    """In a network namespace of its own (``unshare -n``) the loopback interface starts down, and
    what a shell starts in the background is deaf to Ctrl-C, and so would its children be."""
    if not reachable() and (ip := shutil.which("ip")):
        subprocess.run([ip, "link", "set", "lo", "up"], check=False)
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
