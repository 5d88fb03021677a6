"""The JSON values of a stream, one by one, with memory bounded by the largest value."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import BinaryIO

_CHUNK = 1024 * 1024
_BLANK = re.compile(r"[ \t\r\n\ufeff]*")
#: What may still belong to a number that the text breaks off in.
_NUMBER_END = re.compile(r"[-+.eE0-9]*\Z")
#: Numbers are only skipped over here, so that one of 5,000 digits does no harm.
_DECODER = json.JSONDecoder(strict=False, parse_int=len, parse_float=len)


class JsonError(Exception):
    """The stream is no JSON from here on. ``reason``: malformed, truncated or too_large.

    ``number`` counts the values from 1; the message says the line and the character.
    """

    def __init__(self, reason: str, number: int, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.number = number


def json_encoding(head: bytes) -> str:
    """utf-8, utf-16 or utf-32 with its byte order, told from the first bytes."""
    return json.detect_encoding(head[:4]).removesuffix("-sig")


class Values:
    """The elements of a list, or the values that stand one after another, each as its bytes.

    Bytes that are no UTF-8 come out as they went in; UTF-16 and UTF-32 come out as UTF-8.
    ``head`` is what was read of the stream already, and ``ended`` whether that was all.
    ``is_list`` is known before the first value. Raises :class:`JsonError`.
    """

    def __init__(self, head: bytes, stream: BinaryIO, limit: int, *, ended: bool) -> None:
        encoding = json_encoding(head)
        errors = "surrogateescape" if encoding == "utf-8" else "replace"
        self._decoder = codecs.getincrementaldecoder(encoding)(errors)
        self._stream = stream
        self._limit = limit
        self._ended = ended
        self._text = self._decoder.decode(head, self._ended)
        self._at = 0
        self._gone = 0
        self._lines = 1
        self._number = 1
        self.is_list = self._next_character() == "["

    def __iter__(self) -> Iterator[bytes]:
        if not self.is_list:
            while self._next_character():
                yield self._value()
            return
        self._at += 1
        if self._next_character() == "]":
            self._close()
            return
        while True:
            yield self._value()
            following = self._next_character()
            if following == "]":
                self._close()
                return
            if following != ",":
                raise self._error("a comma or the end of the list is missing", self._at)
            self._at += 1

    def at_end(self) -> bool:
        """Whether nothing but white space follows."""
        return not self._next_character()

    def _close(self) -> None:
        self._at += 1
        if self._next_character():
            raise self._error("more follows after the end of the list", self._at)

    def _value(self) -> bytes:
        self._next_character()
        while True:
            try:
                _, end = _DECODER.raw_decode(self._text, self._at)
                if self._ended or not _NUMBER_END.match(self._text, end):
                    break
            except json.JSONDecodeError as error:
                if self._ended:
                    raise self._error(error.msg, error.pos) from None
            except RecursionError:
                raise self._error("nested too deeply", self._at) from None
            if len(self._text) - self._at > self._limit:
                raise self._error("", self._at, "too_large")
            self._fill()
        value = self._text[self._at : end]
        self._at = end
        payload = value.encode("utf-8", "surrogateescape")
        if len(payload) > self._limit:
            raise self._error("", end, "too_large")
        self._number += 1
        return payload

    def _next_character(self) -> str:
        """The next character that is not blank, not taken; empty at the end."""
        while True:
            match = _BLANK.match(self._text, self._at)
            assert match is not None
            self._at = match.end()
            if self._at < len(self._text):
                return self._text[self._at]
            if self._ended:
                return ""
            self._fill()

    def _fill(self) -> None:
        """Let go of what was taken and read as much again as is left, so that work stays linear."""
        self._gone += self._at
        self._lines += self._text.count("\n", 0, self._at)
        self._text = self._text[self._at :]
        self._at = 0
        data = self._stream.read(max(_CHUNK, len(self._text)))
        self._ended = not data
        self._text += self._decoder.decode(data, self._ended)

    def _error(self, message: str, at: int, reason: str = "malformed") -> JsonError:
        cut = at >= len(self._text.rstrip()) or message.startswith("Unterminated string")
        if cut and reason == "malformed":
            reason, message = "truncated", "the file ends in the middle of the JSON"
        line = self._lines + self._text.count("\n", 0, at)
        where = f"line {line}, character {self._gone + at + 1} of the file"
        return JsonError(reason, self._number, f"{where}: {message}")
