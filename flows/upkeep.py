"""The flows that look after a lake once a day: are its rows as they should be, and is it small?

What they do is what the commands ``check`` and ``maintain`` do; they wait for a run that writes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from prefect import State, flow
from prefect.states import Completed, Failed

from flows.errors import told as error_told
from flows.on_worker import checked
from flows.settings import Settings, load_settings
from flows.telling import tell
from warehouse.errors import NoLakeError


@flow(
    name="dateline-check",
    description="Asks every expectation of what the lake holds.",
    validate_parameters=False,
    persist_result=False,
)
def dateline_check(settings: dict[str, Any] | None = None) -> State[None]:
    """What is deployed. Fails if rows fail a check, or a check breaks; the message says which."""
    return _done("check", settings, _check)


@flow(
    name="dateline-maintain",
    description="Merges small files, lets old snapshots expire, removes what nobody needs.",
    validate_parameters=False,
    persist_result=False,
)
def dateline_maintain(settings: dict[str, Any] | None = None) -> State[None]:
    """What is deployed. Fails if something could not be done; the message says what."""
    return _done("maintain", settings, _maintain)


def _done(
    what: str,
    settings: dict[str, Any] | None,
    work: Callable[[Settings], tuple[bool, str]],
) -> State[None]:
    """The state that says what came of the work, which the operator is told, too."""
    try:
        well, told = work(checked(load_settings(**(settings or {}))))
    except NoLakeError:
        well, told = True, "there is no lake yet"
    except Exception as error:
        well, told = False, error_told(error)
    tell(f"{what}: {told}")
    return Completed(message=told) if well else Failed(message=f"{what}: {told}")


def _check(settings: Settings) -> tuple[bool, str]:
    """Whether all is well, and what was seen."""
    from flows.checking import check_lake

    findings = check_lake(settings)
    bad = [
        f"{verdict.table}.{verdict.column or '*'} {verdict.expectation} {verdict.outcome}"
        for verdict in findings.verdicts.values()
        if verdict.outcome in ("failed", "broke")
    ]
    bad += [
        f"{one.where} {one.name} {one.outcome}"
        for one in findings.whole
        if one.outcome in ("failed", "broke")
    ]
    return not bad, "; ".join([findings.told(), *bad])


def _maintain(settings: Settings) -> tuple[bool, str]:
    """Whether all was done, and what."""
    from flows.maintaining import told
    from warehouse.lake import Lake

    with Lake.open(settings.lake) as lake:
        done = lake.maintain()
    return not done.problems, "; ".join(told(done))
