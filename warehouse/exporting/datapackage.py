"""The folder as a Data Package (datapackage.org, version 2): what Frictionless reads of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from warehouse.exporting.described import Described, Field, references
from warehouse.exporting.facts import Facts
from warehouse.exporting.files import Form
from warehouse.exporting.made import ExportedTable
from warehouse.exporting.values import notes

_PROFILES = "https://datapackage.org/profiles/2.0"
_MEDIA_TYPES = {
    "parquet": "application/vnd.apache.parquet",
    "csv": "text/csv",
    "jsonl": "application/jsonl",
}
_TYPES = {
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
    "DOUBLE": "number",
    "FLOAT": "number",
}
_INTEGERS = frozenset({"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UBIGINT"})


def datapackage(
    tables: Mapping[str, Described], made: Sequence[ExportedTable], form: Form, facts: Facts
) -> dict[str, Any]:
    """What ``datapackage.json`` says of the files that were made."""
    return {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": "dateline",
        "title": f"Tables of news articles, snapshot {facts.snapshot}",
        "description": " ".join(
            (f"Snapshot {facts.snapshot} of a lake, written by {facts.exported_by}.", *notes(form))
        ),
        "created": facts.committed,
        "resources": [_resource(tables, one, form) for one in made],
    }


def _resource(tables: Mapping[str, Described], made: ExportedTable, form: Form) -> dict[str, Any]:
    table = tables[made.table]
    text = {} if form.name == "parquet" else {"encoding": "utf-8"}
    return {
        "name": table.name,
        "type": "table",
        "path": made.file.file,
        "description": table.description,
        "format": form.name,
        "mediatype": _MEDIA_TYPES[form.name],
        **text,
        "bytes": made.file.bytes,
        "hash": f"sha256:{made.file.sha256}",
        "schema": {
            "$schema": f"{_PROFILES}/tableschema.json",
            "fields": [_field(field, form) for field in table.fields],
            # elsewhere a null is one, and an empty text is a text
            "missingValues": [""] if form.name == "csv" else [],
            **_key(table),
            **_foreign_keys(tables, table),
        },
    }


def _field(field: Field, form: Form) -> dict[str, Any]:
    described = {"name": field.name, **_type(field.sql, form)}
    if field.meaning:
        unit = field.declared.unit if field.declared else None
        described["description"] = f"{field.meaning} ({unit})" if unit else field.meaning
    if constraints := dict(_constraints(field)):
        described["constraints"] = constraints
    if form.name == "csv" and field.required and field.sql == "VARCHAR":
        described["missingValues"] = []  # what is empty there is an empty text
    return described


def _type(sql: str, form: Form) -> dict[str, Any]:
    if sql.endswith("[]"):
        return {"type": "array"}
    if sql.startswith(("STRUCT", "MAP")):
        return {"type": "object"}
    if sql in _INTEGERS:
        return {"type": "integer"}
    if sql == "BLOB":
        if form.name == "parquet":
            return {"type": "any"}
        return {"type": "string"} if form.safe else {"type": "string", "format": "binary"}
    if sql == "TIMESTAMP" and form.name == "csv":
        return {"type": "datetime", "format": "any"}  # with a space, and a fraction if there is one
    return {"type": "number" if sql.startswith("DECIMAL") else _TYPES.get(sql, "string")}


def _constraints(field: Field) -> Iterator[tuple[str, Any]]:
    if field.declared is None:
        return
    if field.required:
        yield "required", True
    if field.declared.pattern:
        yield "pattern", field.declared.pattern
    if field.declared.allowed:
        yield "enum", list(field.declared.allowed)


def _key(table: Described) -> dict[str, Any]:
    if not table.key:
        return {}
    # a primary key has no nulls by the standard
    if table.key_is_whole:
        return {"primaryKey": list(table.key)}
    return {"uniqueKeys": [list(table.key)]}


def _foreign_keys(tables: Mapping[str, Described], table: Described) -> dict[str, Any]:
    keys = [
        {"fields": [column], "reference": {"resource": other, "fields": [its]}}
        for column, other, its in references(table, tables)
    ]
    return {"foreignKeys": keys} if keys else {}
