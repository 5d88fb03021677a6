"""One file, the environment, the command line: who wins, and what a mistake says."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from expectations.whole.limits import WholeLimits
from flows.errors import SettingsError
from flows.quality import Quality
from flows.settings import Settings, SourceSpec, load_settings, unknown_variables
from transforms.parse import DEFAULT_MODEL
from warehouse.address import Address

EXAMPLE = Path(__file__).parents[2] / "docs" / "dateline.example.toml"


@pytest.fixture(autouse=True)
def _clean(empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CONFIG", *Settings.model_fields):
        monkeypatch.delenv(f"DATELINE_{name.upper()}", raising=False)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def trouble(**given: object) -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings(**given)  # type: ignore[arg-type]
    return str(caught.value)


def test_without_anything_the_defaults_hold() -> None:
    settings = load_settings()
    assert settings.lake == Address(Path("lake"))
    assert settings.model == DEFAULT_MODEL
    assert settings.workers >= 1
    assert settings.batch_size == 1000
    assert settings.sources == ()


def test_the_command_line_wins_over_the_environment_and_that_over_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(Path("dateline.toml"), "batch_size = 1\nworkers = 1\nmax_no_entity_share = 0.1")
    monkeypatch.setenv("DATELINE_BATCH_SIZE", "2")
    monkeypatch.setenv("DATELINE_WORKERS", "2")
    settings = load_settings(batch_size=3, lake=None)
    assert (settings.batch_size, settings.workers, settings.max_no_entity_share) == (3, 2, 0.1)


def test_dask_is_named_by_an_address_that_holds_no_secrets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert (load_settings().executor, load_settings().dask) == ("processes", None)
    monkeypatch.setenv("DATELINE_EXECUTOR", "dask")
    for address in ("tcp://scheduler:8786", "tls://10.0.0.5:8786", "tcp://[::1]:8786"):
        monkeypatch.setenv("DATELINE_DASK", address)
        settings = load_settings()
        assert (settings.executor, settings.dask) == ("dask", address)
    for address in ("tcp://ada:s3cret@scheduler:8786", "scheduler:8786", "http://scheduler:8786"):
        monkeypatch.setenv("DATELINE_DASK", address)
        told = trouble()
        assert told.startswith("DATELINE_DASK: it must be the address of a Dask scheduler")
        assert "s3cret" not in told
    monkeypatch.delenv("DATELINE_DASK")
    monkeypatch.setenv("DATELINE_EXECUTOR", "spark")
    assert "DATELINE_EXECUTOR" in (told := trouble())
    assert "'processes' or 'dask'" in told


def test_an_empty_variable_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_LAKE", "")
    assert load_settings().lake == Address(Path("lake"))


class TestFile:
    def test_it_is_found_by_option_then_variable_then_folder(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write(Path("dateline.toml"), "batch_size = 1")
        write(Path("b.toml"), "batch_size = 2")
        write(Path("c.toml"), "batch_size = 3")
        assert load_settings().batch_size == 1
        monkeypatch.setenv("DATELINE_CONFIG", "b.toml")
        assert load_settings().batch_size == 2
        assert load_settings("c.toml").batch_size == 3

    def test_one_that_is_named_must_be_there(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert trouble(config="no.toml") == "--config names no.toml, but there is no such file"
        monkeypatch.setenv("DATELINE_CONFIG", "no.toml")
        assert "DATELINE_CONFIG names no.toml" in trouble()

    def test_its_paths_are_taken_from_its_folder(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = write(
            tmp_path / "etc" / "dateline.toml",
            'lake = "../lake"\nmodel = "./models/own"\ncorrections = "c.csv"\n'
            '[[sources]]\npath = "news"\nroot = "."',
        )
        settings = load_settings(path)
        assert settings.lake.home == tmp_path / "etc" / ".." / "lake"
        assert settings.model == str(tmp_path / "etc" / "models" / "own")
        assert settings.sources[0].path == str(tmp_path / "etc" / "news")
        assert settings.corrections == tmp_path / "etc" / "c.csv"
        monkeypatch.setenv("DATELINE_LAKE", "here")
        assert load_settings(path).lake == Address(Path("here"))

    def test_the_model_of_a_file_may_be_a_package(self) -> None:
        write(Path("dateline.toml"), 'model = "en_core_web_sm"')
        assert load_settings().model == "en_core_web_sm"


class TestMistakes:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ('laek = "x"', "dateline.toml: laek: there is no such setting (did you mean lake?)"),
            ("workers = 0", "workers: Input should be greater than or equal to 1 (it is 0)"),
            ("max_no_entity_share = 2", "max_no_entity_share: Input should be less than or equal"),
            ('default_zone = "Mars/Base"', "'Mars/Base' is not a time zone; give an IANA name"),
            ("lake = ", "dateline.toml is not valid TOML"),
            ("[[sources]]\nname = 'a'", "sources[1].path: Field required"),
            (
                "[[sources]]\npath = 'a'\n[[sources]]\npath = 'b'\nzoen = 'UTC'",
                "sources[2].zoen: there is no such setting (did you mean zone?)",
            ),
            (
                "[quality]\nnul_rise = 0.2",
                "quality.nul_rise: there is no such setting (did you mean null_rise?)",
            ),
            ("[quality]\nnull_rise = 20", "quality.null_rise: Input should be less than or equal"),
            (
                "[quality.severity]\nfreesh = 'off'",
                "there is no expectation 'freesh' of the lake as a whole (did you mean fresh?)",
            ),
            (
                "[quality.severity]\nfresh = 'fatal'",
                "quality.severity.fresh: Input should be 'error', 'warning' or 'off'",
            ),
            (
                "[[sources]]\npath = 'a'\ncountry = 'South Korea'",
                "sources[1].country: 'South Korea' is not a country code; give ISO 3166-1 alpha-3",
            ),
            (
                "[[sources]]\npath = 'a'\nlanguage = 'English'",
                "sources[1].language: 'English' is not a language code",
            ),
        ],
    )
    def test_one_in_the_file_names_the_file_and_the_key(self, text: str, message: str) -> None:
        write(Path("dateline.toml"), text)
        assert message in trouble()

    def test_a_lake_that_is_no_folder_names_where_it_was_set(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        why = "there can be no lake in s3://news/lake: the catalog lies in a folder or in Postgr"
        assert trouble(lake="s3://news/lake").startswith(f"--lake: {why}")
        write(Path("dateline.toml"), 'lake = "s3://news/lake"')
        assert trouble().startswith(f"dateline.toml: lake: {why}")
        monkeypatch.setenv("DATELINE_LAKE", "s3://news/lake")
        assert trouble().startswith(f"DATELINE_LAKE: {why}")

    def test_the_password_of_such_a_lake_is_not_shown(self) -> None:
        given = "postgres://ann:secret@db.example/news"
        assert "secret" not in trouble(lake=f"{given}/more")
        settings = load_settings(lake=given)
        assert "secret" not in f"{settings!r} {settings.model_dump()} {settings.model_dump_json()}"

    def test_a_lake_in_a_database_has_data_and_a_home(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = write(
            tmp_path / "etc" / "dateline.toml",
            'lake = "postgres://db.example/news"\ndata = "../shared"\nhome = "logs"',
        )
        lake = load_settings(path).lake
        assert (str(lake), lake.data) == ("postgres://db.example/news", str(tmp_path / "shared"))
        assert lake.home == tmp_path / "etc" / "logs"
        monkeypatch.setenv("DATELINE_DATA", "s3://news")
        assert load_settings(path).lake.data == "s3://news"
        monkeypatch.setenv("DATELINE_DATA", "s3://key:secret@news")
        assert "secret" not in trouble(config=path)
        assert trouble(config=path).startswith("DATELINE_DATA: s3://key:***@news is no place")
        monkeypatch.delenv("DATELINE_DATA")
        monkeypatch.setenv("DATELINE_LAKE", "lake")
        assert "data and home cannot be set for the lake in lake" in trouble(config=path)

    def test_one_in_a_variable_names_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DATELINE_WORKERS", "many")
        assert trouble().startswith("DATELINE_WORKERS: Input should be a valid integer")

    def test_one_on_the_command_line_names_the_option(self) -> None:
        assert trouble(batch_size=0).startswith("--batch-size: Input should be greater")

    def test_a_schedule_of_six_fields_names_the_file_and_the_source(self) -> None:
        text = '[[sources]]\npath = "a"\n[[sources]]\npath = "b"\nschedule = "0 0 6 * * *"'
        write(Path("dateline.toml"), text)
        told = "dateline.toml: sources[2].schedule: '0 0 6 * * *' is not a schedule, it has 6"
        assert trouble().startswith(told)

    def test_sources_in_the_environment_are_json(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DATELINE_SOURCES", "news")
        assert "DATELINE_SOURCES must be a JSON list" in trouble()
        monkeypatch.setenv("DATELINE_SOURCES", '[{"path": "news", "name": "a"}]')
        assert load_settings().sources == (SourceSpec(path="news", name="a"),)

    def test_a_variable_that_is_no_setting_is_known(self) -> None:
        found = unknown_variables(["DATELINE_WORKRES", "DATELINE_CONFIG", "DATELINE_LAKE", "HOME"])
        assert found == ["DATELINE_WORKRES (did you mean DATELINE_WORKERS?)"]


class TestSelect:
    def test_without_names_all_sources_are_read(self) -> None:
        settings = load_settings(sources=[{"path": "a"}, {"path": "b", "zone": "Asia/Seoul"}])
        assert settings.select() == settings.sources

    def test_the_default_zone_fills_in(self) -> None:
        settings = load_settings(
            sources=[{"path": "a"}, {"path": "b", "zone": "Asia/Seoul"}],
            default_zone="Europe/Kyiv",
        )
        assert [spec.zone for spec in settings.select()] == ["Europe/Kyiv", "Asia/Seoul"]
        assert settings.select(["c"])[0].zone == "Europe/Kyiv"

    def test_a_source_is_chosen_by_its_name_or_path(self) -> None:
        settings = load_settings(sources=[{"path": "a", "name": "one"}, {"path": "b"}])
        assert settings.select(["b", "one"]) == (settings.sources[1], settings.sources[0])

    def test_a_path_inside_a_source_is_a_part_of_it(self, tmp_path: Path) -> None:
        story = write(tmp_path / "news" / "2025" / "a.txt", "A story.")
        settings = load_settings(sources=[{"path": "news", "zone": "Asia/Seoul"}])
        (spec,) = settings.select([str(story.relative_to(tmp_path))])
        assert (spec.name, spec.zone) == ("news", "Asia/Seoul")
        assert (spec.path, spec.root) == (str(story), str(tmp_path / "news"))

    def test_and_so_has_the_same_identity(self, tmp_path: Path) -> None:
        from flows.readers import read

        story = write(tmp_path / "news" / "2025" / "a.txt", "A story.")
        (tmp_path / "link").symlink_to(tmp_path / "news")
        settings = load_settings(sources=[{"path": "news", "name": "wire"}])
        whole = list(read(settings.select()))
        assert list(read(settings.select([str(story)]))) == whole
        assert list(read(settings.select(["link/2025"]))) == whole

    def test_any_other_path_is_a_source_of_its_own(self) -> None:
        settings = load_settings(sources=[{"path": "news", "name": "wire"}])
        assert settings.select(["newspapers"]) == (SourceSpec(path="newspapers"),)


def test_the_limits_of_the_whole_reach_its_expectations() -> None:
    write(Path("dateline.toml"), "[quality]\nnull_rise = 0.3\n[quality.severity]\nlag = 'error'")
    limits = load_settings().quality.limits()
    assert (limits.null_rise, limits.severity) == (0.3, {"lag": "error"})
    assert Quality().limits() == WholeLimits()


def test_the_limits_reach_the_checks() -> None:
    limits = load_settings(
        max_no_entity_share=0.3, max_undated_share=0.4, max_quarantine_share=0.1
    ).shares()
    assert (limits.without_entities, limits.undated, limits.quarantined) == (0.3, 0.4, 0.1)


class TestExample:
    def test_it_loads_and_shows_the_defaults(self) -> None:
        settings = load_settings(EXAMPLE)
        without_sources = settings.model_dump(exclude={"sources", "lake"})
        assert without_sources == load_settings().model_dump(exclude={"sources", "lake"})
        assert settings.lake.home == EXAMPLE.parent / "lake"

    def test_it_names_every_key(self) -> None:
        text = EXAMPLE.read_text(encoding="utf-8")
        values = tomllib.loads(re.sub(r"^# (\w+ = )", r"\1", text, flags=re.MULTILINE))
        assert set(values) == set(Settings.model_fields)
        assert {key for source in values["sources"] for key in source} == set(
            SourceSpec.model_fields
        )


class TestKeys:
    def test_names_that_are_not_ours_are_refused_with_the_list(self, tmp_path: Path) -> None:
        path = tmp_path / "dateline.toml"
        path.write_text('[[sources]]\npath = "a"\n[sources.keys]\npublished = "pub_dt"\n')
        with pytest.raises(SettingsError) as told:
            load_settings(path)
        assert "sources[1].keys" in str(told.value)
        assert "text, id, title, url, published_at, modified_at, source" in str(told.value)

    @pytest.mark.parametrize("path", ["", ".", "a..b", "[]", "a.[]"])
    def test_a_path_names_keys(self, path: str) -> None:
        with pytest.raises(ValueError, match="is not a key: write it like body"):
            SourceSpec(path="a", keys={"text": path})

    def test_they_reach_the_source(self, tmp_path: Path) -> None:
        from flows.readers.locate import locate

        place = locate(SourceSpec(path=str(tmp_path), keys={"text": "b.c", "id": "n"}))
        assert place.source.keys == (("id", "n"), ("text", "b.c"))
