"""Files of CSV as the W3C's recommendation "CSV on the Web" describes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from warehouse.exporting.described import Described, Field, references
from warehouse.exporting.files import Form

#: The file beside each table is found by this ending, by the recommendation.
ENDING = "-metadata.json"
#: The file that describes all tables, also by the recommendation.
GROUP = "csv-metadata.json"
_CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": "en"}]
_DATATYPES: Mapping[str, Any] = {
    "TINYINT": "long",
    "SMALLINT": "long",
    "INTEGER": "long",
    "BIGINT": "long",
    "UBIGINT": "integer",
    "HUGEINT": "integer",
    "DOUBLE": "double",
    "FLOAT": "double",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": {"base": "dateTime", "format": "yyyy-MM-dd HH:mm:ss.SSSSSS"},
}


def table_metadata(table: Described, form: Form) -> dict[str, Any]:
    """What ``TABLE.csv-metadata.json`` says of a table by itself."""
    return {"@context": _CONTEXT, **_table(table, form)}


def group_metadata(tables: Mapping[str, Described], form: Form) -> dict[str, Any]:
    """What ``csv-metadata.json`` says of all tables, and of how they refer to one another."""
    described = []
    for table in tables.values():
        one = _table(table, form)
        keys = [
            {
                "columnReference": column,
                "reference": {"resource": f"{other}.csv", "columnReference": its},
            }
            for column, other, its in references(table, tables)
        ]
        if keys:
            one["tableSchema"]["foreignKeys"] = keys
        described.append(one)
    return {"@context": _CONTEXT, "tables": described}


def _table(table: Described, form: Form) -> dict[str, Any]:
    schema: dict[str, Any] = {"columns": [_column(field, form) for field in table.fields]}
    if table.key_is_whole:
        schema["primaryKey"] = list(table.key)
    return {
        "url": f"{table.name}.csv",
        "dc:title": table.name,
        "dc:description": table.description,
        "tableSchema": schema,
    }


def _column(field: Field, form: Form) -> dict[str, Any]:
    column: dict[str, Any] = {"name": field.name, "titles": field.name}
    if field.meaning:
        unit = field.declared.unit if field.declared else None
        column["dc:description"] = f"{field.meaning} ({unit})" if unit else field.meaning
    column["datatype"] = _datatype(field, form)
    if field.required:
        column["required"] = True
        if field.sql == "VARCHAR":
            column["null"] = []  # what is empty there is an empty text
    return column


def _datatype(field: Field, form: Form) -> Any:
    if field.sql.endswith("[]"):
        return "json"
    if field.sql == "BLOB":
        return "string" if form.safe else "base64Binary"
    if field.sql.startswith("DECIMAL"):
        return "decimal"
    if field.sql in _DATATYPES:
        return _DATATYPES[field.sql]
    declared = field.declared
    if declared is not None and declared.pattern:
        return {"base": "string", "format": f"^{declared.pattern}$"}
    if declared is not None and declared.allowed:
        return {"base": "string", "format": f"^({'|'.join(map(re.escape, declared.allowed))})$"}
    return "string"
