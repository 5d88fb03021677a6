"""From bytes to characters: the marks and declarations first, then what the bytes themselves say.

UTF-8 is tried before any declaration, since other encodings hardly ever form valid UTF-8 by
accident. A text that no encoding makes plausible is refused rather than guessed.
"""

from __future__ import annotations

import codecs
import re

from transforms.article.found import NoArticle

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Formats that are no text, by their first bytes.
_MAGIC = (
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"RIFF", "RIFF (WebP, WAV, AVI)"),
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP or Office"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"(\xb5/\xfd", "zstd"),
    (b"\x7fELF", "ELF"),
    (b"SQLite format 3", "SQLite"),
    (b"PAR1", "Parquet"),
    (b"ID3", "MP3"),
    (b"OggS", "Ogg"),
    (b"\xd0\xcf\x11\xe0", "OLE (Office)"),
)
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE
)
_HEADER_CHARSET = re.compile(rb";\s*charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(
    rb"^\s*<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w:.-]{2,40})", re.IGNORECASE
)
#: Control characters that no text holds (form feed and escape sequences of ISO-2022 may occur).
_CONTROL = bytes(sorted({*range(0x00, 0x09), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F}))
_SEVEN_BIT = frozenset({"iso2022_jp", "iso2022_jp_2", "iso2022_kr", "hz", "utf-7"})

#: How far from the start declarations are looked for, in bytes.
_HEAD = 4096
_WIDE = frozenset({"shift_jis", "euc_jp", "cp949", "gb18030", "big5"})
#: A stray byte is read as Windows-1252 in text that is UTF-8 otherwise, up to this share.
_STRAY_SHARE = 0.05
#: What news was written in before UTF-8; rarer ones are more often a wrong guess than right.
_CANDIDATES = [
    "cp1252", "cp1250", "iso8859_2", "cp1251", "koi8_r", "iso8859_5", "cp1253", "iso8859_7",
    "cp1254", "cp1255", "cp1256", "cp1257", "shift_jis", "euc_jp", "cp949", "gb18030", "big5",
]  # fmt: skip


def decode(payload: bytes, *, is_html: bool = False, header: str | None = None) -> str:
    """The characters of a text or a page; ``header`` is the Content-Type that it came with, whose
    charset goes before what the page declares.

    Raises :class:`NoArticle` with reason ``empty``, ``binary`` or ``encoding``.
    """
    if not payload.strip():
        raise NoArticle("empty", f"there is nothing in it ({len(payload)} bytes)")
    for mark, encoding in _MARKS:
        if payload.startswith(mark):
            return _strict(payload[len(mark) :], encoding, "by its byte order mark")
    _refuse_magic(payload)
    wide = _wide_encoding(payload)
    if wide is not None:
        return _strict(payload, wide, "by its zero bytes")
    _refuse_control(payload)
    declared = _charset(header) or (_declared(payload) if is_html else None)
    if declared in _SEVEN_BIT:
        return _strict(payload, declared, "by its declaration")
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError as error:
        utf8_error = error
    mended = _mend_utf8(payload)
    if mended is not None:
        return mended
    if declared is not None:
        text = _plausible(payload, "cp1252" if declared in _LATIN else declared)
        if text is not None:
            return text
    guessed = _guess(payload)
    if guessed is None:
        raise NoArticle(
            "encoding",
            f"byte {utf8_error.start + 1} is not UTF-8 and no other encoding gives readable text"
            + (f" (it declares {declared})" if declared else "")
            + ": save it as UTF-8",
        )
    return guessed


def decode_json(payload: bytes) -> str:
    """The characters of a JSON text, which must be Unicode.

    Raises :class:`NoArticle` with reason ``empty``, ``binary`` or ``encoding``.
    """
    if not payload.strip():
        raise NoArticle("empty", f"there is nothing in it ({len(payload)} bytes)")
    for mark, encoding in _MARKS:
        if payload.startswith(mark):
            return _strict(payload[len(mark) :], encoding, "by its byte order mark")
    _refuse_magic(payload)
    return _strict(payload, _wide_encoding(payload) or "utf-8", "as JSON")


def _strict(payload: bytes, encoding: str, why: str) -> str:
    """The characters in an encoding that is known; ``why`` (by its declaration) is for a person."""
    try:
        return payload.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        at = f"byte {error.start + 1}" if isinstance(error, UnicodeDecodeError) else "it"
        raise NoArticle(
            "encoding", f"{why} it is {encoding}, but {at} does not fit: save it as UTF-8"
        ) from error


def _refuse_magic(payload: bytes) -> None:
    for magic, what in _MAGIC:
        if payload.startswith(magic):
            raise NoArticle(
                "binary",
                f"it is {what} data, not text"
                + (": name it .gz to have it unpacked" if what == "gzip" else ""),
            )


def _wide_encoding(payload: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark, told by where the zero bytes of ASCII letters stand."""
    head = payload[:_HEAD]
    if head.count(0) < len(head) / 5:
        return None
    columns = [head[i::4] for i in range(4)]
    if not all(columns):
        return None
    zeros = [column.count(0) / len(column) > 0.2 for column in columns]
    return {
        (False, True, True, True): "utf-32-le",
        (True, True, True, False): "utf-32-be",
        (False, True, False, True): "utf-16-le",
        (True, False, True, False): "utf-16-be",
    }.get((zeros[0], zeros[1], zeros[2], zeros[3]))


def _refuse_control(payload: bytes) -> None:
    count = len(payload) - len(payload.translate(None, _CONTROL))
    if payload.count(0) or count > len(payload) / 200:
        raise NoArticle(
            "binary", f"it is not text: {count} of its {len(payload)} bytes are control characters"
        )


_LATIN = frozenset({"latin_1", "iso8859-1", "ascii"})


def _declared(payload: bytes) -> str | None:
    match = _XML_ENCODING.search(payload[:_HEAD]) or _META_CHARSET.search(payload[:_HEAD])
    return _known(match[1]) if match else None


def _charset(header: str | None) -> str | None:
    match = _HEADER_CHARSET.search((header or "").encode("ascii", "replace"))
    return _known(match[1]) if match else None


def _known(name: bytes) -> str | None:
    """The encoding of text of that name, or None."""
    try:
        found = codecs.lookup(name.decode("ascii"))
        return found.name if "x".encode(found.name) else None
    except (LookupError, ValueError):
        return None


def _mend_utf8(payload: bytes) -> str | None:
    """UTF-8 with a few stray bytes, as pages put together from several sources have them."""
    text = payload.decode("utf-8", "surrogateescape")
    stray = sum(1 for c in text if "\udc80" <= c <= "\udcff")
    wide = sum(1 for c in text if c >= "\x80") - stray
    if wide == 0 or stray > max(3, wide * _STRAY_SHARE):
        return None
    if "\udc80" <= text[-1] <= "\udcff":
        text = text.rstrip("".join(map(chr, range(0xDC80, 0xDD00))))  # cut within a character
    return "".join(
        bytes([ord(c) - 0xDC00]).decode("cp1252", "replace") if "\udc80" <= c <= "\udcff" else c
        for c in text
    )


_C1 = re.compile("[\x7f-\x9f�]")
_TYPOGRAPHY = "‘’“”‚„–—…€£¥©®°·«»´§½¼¾¹²³×•†™…¿¡ªº\xa0"


def _plausible(payload: bytes, encoding: str) -> str | None:
    """The text if the encoding reads every byte and makes words of them, else None."""
    try:
        text = payload.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    if _C1.search(text):
        return None
    wide = [c for c in text if c >= "\x80"]
    sound = sum(1 for c in wide if c.isalpha() or c in _TYPOGRAPHY)
    return text if sound >= 0.9 * len(wide) else None


_CASE_BREAK = re.compile(r"[^\W\d_A-Z][A-ZÀ-ÖØ-Þ](?![A-Z])|(?<=[a-z])[À-ÖØ-Þ]")


def decode_line(line: bytes, encoding: str | None) -> str | None:
    """A line of a file that is UTF-8 but for this line or so; ``encoding`` is the file's own where
    :func:`eight_bit` has told it. None where neither makes a readable text."""
    mended = _mend_utf8(line)
    if mended is None and encoding is not None:
        mended = _plausible(line, encoding)
    return mended


def eight_bit(sample: bytes) -> str | None:
    """The encoding of a file that is not UTF-8, told from some of its lines."""
    return _guessed(sample)


def _guess(payload: bytes) -> str | None:
    """The text in the encoding that the bytes themselves suggest."""
    encoding = _guessed(payload)
    return _plausible(payload, encoding) if encoding else None


def _guessed(payload: bytes) -> str | None:
    high = len(payload) - len(payload.translate(None, bytes(range(0x80, 0x100))))
    if high <= max(4, len(payload) * 0.1):
        # mostly ASCII: a Western page; detectors waver between its neighbours
        text = _plausible(payload, "cp1252")
        if text is not None and len(_CASE_BREAK.findall(text)) <= high / 4:
            return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(payload, cp_isolation=_CANDIDATES).best()
    if best is None or best.chaos > 0.2:
        return None
    # encodings of several bytes hardly read other bytes without trouble; others need words
    if high > 8 and not best.coherence and (best.chaos or best.encoding not in _WIDE):
        return None
    return str(best.encoding)
