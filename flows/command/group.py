"""What all commands share: lazy loading, the options of every command, the exit codes."""

from __future__ import annotations

import errno
import importlib
import logging
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from flows.errors import shown

if TYPE_CHECKING:
    from flows.settings import Settings

DONE, BAD_DATA, BROKE, USAGE, INTERRUPTED = 0, 1, 2, 64, 130

#: What DuckDB raises, as a RuntimeError, when Ctrl-C stops a query.
_STOPPED_QUERY = "Query interrupted"
_ROOMS = ("flows", "transforms", "expectations", "warehouse", "pages")


@dataclass
class Globals:
    """The options of every command, as given before or after the command's name."""

    lake: str | None = None
    config: str | None = None
    verbose: bool = False

    def settings(self, **overrides: Any) -> Settings:
        """The settings in force. Raises ``SettingsError``."""
        from flows.settings import load_settings, unknown_variables

        if self.lake is not None:
            no_password("--lake", self.lake)
        for variable in unknown_variables():
            click.echo(f"Warning: {variable} is not a setting and has no effect", err=True)
        return load_settings(self.config, lake=self.lake, **overrides)


def settings_options[F: Callable[..., Any]](command: F) -> F:
    """Adds --config and -v, which are kept in the context's :class:`Globals`."""
    for option in (
        click.option(
            "-v",
            "--verbose",
            is_flag=True,
            help="Say more, also about what went wrong.",
            callback=_remember,
            expose_value=False,
        ),
        click.option(
            "--config",
            metavar="FILE",
            help="The settings file.  [default: $DATELINE_CONFIG, else ./dateline.toml]",
            callback=_remember,
            expose_value=False,
        ),
    ):
        command = option(command)
    return command


def common_options[F: Callable[..., Any]](command: F) -> F:
    """Adds --lake, --config and -v."""
    return click.option(
        "--lake",
        metavar="LAKE",
        help="The lake: a folder, or postgres://...  [default: ./lake]",
        callback=_remember,
        expose_value=False,
    )(settings_options(command))


def corrections_option[F: Callable[..., Any]](command: F) -> F:
    """Adds --corrections, of the commands that make rows."""
    return click.option(
        "--corrections", metavar="FILE", help="What people corrected (docs/corrections.md)."
    )(command)


def _remember(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value:
        setattr(ctx.ensure_object(Globals), str(param.name), value)
    if value and param.name == "verbose":
        for name in _ROOMS:
            logging.getLogger(name).setLevel(logging.DEBUG)


def no_password(name: str, lake: str) -> None:
    """Raise ``UsageError`` for the address of a lake, given as ``name``, that has a password."""
    from flows.errors import UsageError
    from warehouse.address import has_password

    if has_password(lake):
        raise UsageError(
            f"{name} has a password in it, which everybody on this machine can read in the list "
            "of processes: leave it out and set PGPASSWORD, name a service, or set DATELINE_LAKE"
        )


class Group(click.Group):
    """A group whose commands are imported when they are asked for, and that keeps exit codes.

    ``lazy`` gives by the command's name where it is: ``module:attribute``.
    """

    def __init__(self, *args: Any, lazy: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lazy = dict(lazy or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.lazy:
            return None
        module, attribute = self.lazy[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """As click's, but a reader of our output who leaves early (``| head``) is no error."""
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            _let_go_of_stdout()
            return DONE
        return code

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """As click's, but a command's result is the exit code and errors have ours."""
        shared = extra.setdefault("obj", Globals())
        invoke = partial(super().main, *args, standalone_mode=False, **extra)
        undo = _log_to_stderr()
        try:
            code = _guarded(invoke, shared)
        finally:
            undo()
        if standalone_mode:
            sys.exit(code)
        return code


def _guarded(invoke: Callable[[], Any], shared: Globals) -> int:
    """Runs a command; gives its exit code, having shown what went wrong."""
    from flows.errors import UsageError

    try:
        code = invoke()
    except click.ClickException as error:
        error.show()
        return USAGE
    except UsageError as error:
        return _say(error, error.exit_code, shared)
    except click.Abort as error:
        cause = error.__cause__ or error.__context__
        if isinstance(cause, EOFError):
            return _say(cause, BROKE, shared, unforeseen=True)
        return _interrupted()
    except KeyboardInterrupt:
        return _interrupted()
    except Exception as error:
        if str(error) == _STOPPED_QUERY:
            return _interrupted()
        ours = type(error).__module__.partition(".")[0] in _ROOMS
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            where = f" ({error.filename})" if error.filename else ""
            full = OSError(f"the disk is full{where}: make room, then run the same command again")
            return _say(full, BROKE, shared)
        return _say(error, _code(error), shared, unforeseen=not ours)
    return code if isinstance(code, int) else DONE


def _code(error: Exception) -> int:
    """What an error means that is not of a command's own."""
    if "warehouse.errors" not in sys.modules:
        return BROKE
    from warehouse.errors import AddressError, NoLakeError, SqlError

    return USAGE if isinstance(error, AddressError | NoLakeError | SqlError) else BROKE


def _say(error: BaseException, code: int, shared: Globals, *, unforeseen: bool = False) -> int:
    if shared.verbose:
        import traceback

        traceback.print_exception(error)
    message = str(error) or type(error).__name__
    if unforeseen:
        message = f"dateline broke: {type(error).__name__}: {error}"
        if not shared.verbose:
            message += "\nThe same command with -v shows where."
    click.echo(f"Error: {shown(message)}", err=True)
    return code


def _interrupted() -> int:
    click.echo("Interrupted.", err=True)
    return INTERRUPTED


def _let_go_of_stdout() -> None:
    """Whoever read our output has gone: let what is still buffered go nowhere."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return


class _ToStderr(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        click.echo(shown(f"{record.levelname.capitalize()}: {self.format(record)}"), err=True)


def _log_to_stderr() -> Callable[[], None]:
    """Shows what our own rooms log, warnings or with -v all; gives what undoes it."""
    handler = _ToStderr()
    loggers = [logging.getLogger(name) for name in _ROOMS]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.WARNING)
        logger.addHandler(handler)

    def undo() -> None:
        for logger, level in zip(loggers, before, strict=True):
            logger.removeHandler(handler)
            logger.setLevel(level)

    return undo
