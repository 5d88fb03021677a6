"""The worked example of docs/corrections.md, with its files and commands as they stand there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.prefect_server import PrivateServer
from tests.flows.commands import ROOT, Command
from warehouse.lake import Lake

pytestmark = pytest.mark.long
PAGE = (ROOT / "docs" / "corrections.md").read_text(encoding="utf-8")

#: A file with what it holds, or commands with lines of what they say.
STEPS = re.findall(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```|```console\n(.*?)```", PAGE, re.DOTALL)


def test_the_example_goes_as_the_page_says(
    tmp_path: Path, dateline: Callable[..., Command], server: PrivateServer
) -> None:
    assert len(STEPS) == 8
    for name, text, commands in STEPS:
        if name:
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        for one in commands.split("$ dateline ")[1:]:
            line, *says = one.splitlines()
            run = dateline(*shlex.split(line), cwd=tmp_path, PREFECT_API_URL=server.api_url)
            assert run.ended() == 0, (line, run.err)
            assert set(says) <= set(run.out.splitlines()), (line, run.out)


def test_the_question_at_its_end_is_one_that_a_lake_answers(
    tmp_path: Path, dateline: Callable[..., Command]
) -> None:
    (question,) = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    with Lake.open(tmp_path / "lake", create=True):
        pass
    asked = dateline("sql", question, "--format", "csv", cwd=tmp_path)
    assert asked.ended() == 0, asked.err
    assert asked.out == "surface,place,value_read,why,corrected_by\n"
