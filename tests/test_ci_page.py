"""The action and the lines for GitLab do what docs/ci.md says: their steps are run in a shell.

``python -m tests.test_ci_page`` writes the sample of an outcome anew, docs/ci-summary.md.
"""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]
from junitparser import JUnitXml

from tests.flows.conftest import FERRY
from tests.jobs import ACTION, Samples, environment, github
from tests.waiting import LIMIT

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
SAMPLE = ROOT / "docs" / "ci-summary.md"
#: What the last step but one adds.
LINK = "\n[The page, with every check and the trends](https://github.example/artifacts/7)\n"


def uncounted(summary: str) -> str:
    """A summary without its numbers of expectations and rows, which change with what is read."""
    return re.sub(r"^\d+(?= expectations)|(?<=\| )[\d,]+(?= \|)", "N", summary, flags=re.MULTILINE)


def gitlab() -> dict[str, Any]:
    """The job of the page."""
    (text,) = (
        block for block in re.findall(r"```yaml\n(.+?)```", PAGE, re.DOTALL) if "gitlab" in block
    )
    found: dict[str, Any] = yaml.safe_load(text)["articles"]
    return found


def test_the_action_says_what_it_takes_and_puts_nothing_of_it_into_a_script() -> None:
    rows = re.findall(r"^\| `([\w-]+)` \| (.+) \| (.*) \|$", PAGE, re.MULTILINE)
    told = {name: (what, without) for name, what, without in rows if name in ACTION["inputs"]}
    assert told == {
        name: (" ".join(one["description"].split()), f"`{one['default']}`" * bool(one["default"]))
        for name, one in ACTION["inputs"].items()
    }
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
        assert "uses" in step or step["shell"] == "bash"


def test_what_is_installed_is_there() -> None:
    (install,) = (one for one in ACTION["runs"]["steps"] if one.get("name") == "Install Dateline")
    names = set(re.findall(r"\$GITHUB_ACTION_PATH/([\w.]+)", install["run"]))
    names |= set(re.findall(r"/opt/dateline/([\w.]+)", "\n".join(gitlab()["before_script"])))
    assert names == {"requirements.txt"}
    for name in (*names, "pyproject.toml"):
        assert (ROOT / name).is_file()
    assert "\nsetuptools==" in (ROOT / "requirements.txt").read_text(encoding="utf-8")


@pytest.mark.long
def test_the_samples_pass_and_are_shown_as_the_page_says(samples: Samples) -> None:
    job = samples.job
    assert job.code == 0, job.told
    assert job.outputs["steps.run.outputs.code"] == job.outputs["steps.check.outputs.code"] == "0"
    assert uncounted(job.summary) == uncounted(SAMPLE.read_text(encoding="utf-8")) + LINK
    report = samples.folder / "dateline-report"
    assert json.loads((report / "report.json").read_text(encoding="utf-8"))["verdict"] == "passed"
    read = JUnitXml.fromfile(str(report / "junit.xml"))
    assert read.tests > 400
    assert (read.failures, read.errors) == (0, 0)
    assert "<figure>" in (report / "index.html").read_text(encoding="utf-8")


@pytest.mark.long
def test_bad_data_fails_the_job_and_is_shown_beside_what_was_before(tmp_path: Path) -> None:
    """Two jobs that keep their lake: the first has none to compare with."""
    for name, text in (("good/a.txt", FERRY), ("bad/empty.txt", " "), ("'; exit 0; #.txt", "")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    good = github(tmp_path, install="false", baseline="last-good", articles="good/")
    assert good.code == 0, good.told
    assert "Compared with" not in good.summary

    articles = "bad/\n\n  \n'; exit 0; #.txt\n"
    bad = github(tmp_path, install="false", baseline="last-good", articles=articles)
    assert bad.code == 1, bad.told
    shown = bad.summary.removeprefix(good.summary)
    assert shown.startswith("## ❌ dateline run ended with exit code 1\n\n    ")
    assert "every input was rejected" in shown
    assert "2 inputs" in bad.told
    assert "\nCompared with run 2" in shown


@pytest.mark.parametrize(
    ("fail_on", "ran", "checked", "code"),
    [
        ("error", 0, 0, 0),
        ("error", 1, 0, 1),
        ("error", 0, 2, 2),
        ("broken", 1, 1, 0),
        ("broken", 2, 1, 2),
        ("never", 1, 2, 0),
    ],
)
def test_what_fails_a_job(fail_on: str, ran: int, checked: int, code: int) -> None:
    step = ACTION["runs"]["steps"][-1]
    told = {"RUN_CODE": str(ran), "CHECK_CODE": str(checked), "FAIL_ON": fail_on}
    assert set(told) == set(step["env"])
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", step["run"]], env=told, check=False
    )
    assert done.returncode == code


@pytest.mark.parametrize(
    ("inputs", "told"),
    [
        ({"fail_on": "warning"}, "fail-on is 'warning'; give error, broken or never"),
        ({"articles": "gone/"}, "gone"),
        ({"config": "gone.toml"}, "--config names gone.toml, but there is no such file"),
    ],
)
@pytest.mark.long
def test_what_is_asked_wrongly_fails_at_once(
    inputs: dict[str, str], told: str, tmp_path: Path
) -> None:
    job = github(tmp_path, install="false", **inputs)
    assert job.code in (1, 64)
    assert told in job.told


@pytest.mark.long
def test_the_lines_for_gitlab_run(tmp_path: Path) -> None:
    wanted = gitlab()
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(FERRY, encoding="utf-8")
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", "\n".join(wanted["script"])],
        cwd=tmp_path,
        env=environment(tmp_path, DATELINE_LAKE=wanted["variables"]["DATELINE_LAKE"]),
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "## ✅ Dateline: Passed" in done.stdout
    for name in (*wanted["artifacts"]["paths"], wanted["artifacts"]["reports"]["junit"]):
        assert (tmp_path / name).exists(), name
    assert (tmp_path / "dateline-lake").is_dir()
    assert "dateline-lake" in wanted["cache"]["paths"]


if __name__ == "__main__":
    with TemporaryDirectory() as made:
        SAMPLE.write_text(
            github(Path(made), install="false").summary.removesuffix(LINK), encoding="utf-8"
        )
