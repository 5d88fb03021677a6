"""Work for the tests' pools: workers import it by name."""

from __future__ import annotations

import datetime as dt
import faulthandler
import os
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from flows.worker import Job, rows
from tests.waiting import LIMIT, until

if TYPE_CHECKING:
    from transforms.extract import Rows


def square(number: int) -> int:
    return number * number


def process(_: int) -> int:
    return os.getpid()


def process_in_company(folder: Path) -> int:
    """Which process this is, once there is another one at work on the same."""
    (folder / str(os.getpid())).touch()
    until(lambda: len(list(folder.iterdir())) > 1)
    return os.getpid()


def refuse_seven(number: int) -> int:
    if number == 7:
        raise ValueError("seven is no number")
    return number


def die_at_seven(number: int) -> int:
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def die_once(flag: Path) -> str:
    """End the worker, but only the first time."""
    if not flag.exists():
        flag.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "alive"


def never_end_at_seven(number: int) -> int:
    if number == 7:
        time.sleep(10 * LIMIT)
    return number


def counted_unless_slow(number: int, folder: Path) -> int:
    """The number, whose every beginning is a line in the folder; seven never ends."""
    with (folder / str(number)).open("a") as file:
        file.write("begun\n")
    return never_end_at_seven(number)


def unpicklable(number: int) -> object:
    return (lambda: number) if number == 7 else number


def modules(_: int) -> list[str]:
    return sorted(sys.modules)


def no_model() -> None:
    raise LookupError("there is no such model")


def busy(folder: Path) -> str:
    """Say who works, then work on until there is a file ``go`` beside the folder, or for longer
    than any test."""
    (folder / str(os.getpid())).touch()
    deadline = time.monotonic() + LIMIT
    while time.monotonic() < deadline:
        if folder.with_name("go").exists():
            return "done"
    return "nobody ended it"


def pause() -> None:
    """Say so in the folder PAUSE, and wait for a file ``go`` in it."""
    folder = Path(os.environ["PAUSE"])
    (folder / f"paused-{os.getpid()}").touch()
    until((folder / "go").exists, limit=10 * LIMIT)  # longer than the test that may end it


def rows_after_a_pause(job: Job, model: str) -> Rows:
    faulthandler.cancel_dump_traceback_later()  # the pool's patience
    pause()
    return rows(job, model)


def rows_after_losing_a_worker(job: Job, model: str, flag: Path) -> Rows:
    """The first time, end the Dask worker whose process this is."""
    if not flag.exists():
        flag.touch()
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(LIMIT)
    return rows(job, model)


def rows_but_of_budgets(job: Job, model: str) -> Rows:
    if "budget" in job.article.text.lower():
        raise ValueError("no budgets")
    return rows(job, model)


def rows_but_of_the_sixth(job: Job, model: str) -> Rows:
    if job.article.published_date == dt.date(2025, 3, 6):
        raise ValueError("not on that day")
    return rows(job, model)


def die_at_budgets(job: Job, model: str) -> Rows:
    if "budget" in job.article.text:
        os.kill(os.getpid(), signal.SIGKILL)
    return rows(job, model)


def rows_with_a_wrong_figure(job: Job, model: str) -> Rows:
    """The value of one figure is not what its text says."""
    wrong = {"value": -1.0}
    return _changed(rows(job, model), "figures", "surface", "$48 billion", wrong)


def rows_with_a_figure_in_words(job: Job, model: str) -> Rows:
    """The value of one figure is no number."""
    wrong = {"value": "forty-eight billion"}
    return _changed(rows(job, model), "figures", "surface", "$48 billion", wrong)


def rows_with_a_wrong_language(job: Job, model: str) -> Rows:
    """One article's language is no language."""
    day, wrong = dt.date(2025, 3, 6), {"language": "English"}
    return _changed(rows(job, model), "articles", "published_date", day, wrong)


def _changed(
    made: Rows, name: str, column: str, value: object, changes: Mapping[str, object]
) -> Rows:
    some = made.get(name, [])
    made[name] = [{**row, **changes} if row[column] == value else row for row in some]
    return made
