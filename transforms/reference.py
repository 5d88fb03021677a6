"""The reference tables of seeds/reference: small CSV files with a header, read once a process."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

Record = Mapping[str, str]


@cache
def reference(name: str) -> tuple[Record, ...]:
    """The rows of ``seeds/reference/NAME.csv``, values stripped; lines starting with # are notes.

    Raises ``ValueError`` naming the file and the line of a row that does not fit its header.
    """
    path = files("seeds") / "reference" / f"{name}.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    numbered = [(n, line) for n, line in enumerate(lines, 1) if line and not line.startswith("#")]
    header = next(csv.reader([numbered[0][1]]))
    records: list[Record] = []
    for number, line in numbered[1:]:
        values = next(csv.reader([line]))
        if len(values) != len(header):
            raise ValueError(
                f"seeds/reference/{name}.csv, line {number}: {len(values)} values for "
                f"{len(header)} columns ({', '.join(header)})"
            )
        records.append(dict(zip(header, (value.strip() for value in values), strict=True)))
    return tuple(records)
