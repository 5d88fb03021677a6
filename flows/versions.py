"""What has to be the same on two machines, so that both make the same rows of an article."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_NONE = "none"


def versions(model: str) -> dict[str, str]:
    """By name: the versions of this program, of Python, of the language model and of every library
    that may change a row, and the digest of the recipe by which rows are made."""
    from transforms.recipe import LIBRARIES, fingerprint
    from warehouse.release import VERSION

    found = {"dateline": VERSION, "python": ".".join(platform.python_version_tuple()[:2])}
    found[f"model {model}"] = _model(model)
    found.update((name, _version(name)) for name in LIBRARIES)
    found["recipe"] = fingerprint(model)
    return found


def differences(there: Mapping[str, str], here: Mapping[str, str]) -> str:
    """What is different, for a person: ``spacy 3.8.17 there, 3.8.18 here; ...``; empty if nothing
    is. Of the recipe, which hangs on all the others, only if nothing else is different."""
    names = [name for name in {**here, **there} if here.get(name) != there.get(name)]
    if len(names) > 1:
        names = [name for name in names if name != "recipe"]
    told = [
        f"{name} {there.get(name, _NONE)} there, {here.get(name, _NONE)} here" for name in names
    ]
    return "; ".join(told)


def _model(model: str) -> str:
    meta = Path(model) / "meta.json"
    if meta.is_file():
        return hashlib.sha256(meta.read_bytes()).hexdigest()[:16]
    return _version(model)


def _version(name: str) -> str:
    try:
        return version(name)
    except (PackageNotFoundError, ValueError):
        return _NONE
