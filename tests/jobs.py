"""Jobs of a pipeline: the steps of the action, run in a shell as GitHub's runner has them run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sysconfig
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import yaml  # type: ignore[import-untyped]

from tests.waiting import LIMIT

ROOT = Path(__file__).parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


def environment(folder: Path, **named: str) -> dict[str, str]:
    """A job's: ours without settings, with the command on the path."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DATELINE", "PREFECT", "GITHUB", "CI"))
    }
    scripts = sysconfig.get_path("scripts")
    return {
        **kept,
        "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "RUNNER_TEMP": str(folder),
        **named,
    }


@dataclass
class Job:
    """What came of a job: its exit code, what it printed, and the summary that it shows."""

    code: int
    told: str
    summary: str
    outputs: dict[str, str]


def github(folder: Path, **inputs: str) -> Job:
    """The steps of the action in a folder, one after the other, as GitHub's runner has them run.

    Steps of other actions are left out; what they would give is made up.
    """
    given = {name: str(one.get("default", "")) for name, one in ACTION["inputs"].items()}
    given.update({name.replace("_", "-"): value for name, value in inputs.items()})
    known: dict[str, str] = {f"inputs.{name}": value for name, value in given.items()}
    known["steps.upload.outputs.artifact-url"] = "https://github.example/artifacts/7"
    summary = folder / "step-summary.md"
    summary.touch()
    told = ""
    for number, step in enumerate(ACTION["runs"]["steps"]):
        if not holds(step.get("if"), known) or "uses" in step:
            continue
        assert step["shell"] == "bash"
        output, script = folder / f"output-{number}", folder / f"step-{number}.sh"
        output.touch()
        script.write_text(step["run"], encoding="utf-8")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
            cwd=folder,
            env=environment(
                folder,
                GITHUB_STEP_SUMMARY=str(summary),
                GITHUB_OUTPUT=str(output),
                GITHUB_ACTION_PATH=str(ROOT),
                **{name: filled(value, known) for name, value in step.get("env", {}).items()},
            ),
            capture_output=True,
            text=True,
            timeout=LIMIT,
            check=False,
        )
        told += done.stdout + done.stderr
        for line in output.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition("=")
            known[f"steps.{step['id']}.outputs.{name}"] = value
        if done.returncode:
            return Job(done.returncode, told, summary.read_text(encoding="utf-8"), known)
    return Job(0, told, summary.read_text(encoding="utf-8"), known)


def filled(value: str, known: Mapping[str, str]) -> str:
    """An expression's value; of a step's output that there is not, nothing."""
    match = re.fullmatch(r"\$\{\{ (inputs\.[\w-]+|steps\.\w+\.outputs\.[\w-]+) \}\}", value)
    assert match, value
    return known.get(match[1], "") if match[1].startswith("steps.") else known[match[1]]


def holds(condition: str | None, known: Mapping[str, str]) -> bool:
    if condition is None:
        return True
    match = re.fullmatch(r"(inputs\.[\w-]+) (==|!=) '(.*)'", condition)
    assert match, condition
    return (known[match[1]] == match[3]) is (match[2] == "==")


@dataclass
class Samples:
    """A lake of the samples, for many to read and nobody to change, and the job that made it.

    ``folder`` is where the job ran: the lake is its ``lake``, the report ``dateline-report``.
    """

    folder: Path
    job: Job

    @property
    def lake(self) -> Path:
        return self.folder / "lake"

    @classmethod
    def make(cls, folder: Path) -> None:
        """Have a job make it in an empty folder."""
        job = github(folder, install="false", lake="lake")
        told = json.dumps(asdict(job))
        (folder / "job.json").write_text(told, encoding="utf-8")

    @classmethod
    def at(cls, folder: Path) -> Samples:
        """As it was made in the folder."""
        told = json.loads((folder / "job.json").read_text(encoding="utf-8"))
        return cls(folder, Job(**told))
