"""The ``dateline`` command. Importing it costs nothing: spawned workers do, as ``__main__``."""

from __future__ import annotations


def main() -> None:
    """Run the command line and end the process with its exit code."""
    from flows.command.cli import cli

    cli(prog_name="dateline")
