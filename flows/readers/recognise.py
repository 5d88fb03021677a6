"""What is in a file: told by how it begins, and by the end of its name where that does not say."""

from __future__ import annotations

import codecs
import csv
import json
import re
from collections.abc import Mapping
from pathlib import PurePath

from transforms.article.record_keys import OURS, fold, known_columns

#: Bytes that are looked at.
HEAD = 8192

#: Kinds by the end of a file's name, lower case, without what says that it is compressed.
ENDINGS: Mapping[str, str] = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
    ".warc": "warc",
    ".zip": "zip",
    ".tar": "tar",
    ".mbox": "mbox",
    ".eml": "mail",
    ".mht": "mhtml",
    ".mhtml": "mhtml",
    ".md": "markdown",
    ".markdown": "markdown",
    ".docx": "docx",
    ".rss": "feed",
    ".atom": "feed",
}
#: Kinds that a name says weakly: what begins as records, a mailbox or a list is read as that.
_WEAK = frozenset({"text", "html"})

#: Kinds of records in JSON: which of the two it is, a name tells better than a first line.
_RECORDS = frozenset({"json", "jsonl"})

#: Root elements, without their namespace, of what is written in XML.
_ROOTS: Mapping[str, str] = {
    "rss": "feed",
    "feed": "feed",
    "rdf": "feed",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
    "nitf": "nitf",
    "newsitem": "newsml",
    "newsmessage": "newsml",
    "packageitem": "newsml",
    "html": "html",
}
#: What may stand before the root: declaration, comments, doctype, space.
_BEFORE_ROOT = re.compile(
    rb"\s*(?:<\?[^>]*\?>\s*|<!--.*?-->\s*|<![^>\[]*(?:\[.*?\]\s*)?>\s*)*", re.DOTALL
)
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_MBOX = re.compile(rb"From \S+.*\d{4}.*\r?\n(?:>?From |[\w-]+:)")
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:[ \t]?")
_MAIL = re.compile(rb"^(?:date|message-id|mime-version|received):", re.IGNORECASE | re.MULTILINE)
_FROM = re.compile(rb"^(?:from|subject):", re.IGNORECASE | re.MULTILINE)
_RELATED = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_ADDRESS = re.compile(rb"https?://[^\s<>\"]+\Z")


def kind_of(name: str, head: bytes) -> str | None:
    """The kind of what begins with ``head`` (up to ``HEAD`` bytes) under that name, or None."""
    by_name = ENDINGS.get(PurePath(name.lower()).suffix)
    strong = by_content(head)
    if strong == "zip" and by_name == "docx":
        return "docx"
    if strong is not None and (by_name is None or strong not in {"html", *_RECORDS}):
        # A page may be XHTML under any name, and records under the name of records.
        return by_name if strong == "csv" and by_name not in (None, *_WEAK) else strong
    if strong in _RECORDS and by_name not in _RECORDS:
        return strong
    if by_name == "jsonl" and strong == "json" and _spread(head):
        return strong
    return by_name


def kind_of_unnamed(head: bytes) -> str:
    """The kind of data that came without a name, as on standard input."""
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    kind = by_content(head)
    if kind is not None:
        return kind
    if start.startswith((b"{", b"[")):
        return "json"
    return "html" if start.startswith(b"<") else "text"


def by_content(head: bytes) -> str | None:
    """What no other kind begins like; None for plain text and for what is unknown."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "docx" if b"word/" in head else "zip"
    if head[257:262] == b"ustar":
        return "tar"
    if head.startswith(b"PAR1"):
        return "parquet"
    start = head.removeprefix(codecs.BOM_UTF8)
    if start.startswith(b"WARC/1."):
        return "warc"
    if _MBOX.match(start):
        return "mbox"
    if _HEADER.match(start) and (mail := _mail(start)):
        return mail
    bare = start.lstrip()
    if bare.startswith(b"<"):
        return _markup(start)
    if bare.startswith((b"{", b"[")):
        return _json(bare)
    if _addresses(bare):
        return "addresses"
    return _table(bare)


def _mail(start: bytes) -> str | None:
    """A message begins with header lines, some of which every message has."""
    headers = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]
    lines = headers.splitlines()
    whole = all(_HEADER.match(line) or line[:1] in (b" ", b"\t") for line in lines[:-1])
    if not whole or not _MAIL.search(headers) or not _FROM.search(headers):
        return None
    return "mhtml" if _RELATED.search(headers) else "mail"


def _markup(start: bytes) -> str | None:
    before = _BEFORE_ROOT.match(start)
    root = _ROOT.match(start, before.end() if before else 0)
    return _ROOTS.get(root[1].decode().lower()) if root else None


def _json(bare: bytes) -> str | None:
    line, _, rest = bare.partition(b"\n")
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return "json" if re.match(rb'\{\s*"|\[\s*\{', bare) else None
    if isinstance(value, dict):
        # alone and around others, it is an object wrapped around articles
        around = any(isinstance(inner, dict | list) for inner in value.values())
        return "json" if around and not rest.strip() else "jsonl"
    return "json" if isinstance(value, list) and value and isinstance(value[0], dict) else None


def _addresses(bare: bytes) -> bool:
    lines = bare.splitlines()
    if len(bare) >= HEAD - 3:
        lines = lines[:-1]  # cut off by the end of what is looked at
    told = [line.strip() for line in lines if line.strip() and not line.startswith(b"#")]
    return bool(told) and all(_ADDRESS.match(line) for line in told)


def _spread(head: bytes) -> bool:
    """Whether JSON begins that is spread over lines, whatever it is named."""
    return head.removeprefix(codecs.BOM_UTF8).split(b"\n", 1)[0].strip() in (b"[", b"{")


def _table(head: bytes) -> str | None:
    """A table of articles, by the names in its first line."""
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    lines = head.decode("utf-16" if wide else "utf-8", "replace").lstrip("\ufeff").splitlines()
    if lines and lines[0].startswith("sep="):
        del lines[0]
    first = lines[0].strip() if lines else ""
    for delimiter in (",", "\t", ";", "|"):
        if delimiter in first:
            try:
                names = next(csv.reader([first], delimiter=delimiter))
            except csv.Error:
                continue
            columns = {fold(name) for name in names}
            told = sum(bool(columns & known_columns(ours)) for ours in OURS)
            if told >= 3 and columns & (known_columns("text") | known_columns("url")):
                return "tsv" if delimiter == "\t" else "csv"
    return None
