"""The settings: one file ``dateline.toml``, ``DATELINE_*`` variables, the command line.

The command line wins over the environment, the environment over the file, the file over the
defaults. Relative paths are taken from where they are written: in the file from the file's
folder, elsewhere from the working directory. ``docs/dateline.example.toml`` shows every key.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationError,
    ValidationInfo,
)
from pydantic_core import PydanticCustomError
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)
from pydantic_settings import (
    SettingsError as SettingsSourceError,
)

from flows import cron
from flows.errors import SettingsError
from flows.fetching.address import is_address
from flows.fetching.settings import Fetch
from flows.limits import Limits, Stories
from flows.quality import Quality
from flows.site_settings import SiteSettings
from flows.team_settings import Team
from transforms.article.record_keys import OURS
from transforms.parse import DEFAULT_MODEL
from warehouse import address
from warehouse.address import Address
from warehouse.errors import AddressError

if TYPE_CHECKING:
    from expectations.totals import Limits as Shares

PREFIX = "DATELINE_"
FILE_NAME = "dateline.toml"
#: Variables with the prefix that are no settings: they say where the settings are.
_OTHER_VARIABLES = frozenset({"DATELINE_CONFIG"})


def _known_zone(name: str | None) -> str | None:
    if name is not None:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(
                f"{name!r} is not a time zone; give an IANA name such as Asia/Seoul"
            ) from None
    return name


def _known_schedule(given: str | None) -> str | None:
    return None if given is None else cron.checked(given)


def _address(given: Any, info: ValidationInfo) -> Any:
    """The lake's address with what the settings before it say of it."""
    if not isinstance(given, str | Path | Address):
        return given
    try:
        return address.read(given, info.data.get("data"), info.data.get("home"))
    except AddressError as error:  # its message shows no password, as pydantic's own would
        raise _no_address(error) from None


def _data(given: Any) -> Any:
    try:
        return address.data_place(given) if isinstance(given, str | Path) else given
    except AddressError as error:
        raise _no_address(error) from None


def _no_address(error: AddressError) -> PydanticCustomError:
    return PydanticCustomError(_NO_ADDRESS, "{why}", {"why": str(error)})


def _scheduler(given: Any) -> Any:
    if isinstance(given, str) and not _SCHEDULER.fullmatch(given):
        # no value in it, which may hold a password that has no place there
        raise PydanticCustomError(
            _NO_SCHEDULER,
            "it must be the address of a Dask scheduler, such as tcp://scheduler:8786 or "
            "tls://scheduler:8786, without a user or a password (docs/cluster.md)",
        )
    return given


def _our_keys(given: dict[str, str]) -> dict[str, str]:
    for key, path in given.items():
        if key not in OURS:
            raise ValueError(
                f"{key!r} is not a key of ours; those that can be mapped are {', '.join(OURS)}"
            )
        if not all(part.removesuffix("[]") for part in path.split(".")):
            raise ValueError(f"{path!r} is not a key: write it like body, content.body or a[].name")
    return given


_NO_ADDRESS, _NO_SCHEDULER = "no_address", "no_scheduler"
_SCHEDULER = re.compile(r"(tcp|tls|ws|wss)://(\[[0-9a-fA-F:.%]+\]|[\w.-]+):\d{1,5}/?")
Lake = Annotated[
    Address, NoDecode, BeforeValidator(_address), PlainSerializer(str, return_type=str)
]
Scheduler = Annotated[str | None, BeforeValidator(_scheduler)]
Zone = Annotated[str | None, AfterValidator(_known_zone)]
Schedule = Annotated[str | None, AfterValidator(_known_schedule)]
Country = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2}$")]
Keys = Annotated[dict[str, str], AfterValidator(_our_keys)]
Share = Annotated[float, Field(ge=0, le=1)]


class SourceSpec(BaseModel):
    """Where to read, and what is known of all that is read there.

    ``path`` is a file, a folder (read with its subfolders), a glob, an address of the web or one
    of an object store. ``name`` is part of the articles' identity; without one it is the name of
    the folder read, of a file the folder it lies in, of an address its host. ``zone`` (IANA),
    ``country`` (ISO 3166-1 alpha-3, the publisher's), ``publisher`` and ``language`` (ISO 639-1)
    stand in where an article is silent. ``root`` is the folder that places within the source are
    told from, by default the folder read. ``schedule`` (five fields, in UTC) says when ``dateline
    serve`` reads it, ``paused`` that it does not for now.

    ``keys`` maps our keys of a record to the source's own: ``{"text": "maintext"}``. ``follow``
    says whether the addresses that a feed, a sitemap or a list names are fetched: by default those
    of a list that was fetched itself. ``links`` lets links lead out of the folder. ``licence`` is a
    note for people on what may be done with what is read. ``storage`` is what fsspec is told of an
    object store: ``{"anon": true}``. ``furniture`` names the CSV file of the lines that its hosts
    have on page after page (``dateline furniture`` makes one), which are left out.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: Annotated[str, Field(min_length=1)]
    name: Annotated[str, Field(min_length=1)] | None = None
    zone: Zone = None
    country: Country | None = None
    publisher: str | None = None
    language: Language | None = None
    root: str | None = None
    schedule: Schedule = None
    paused: bool = False
    keys: Keys = Field(default_factory=dict)
    follow: bool | None = None
    links: bool = False
    licence: str | None = None
    furniture: Annotated[str, Field(min_length=1)] | None = None
    storage: dict[str, Any] = Field(default_factory=dict)


#: The lake is one run's while it lasts.
ONE: Final = "one"


class Settings(BaseSettings):
    """Every setting with its default. Load them with :func:`load_settings`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, extra="forbid", frozen=True, env_ignore_empty=True
    )

    # before the lake, whose address has them
    data: Annotated[str | None, BeforeValidator(_data)] = Field(
        default=None,
        description="where the Parquet of a lake in a database lies: s3://, gs://, az:// or a "
        "folder; the lake knows it once it is made",
    )
    home: Path | None = Field(
        default=None,
        description="the folder on this machine of a lake in a database, for logs, reports and "
        "spills; ./dateline if not set",
    )
    lake: Lake = Field(
        default=Address(Path("lake")),
        validate_default=True,
        description="the lake: a folder, or the address of a database",
    )
    model: Annotated[str, Field(min_length=1)] = Field(
        default=DEFAULT_MODEL, description="the spaCy pipeline: an installed package or a folder"
    )
    workers: Annotated[int, Field(ge=1)] = Field(
        default_factory=lambda: len(os.sched_getaffinity(0)),
        description="how many processes compute; by default one for each processor",
    )
    executor: Literal["processes", "dask"] = Field(
        default="processes", description="who computes: processes of this machine, or Dask"
    )
    dask: Scheduler = Field(
        default=None,
        description='with `executor = "dask"`: the address of the scheduler; without one, a '
        "cluster of this machine",
    )
    batch_size: Annotated[int, Field(ge=1)] = Field(
        default=1000, description="inputs in a batch: the unit of retry, of memory and of commit"
    )
    writers: Literal["one", "many"] = Field(
        default=ONE,
        description="whether a run has the lake for itself (one), or several runs write in turn, "
        "batch by batch (many)",
    )
    default_zone: Zone = Field(
        default=None, description="time zone of sources and articles that name none; UTC if not set"
    )
    max_no_entity_share: Share = Field(
        default=0.2, description="a run fails when a larger share of its articles names no entity"
    )
    max_quarantine_share: Share = Field(
        default=0.05,
        description="a run fails when a larger share of the rows of a table fails a check",
    )
    max_undated_share: Share = Field(
        default=0.5, description="a run fails when a larger share of its articles has no date"
    )
    corrections: Path | None = Field(
        default=None,
        description="the CSV file of what people corrected; without it those that the lake holds",
    )
    metrics: Path | None = Field(
        default=None,
        description="the file of each run's metrics for Prometheus; report/metrics.prom in the "
        "lake's folder if not set",
    )
    limits: Limits = Field(default_factory=Limits, description="what one item may come to")
    stories: Stories = Field(
        default_factory=Stories, description="what makes articles carriers of one story"
    )
    quality: Quality = Field(
        default_factory=Quality, description="what the lake as a whole is held to"
    )
    site: SiteSettings = Field(
        default_factory=SiteSettings, description="what the evidence site shows"
    )
    fetch: Fetch = Field(default_factory=Fetch, description="how addresses are fetched")
    team: Team = Field(
        default_factory=Team, description="what several machines have on a Prefect server"
    )
    sources: tuple[SourceSpec, ...] = Field(default=(), description="what `dateline run` reads")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, InitSettingsSource(settings_cls, _FILE_VALUES.get({}))

    def shares(self) -> Shares:
        """The limits of the aggregate checks, as expectations take them."""
        from expectations.totals import Limits as Shares

        return Shares(
            without_entities=self.max_no_entity_share,
            undated=self.max_undated_share,
            quarantined=self.max_quarantine_share,
        )

    def select(self, named: Sequence[str] = ()) -> tuple[SourceSpec, ...]:
        """The sources to read: those named on a command line, else all that are configured.

        A name is that of a configured source, or a path. A path that is, or lies in, the folder
        of a configured source is read as a part of it, so that it gets the same ids and defaults.
        """
        chosen = [self._named(name) for name in named] if named else list(self.sources)
        if self.default_zone is None:
            return tuple(chosen)
        return tuple(
            spec if spec.zone else spec.model_copy(update={"zone": self.default_zone})
            for spec in chosen
        )

    def _named(self, named: str) -> SourceSpec:
        for spec in self.sources:
            if named in (spec.name, spec.path):
                return spec
        if is_address(named):
            return SourceSpec(path=named)
        for resolve in (os.path.abspath, os.path.realpath):
            path = Path(resolve(named))
            for spec in self.sources:
                folder = Path(resolve(spec.path))
                if folder.is_dir() and path.is_relative_to(folder):
                    root = Path(resolve(spec.root or spec.path))
                    name = spec.name or Path(spec.root or spec.path).absolute().name
                    update = {"path": str(path), "root": str(root), "name": name}
                    return spec.model_copy(update=update)
        return SourceSpec(path=named)


#: What the keys of a section are those of; what else has keys is a source.
_SECTIONS: dict[str, type[BaseModel]] = {
    "limits": Limits,
    "stories": Stories,
    "quality": Quality,
    "site": SiteSettings,
    "fetch": Fetch,
    "team": Team,
}
_FILE_VALUES: ContextVar[dict[str, Any]] = ContextVar("_FILE_VALUES")


def find_settings_file(config: str | os.PathLike[str] | None = None) -> Path | None:
    """The settings file: the one named, else DATELINE_CONFIG's, else ./dateline.toml, else none.

    Raises :class:`SettingsError` if a file that was named does not exist.
    """
    named_by = "--config" if config else "DATELINE_CONFIG"
    named = config or os.environ.get("DATELINE_CONFIG")
    if named:
        path = Path(named)
        if not path.is_file():
            raise SettingsError(f"{named_by} names {path}, but there is no such file")
        return path
    path = Path(FILE_NAME)
    return path if path.is_file() else None


def config_variable(config: str | None) -> dict[str, str]:
    """What has a child process find the settings file that ``--config`` names."""
    return {"DATELINE_CONFIG": str(Path(config).absolute())} if config else {}


def load_settings(config: str | os.PathLike[str] | None = None, **overrides: Any) -> Settings:
    """The settings in force; ``overrides`` (those that are not None) come from a command line.

    Raises :class:`SettingsError` naming the file or the variable and the key.
    """
    path = find_settings_file(config)
    values = _read_file(path) if path else {}
    given = {key: value for key, value in overrides.items() if value is not None}
    token = _FILE_VALUES.set(values)
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsError(_explain(error, path, given)) from None
    except SettingsSourceError:
        raise SettingsError(
            'DATELINE_SOURCES must be a JSON list, such as [{"path": "news", "zone": "Asia/Seoul"}]'
        ) from None
    finally:
        _FILE_VALUES.reset(token)


def unknown_variables(environ: Iterable[str] | None = None) -> list[str]:
    """DATELINE_* variables that name no setting, each with the nearest one that does."""
    known = sorted(_OTHER_VARIABLES | {PREFIX + name.upper() for name in Settings.model_fields})
    found = sorted(
        name
        for name in (os.environ if environ is None else environ)
        if name.upper().startswith(PREFIX) and name.upper() not in known
    )
    return [name + _nearest(name.upper(), known) for name in found]


def _read_file(path: Path) -> dict[str, Any]:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not valid TOML: {error}") from None
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}") from None
    folder = path.parent
    lake = values.get("lake")
    if isinstance(lake, str) and address.is_folder(lake):
        values["lake"] = _from(folder, lake)
    for key in ("data", "home"):
        given = values.get(key)
        if isinstance(given, str) and given and address.is_folder(given):
            values[key] = _from(folder, given)
    model = values.get("model")
    if isinstance(model, str) and "/" in model:
        values["model"] = _from(folder, model)
    for key in ("corrections", "metrics"):
        if isinstance(values.get(key), str) and values[key]:
            values[key] = _from(folder, values[key])
    site = values.get("site")
    if isinstance(site, dict) and isinstance(site.get("folder"), str) and site["folder"]:
        site["folder"] = _from(folder, site["folder"])
    sources = values.get("sources")
    for source in sources if isinstance(sources, list) else []:
        for key in ("path", "root", "furniture"):
            if isinstance(source, dict) and isinstance(source.get(key), str) and source[key]:
                source[key] = _from(folder, source[key])
    return values


def _from(folder: Path, path: str) -> str:
    if is_address(path):
        return path
    return str(folder / Path(path).expanduser())


def _explain(error: ValidationError, path: Path | None, given: dict[str, Any]) -> str:
    """The errors of a validation, one a line: where the value was set, the key, the trouble."""
    lines = []
    for item in error.errors(include_url=False):
        location = item["loc"]
        key = str(location[0]) if location else ""
        if key in given:
            where = f"--{key.replace('_', '-')}"
        elif os.environ.get(PREFIX + key.upper()):
            where = PREFIX + key.upper()
        else:
            where = f"{path}: {_dotted(location)}"
        lines.append(f"{where}: {_trouble(dict(item), location)}")
    return "\n".join(lines)


def _trouble(item: dict[str, Any], location: tuple[int | str, ...]) -> str:
    if item["type"] == "extra_forbidden":
        model = Settings if len(location) == 1 else _SECTIONS.get(str(location[0]), SourceSpec)
        return f"there is no such setting{_nearest(str(location[-1]), list(model.model_fields))}"
    if item["type"] == "string_pattern_mismatch" and location[-1] == "country":
        return f"{item['input']!r} is not a country code; give ISO 3166-1 alpha-3, such as KOR"
    if item["type"] == "string_pattern_mismatch" and location[-1] == "language":
        return f"{item['input']!r} is not a language code; give ISO 639-1, such as en"
    if item["type"] in (_NO_ADDRESS, _NO_SCHEDULER):
        return str(item["msg"])
    message = str(item["msg"]).removeprefix("Value error, ")
    value = item["input"]
    shown = f" (it is {value!r})" if isinstance(value, str | int | float | bool) else ""
    return message + (shown if repr(value) not in message else "")


def _dotted(location: tuple[int | str, ...]) -> str:
    """``sources[2].zone``, counting from 1 as a reader of the file does."""
    parts = [f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in location]
    return "".join(parts).removeprefix(".")


def _nearest(word: str, words: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, words, n=1)
    return f" (did you mean {near[0]}?)" if near else ""
