"""Which deployments there are to be: pure, without any server."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.deployments import planned
from flows.errors import UsageError
from flows.settings import Settings, SourceSpec, load_settings

pytestmark = pytest.mark.usefixtures("empty_folder")


@pytest.fixture
def known() -> Settings:
    return load_settings(lake="lake", batch_size=7)


def test_each_source_has_its_own_with_itself_alone(known: Settings) -> None:
    wire = SourceSpec(path="wire", name="the wire", zone="Asia/Seoul", schedule="*/15 * * * *")
    desk = SourceSpec(path="desk", paused=True)
    found = {one.name: one for one in planned(known, [wire, desk], "0 6 * * *", upkeep=False)}
    assert set(found) == {"the-wire", "desk"}
    here = Path.cwd()
    assert found["the-wire"].parameters["sources"] == [
        {"path": str(here / "wire"), "name": "the wire", "zone": "Asia/Seoul"}
    ]
    assert found["desk"].parameters["sources"] == [{"path": str(here / "desk")}]
    assert (found["the-wire"].cron, found["the-wire"].active) == ("*/15 * * * *", True)
    assert (found["desk"].cron, found["desk"].active) == ("0 6 * * *", False)
    assert str(found["desk"]) == "desk: paused, else 0 6 * * * (UTC)"
    given = found["desk"].parameters["settings"]
    assert (given["lake"], given["batch_size"]) == (str(here / "lake"), 7)
    assert "sources" not in given


def test_a_password_is_in_no_parameter(known: Settings) -> None:
    wire = SourceSpec(path="wire", schedule="0 * * * *")

    def given(lake: str) -> dict[str, object]:
        settings = load_settings(lake=lake, data="s3://news")
        found: dict[str, object] = planned(settings, [wire], None)[0].parameters["settings"]
        return found

    plain = given("postgres://ann@db.example/news")
    assert plain["lake"] == "postgres://ann@db.example/news"
    assert (plain["data"], plain["home"]) == ("s3://news", str(Path.cwd() / "dateline"))
    secret = given("postgres://ann:secret@db.example/news")
    assert secret == {key: value for key, value in plain.items() if key != "lake"}


def test_the_lake_is_looked_after_once_a_day(known: Settings) -> None:
    (source,) = [SourceSpec(path="wire", schedule="0 * * * *")]
    _, check, maintain = planned(known, [source], None)
    assert (check.name, maintain.name) == ("check", "maintain")
    for one in (check, maintain):
        assert one.cron.endswith("* * *")
        assert one.parameters["settings"]["lake"] == str(Path.cwd() / "lake")


def test_names_differ_and_have_nothing_that_prefect_refuses(known: Settings) -> None:
    feed = "https://me:secret@example.org/feeds/all.xml?key=secret"
    paths = ["a/wire/*.html", "b/wire", "check", feed, "/"]
    found = planned(known, [SourceSpec(path=path) for path in paths], "0 6 * * *")
    names = [one.name for one in found]
    assert names[:3] == ["wire", "wire-2", "check-2"]
    assert names[3] == "example.org-feeds-all.xml"
    assert names[4:] == ["source", "check", "maintain"]
    assert found[3].parameters["sources"] == [{"path": feed}]


def test_a_source_without_any_schedule_is_named(known: Settings) -> None:
    sources = [SourceSpec(path="wire", schedule="0 * * * *"), SourceSpec(path="desk", name="d")]
    with pytest.raises(UsageError, match=r"^d: no schedule; give --cron"):
        planned(known, sources, None)
