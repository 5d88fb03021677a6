"""What every test may count on: a machine that can talk to itself."""

from __future__ import annotations

import shutil
import subprocess

from flows.server import reachable


def pytest_configure() -> None:
    """In a network namespace of its own (``unshare -n``) the loopback interface starts down."""
    if not reachable() and (ip := shutil.which("ip")):
        subprocess.run([ip, "link", "set", "lo", "up"], check=False)
