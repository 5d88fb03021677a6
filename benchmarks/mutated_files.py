"""Files that are mutated whole: archives, web archives, mail, documents, tables, lists. Their
samples are made of ``seeds/articles``, and what comes of one is asked of the readers of sources."""

from __future__ import annotations

import bz2
import datetime as dt
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Sequence
from contextlib import nullcontext
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import BinaryIO

from backports import zstd

from flows import worker
from flows.limits import Limits as OfFiles
from flows.readers.item import Item, Link
from flows.readers.reading import read_item
from transforms.limits import Limits
from transforms.model import RawArticle, Reject, Source
from warehouse.vocabulary import REJECT_REASONS

SAMPLES = Path(__file__).parents[1] / "seeds" / "articles"
#: Inputs of a mutated file that are read on; one may give thousands.
_READ_ON = 5


def attempt(name: str, data: bytes, limits: Limits) -> str:
    """What came of a file of that name: ``inputs``, ``nothing``, or the reason of a reject."""
    source = Source("mutated", "UTC", "USA")
    item = Item(
        name, dt.datetime(2025, 5, 1), source, lambda: nullcontext(_stream(data)), OfFiles()
    )
    inputs = 0
    reasons: list[str] = []
    for record in read_item(item):
        if isinstance(record, RawArticle):
            inputs += 1
            if inputs <= _READ_ON:
                _account(worker.read(record, limits), reasons)
        elif isinstance(record, Reject):
            _account(record, reasons)
        elif isinstance(record, Link):
            inputs += 1
    if inputs:
        return "inputs"
    return reasons[0] if reasons else "nothing"


def _account(read: object, reasons: list[str]) -> None:
    if isinstance(read, Reject):
        read.detail.encode()
        if read.reason not in REJECT_REASONS:
            raise ValueError(f"an unknown reason: {read.reason}")
        reasons.append(read.reason)


def _stream(data: bytes) -> BinaryIO:
    return io.BytesIO(data)


@cache
def _texts() -> tuple[tuple[str, bytes], ...]:
    paths = sorted(path for path in SAMPLES.iterdir() if path.suffix in (".txt", ".html"))
    return tuple((path.name, path.read_bytes()) for path in paths[:6])


@cache
def archives() -> Sequence[bytes]:
    """A .zip, a .tar, and the one in the other, compressed in each way."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in _texts():
            archive.writestr(name, data)
    zipped = held.getvalue()
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as tar:
        for name, data in (*_texts(), ("papers.zip", zipped)):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    tarred = held.getvalue()
    ways = (gzip.compress, bz2.compress, lzma.compress, zstd.compress)
    return (zipped, tarred, *(way(tarred) for way in ways))


@cache
def web_archives() -> Sequence[bytes]:
    """The sample, as it is and without its compression."""
    [path] = SAMPLES.glob("*.warc.gz")
    data = path.read_bytes()
    return (data, gzip.decompress(data))


@cache
def mail() -> Sequence[bytes]:
    """Messages of text, of HTML and of both, and a mailbox of them."""
    made = []
    for name, data in _texts():
        message = EmailMessage()
        message["Subject"], message["From"] = name, "Kari Holm <kari@example.org>"
        message["Date"], message["Message-ID"] = "Thu, 1 May 2025 10:00:00 +0200", f"<{name}>"
        text = data.decode("utf-8", "replace")
        message.set_content(text)
        if name.endswith(".html"):
            message.add_alternative(text, subtype="html")
        made.append(message.as_bytes())
    box = b"".join(b"From kari Thu May  1 10:00:00 2025\n" + one + b"\n" for one in made)
    return (*made, box)


@cache
def documents() -> Sequence[bytes]:
    """A .docx and a .md, told apart by how they begin."""
    from docx import Document

    document = Document()
    document.add_heading("Boats", 1)
    for _, data in _texts():
        document.add_paragraph(data.decode("utf-8", "replace").replace("\x00", "")[:4000])
    held = io.BytesIO()
    document.save(held)
    return (held.getvalue(),)


@cache
def tables() -> Sequence[bytes]:
    """The sample of a table, and its like as Parquet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    [path] = SAMPLES.glob("*.csv")
    rows = [{"title": n, "content": d.decode("utf-8", "replace")} for n, d in _texts()]
    held = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), held)
    return (path.read_bytes(), held.getvalue())


@cache
def lists() -> Sequence[bytes]:
    """The sample of a feed, a sitemap, addresses, a wrapped list."""
    addresses = [f"https://example.org/{n}" for n in range(40)]
    urls = "".join(f"<url><loc>{a}</loc><lastmod>2025-05-01</lastmod></url>" for a in addresses)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    feeds = [path.read_bytes() for path in sorted(SAMPLES.iterdir()) if path.name[:3] == "024"]
    return (
        *feeds,
        f'<?xml version="1.0"?><urlset xmlns="{space}">{urls}</urlset>'.encode(),
        "\n".join(addresses).encode(),
        json.dumps({"articles": [{"url": a, "title": "A"} for a in addresses]}).encode(),
    )
