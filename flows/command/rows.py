"""The rows of one record, made as a run's workers make them, and where ``dateline extract`` writes
them."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO, Self

import click

from flows import worker
from flows.batches import key_of
from flows.command.patience import TookTooLong, within
from flows.command.values import to_json
from flows.errors import told
from flows.pool import Failure, Pool
from flows.rejects import failed, reject_row
from transforms.corrections import NONE, Corrections, corrected_rows
from transforms.limits import DEFAULT, Limits
from transforms.model import RawArticle, Record, Reject
from warehouse.tables import ARTICLE_TABLES, REJECTS, Row, Table

if TYPE_CHECKING:
    from transforms.extract import Rows

EXTRACTED: tuple[Table, ...] = (*ARTICLE_TABLES, REJECTS)
_log = logging.getLogger(__name__)
#: Rows that are held back until they are written to a Parquet file.
_HELD = 20_000


class RowsOf:
    """What makes the rows of one record after the other; ``limits`` are those of an input.

    It is done in this process, which is quickest for a few. Where a record took too long and was
    interrupted, what is kept for later may be half written: from then on all is done in a process
    of its own, which is ended when a record takes too long.
    """

    def __init__(
        self, model: str, corrections: Corrections = NONE, limits: Limits = DEFAULT
    ) -> None:
        self._work = partial(_rows_of, model=model, corrections=corrections, limits=limits)
        self._seconds = limits.seconds
        self._pool: Pool | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: Any) -> None:
        if self._pool is not None:
            self._pool.close()

    def __call__(self, record: Record) -> Rows:
        """The rows by table name, as they are corrected; of what is no article, and of one that
        fails or takes too long, a row of rejects."""
        if self._pool is None:
            try:
                with within(self._seconds):
                    return self._work(record)
            except TookTooLong:
                self._pool = Pool(1, patience=self._seconds)
                return _reject(failed(key_of(record), "read", _too_long(self._seconds), slow=True))
        [rows] = self._pool.map(self._work, [record], _weight)
        if isinstance(rows, Failure):
            return _reject(failed(key_of(record), "read", rows.detail, slow=rows.slow))
        return rows


def _too_long(seconds: int) -> str:
    return f"it took more than {seconds} s"


def _weight(record: Record) -> int:
    return len(record.payload) if isinstance(record, RawArticle) else 0


def _reject(reject: Reject) -> Rows:
    return {REJECTS.name: [reject_row(reject)]}


def _rows_of(record: Record, model: str, corrections: Corrections, limits: Limits) -> Rows:
    doing = "read"
    try:
        article = worker.read(record, limits) if isinstance(record, RawArticle) else record
        if isinstance(article, Reject):
            return _reject(article)
        doing = "extract"
        if isinstance(record, RawArticle) and corrections:
            from transforms.article.corrected import corrected_article

            article, _ = corrected_article(article, corrections, record.source.zone)
        rows, _ = corrected_rows(worker.rows(worker.Job(article, full=True), model), corrections)
    except Exception as error:
        _log.debug("%s", record.source_uri, exc_info=True)
        return _reject(failed(key_of(record), doing, told(error)))
    for row in rows["articles"]:
        row["revision"] = 0
    return rows


class Lines:
    """One JSON object a line, its table under ``table``."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: Any) -> None:
        self._stream.flush()

    def write(self, rows: Rows) -> None:
        for table in EXTRACTED:
            for row in rows.get(table.name, ()):
                self._stream.write(_line({"table": table.name, **row}))


class Folder:
    """One file a table, ``TABLE.jsonl`` or ``TABLE.parquet``; all appear when all are complete."""

    def __init__(self, folder: Path, form: str) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except FileExistsError:
            raise click.UsageError(f"--out {folder}: is a file; name a folder") from None
        self._names = {t.name: folder / f"{t.name}.{form}" for t in EXTRACTED}
        self._parts = {name: path.with_suffix(".part") for name, path in self._names.items()}
        writer = _ParquetFile if form == "parquet" else _LinesFile
        self._files = {t.name: writer(self._parts[t.name], t) for t in EXTRACTED}

    def __enter__(self) -> Self:
        return self

    def write(self, rows: Rows) -> None:
        for name, some in rows.items():
            self._files[name].write(some)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for file in self._files.values():
            file.close()
        for name, part in self._parts.items():
            if kind is None:
                part.replace(self._names[name])
            else:
                part.unlink(missing_ok=True)


class _LinesFile:
    def __init__(self, path: Path, table: Table) -> None:
        self._file = path.open("wb")

    def write(self, rows: list[Row]) -> None:
        for row in rows:
            self._file.write(_line(row))

    def close(self) -> None:
        self._file.close()


class _ParquetFile:
    def __init__(self, path: Path, table: Table) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._table = table
        # Columns that only publishing fills are null here, so none may forbid it.
        schema = pa.schema([field.with_nullable(True) for field in table.arrow_schema])
        self._writer = pq.ParquetWriter(path, schema, compression="zstd")
        self._schema = schema
        self._rows: list[Row] = []

    def write(self, rows: list[Row]) -> None:
        self._rows += rows
        if len(self._rows) >= _HELD:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(self._table.arrow(self._rows).cast(self._schema))
            self._rows = []


def _line(values: Row) -> bytes:
    return to_json(values).encode("utf-8", "backslashreplace") + b"\n"
