"""The ``dateline`` command. Importing it costs nothing: spawned workers do, as ``__main__``."""

from __future__ import annotations


def main() -> None:
    """Run the command line and end the process with its exit code.

    The process ends as it is once all is closed and said: to free what a run has loaded, object by
    object, would take most of a second.
    """
    import atexit
    import contextlib
    import os
    import sys

    from flows.command.cli import cli

    code = cli.main(prog_name="dateline", standalone_mode=False)
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)
