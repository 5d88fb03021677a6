"""Web archives written by warcio, for tests."""

from __future__ import annotations

import io
from collections.abc import Sequence

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HTML_TYPE = ("Content-Type", "text/html; charset=utf-8")
DATE = "2025-03-04T05:06:07Z"


def page(title: str, body: str = "The dam above the town held through the night.") -> bytes:
    return f"<html><head><title>{title}</title></head><body><p>{body}</p></body></html>".encode()


class Archive:
    """A WARC in the making: the first record says who wrote it."""

    def __init__(self, *, gzip: bool = True) -> None:
        self._out = io.BytesIO()
        self._writer = WARCWriter(self._out, gzip=gzip)
        self.starts: list[int] = []
        self._write(self._writer.create_warcinfo_record("a.warc", {"software": "tests"}))

    def response(
        self,
        address: str,
        payload: bytes,
        headers: Sequence[tuple[str, str]] = (HTML_TYPE,),
        status: str = "200 OK",
        **told: str,
    ) -> Archive:
        answer = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1")
        return self._record(address, "response", payload, answer, told)

    def resource(self, address: str, payload: bytes, media_type: str) -> Archive:
        self._write(
            self._writer.create_warc_record(
                address, "resource", io.BytesIO(payload), warc_content_type=media_type,
                warc_headers_dict={"WARC-Date": DATE},
            )
        )  # fmt: skip
        return self

    def revisit(self, address: str) -> Archive:
        answer = StatusAndHeaders("200 OK", [HTML_TYPE], protocol="HTTP/1.1")
        self._write(
            self._writer.create_revisit_record(
                address, "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", address, DATE, http_headers=answer
            )
        )
        return self

    def request(self, address: str) -> Archive:
        asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "a.example")], is_http_request=True)
        return self._record(address, "request", b"", asked, {})

    def end(self) -> bytes:
        return self._out.getvalue()

    def _record(
        self,
        address: str,
        kind: str,
        payload: bytes,
        headers: StatusAndHeaders,
        told: dict[str, str],
    ) -> Archive:
        more = {"WARC-Date": DATE, **{k.replace("_", "-"): v for k, v in told.items()}}
        self._write(
            self._writer.create_warc_record(
                address, kind, io.BytesIO(payload), http_headers=headers, warc_headers_dict=more
            )
        )
        return self

    def _write(self, record: object) -> None:
        self.starts.append(self._out.tell())
        self._writer.write_record(record)


def pages(count: int, *, gzip: bool = True) -> Archive:
    archive = Archive(gzip=gzip)
    for number in range(count):
        archive.response(f"https://a.example/news/{number}", page(f"Story {number}"))
    return archive
