"""The command reference, ``docs/commands.md``, made of the commands' own help.

``python -m flows.command.reference`` writes it anew; a test fails when it is out of date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from flows.command.cli import cli

_WIDTH = 88
_HEAD = """# Commands

Every command's help, as `dateline COMMAND --help` prints it. This page is generated:
`python -m flows.command.reference > docs/commands.md`.
"""


def reference() -> str:
    """The page as Markdown."""
    sections = [_HEAD]
    for path, text in helps():
        sections.append(f"## {path}\n\n```\n{text.rstrip()}\n```\n")
    return "\n".join(sections)


def helps() -> Iterator[tuple[str, str]]:
    """Each command as it is called, the group first, with its help."""
    top = _context(cli, None)
    yield "dateline", cli.get_help(top)
    for name in cli.list_commands(top):
        command = cli.get_command(top, name)
        assert command is not None
        yield f"dateline {name}", command.get_help(_context(command, top, name))


def _context(
    command: click.Command, parent: click.Context | None, name: str = "dateline"
) -> click.Context:
    return click.Context(
        command,
        parent,
        info_name=name,
        terminal_width=_WIDTH,
        max_content_width=_WIDTH,
        help_option_names=["-h", "--help"],
    )


if __name__ == "__main__":
    sys.stdout.write(reference())
