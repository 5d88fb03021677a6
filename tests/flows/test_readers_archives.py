"""Archives: which files of a .zip or .tar are read, under which names, and within which bounds."""

from __future__ import annotations

import dataclasses
import datetime as dt
import gzip
import io
import logging
import struct
import tarfile
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.limits import Limits
from flows.readers import peel
from flows.readers.archives import Names
from tests.flows.archived import Archive
from tests.flows.reading import inputs, reasons, records, reject, unnamed
from tests.properties import examples
from transforms.article import read_article
from transforms.model import Article, RawArticle

PAGE = b"<p>The dam held.</p>"


def zipped(files: list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, payload in files:
            with warnings.catch_warnings(action="ignore"):  # of names that come again
                archive.writestr(zipfile.ZipInfo(name, (2025, 3, 4, 5, 6, 8)), payload, method)
    return out.getvalue()


def tarred(files: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, payload in files:
            info = tarfile.TarInfo(name)
            info.size = len(payload)
            info.mtime = 1_745_805_600
            archive.addfile(info, io.BytesIO(payload))
    return out.getvalue()


def stored(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.zip", lambda files: zipped(files)),
        ("a.tar", lambda files: tarred(files)),
        ("a.tar.gz", lambda files: gzip.compress(tarred(files))),
        ("a.tgz", lambda files: gzip.compress(tarred(files))),
        ("a.zip.gz", lambda files: gzip.compress(zipped(files))),
    ],
)
def test_the_files_of_an_archive_are_inputs(tmp_path: Path, name: str, pack: object) -> None:
    files = [("b/story.html", PAGE), ("a.txt", b"One."), ("two.jsonl", b"{}\n{}\n")]
    data = pack(files)  # type: ignore[operator]
    found = {
        f"{name}/b/story.html": PAGE,
        f"{name}/a.txt": b"One.",
        f"{name}/two.jsonl#L1": b"{}",
        f"{name}/two.jsonl#L2": b"{}",
    }
    assert inputs(records(stored(tmp_path, name, data))) == found
    told = {uri.replace(name, "-", 1): payload for uri, payload in found.items()}
    assert inputs(unnamed(data)) == told


def test_a_zip_in_a_tar_gz_is_read(tmp_path: Path) -> None:
    inner = zipped([("deep/story.html.gz", gzip.compress(PAGE))])
    path = stored(tmp_path, "a.tar.gz", gzip.compress(tarred([("x/b.zip", inner)])))
    assert inputs(records(path)) == {"a.tar.gz/x/b.zip/deep/story.html.gz": PAGE}


def test_archives_lie_in_one_another_only_so_deep(tmp_path: Path) -> None:
    data = zipped([("story.html", PAGE)])
    for _ in range(3):
        data = zipped([("in.zip", data), ("story.html", PAGE)])
    found = records(stored(tmp_path, "a.zip", data))
    assert len([one for one in found if isinstance(one, RawArticle)]) == 3
    assert reasons(found) == [("a.zip/in.zip/in.zip/in.zip", "too_deep")]
    assert "limits.depth" in reject(found).detail


def test_a_member_has_its_own_time(tmp_path: Path) -> None:
    (one,) = records(stored(tmp_path, "a.zip", zipped([("a.txt", b"One.")])))
    (two,) = records(stored(tmp_path, "a.tar", tarred([("a.txt", b"One.")])))
    assert isinstance(one, RawArticle)
    assert isinstance(two, RawArticle)
    assert one.fetched_at == dt.datetime(2025, 3, 4, 5, 6, 8)
    assert two.fetched_at == dt.datetime(2025, 4, 28, 2)


def test_hidden_files_and_those_of_other_kinds_are_left_out_and_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    files = [("a.jpg", b"\xff\xd8"), ("b.jpg", b"\xff\xd8"), ("c", b"?"), ("story.html", PAGE)]
    files += [("__MACOSX/._story.html", b"x"), (".DS_Store", b"x"), ("d/.x/y.html", PAGE)]
    with caplog.at_level(logging.WARNING):
        assert list(inputs(records(stored(tmp_path, "a.zip", zipped(files))))) == [
            "a.zip/story.html"
        ]
    (message,) = caplog.messages
    assert message == (
        "a.zip: 3 files were left out, there is no reader for .jpg (2), no ending (1)"
    )


def test_an_archive_without_an_input_says_what_it_holds(tmp_path: Path) -> None:
    found = records(stored(tmp_path, "a.zip", zipped([("a.jpg", b"\xff\xd8")])))
    assert reject(found).reason == "empty"
    assert "only .jpg (1)" in reject(found).detail
    assert reasons(records(stored(tmp_path, "b.tar", tarred([])))) == [("b.tar", "empty")]


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_name_is_a_label_and_no_path(tmp_path: Path, pack: object) -> None:
    names = ["/etc/a.txt", "../../b.txt", "c\x1b[31m.txt", "d\\e.txt", "f.txt", "f.txt", "./g.txt"]
    data = pack([(name, b"One.") for name in names])  # type: ignore[operator]
    found = [one.source_uri for one in records(stored(tmp_path, "x", data))]
    assert found == [
        "x/etc/a.txt", "x/b.txt", "x/c\\x1b[31m.txt", "x/d/e.txt", "x/f.txt", "x/f (2).txt",
        "x/g.txt",
    ]  # fmt: skip
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


@given(st.lists(st.text(max_size=12), max_size=20))
def test_labels_are_printable_and_each_is_there_once(names: list[str]) -> None:
    known = Names()
    labels = [label for name in names if (label := known.label(name)) is not None]
    assert len(set(labels)) == len(labels)
    for label in labels:
        assert label.isprintable()
        assert not any(part in ("", ".", "..") for part in label.split("/"))


def test_links_and_devices_are_no_files(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            info = tarfile.TarInfo(f"{kind!r}.txt")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        info = tarfile.TarInfo("story.html")
        info.size = len(PAGE)
        archive.addfile(info, io.BytesIO(PAGE))
    assert inputs(records(stored(tmp_path, "a.tar", out.getvalue()))) == {"a.tar/story.html": PAGE}
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as zipper:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        zipper.writestr(link, "/etc/passwd")
        zipper.writestr("story.html", PAGE)
    assert list(inputs(records(tmp_path / "a.zip"))) == ["a.zip/story.html"]


class TestBroken:
    def test_an_encrypted_zip_says_so(self, tmp_path: Path) -> None:
        data = bytearray(zipped([("a.txt", b"One."), ("b.txt", b"Two.")], zipfile.ZIP_STORED))
        for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            data[data.find(magic) + at] |= 1
        found = records(stored(tmp_path, "a.zip", bytes(data)))
        assert [one.source_uri for one in found if isinstance(one, RawArticle)] == ["a.zip/b.txt"]
        assert reject(found).reason == "unreadable"
        assert "1 file is encrypted, the first a.txt" in reject(found).detail

    def test_a_damaged_member_costs_no_other(self, tmp_path: Path) -> None:
        text = "".join(f"Line {number} of the report.\n" for number in range(300)).encode()
        data = bytearray(zipped([("a.txt", text), ("b.txt", b"Two.")]))
        data[200] ^= 0xFF
        found = records(stored(tmp_path, "a.zip", bytes(data)))
        assert reasons(found) == [("a.zip/a.txt", "unreadable")]
        assert len(found) == 2

    def test_a_way_of_packing_that_is_not_known(self, tmp_path: Path) -> None:
        data = bytearray(zipped([("a.txt", b"One.")], zipfile.ZIP_STORED))
        for magic, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
            struct.pack_into("<H", data, data.find(magic) + at, 97)
        found = records(stored(tmp_path, "a.zip", bytes(data)))
        assert reasons(found) == [("a.zip/a.txt", "unreadable")]
        assert "packed in a way" in reject(found).detail

    def test_a_zip_that_breaks_off(self, tmp_path: Path) -> None:
        found = records(stored(tmp_path, "a.zip", zipped([("a.txt", b"One.")])[:-30]))
        assert reject(found).reason == "unreadable"
        assert "not a whole .zip" in reject(found).detail

    @pytest.mark.parametrize("cut", [100, 512, 600, 1030, 1500])
    def test_a_tar_that_breaks_off_keeps_what_came_before(self, tmp_path: Path, cut: int) -> None:
        data = tarred([("a.txt", b"One."), ("b.txt", b"Two." * 200)])[:cut]
        found = records(stored(tmp_path, "a.tar", data))
        assert [one.source_uri for one in found if isinstance(one, RawArticle)] == (
            ["a.tar/a.txt"] if cut >= 516 else []
        )
        assert reasons(found)

    def test_a_tar_with_a_damaged_header(self, tmp_path: Path) -> None:
        data = bytearray(tarred([("a.txt", b"One."), ("b.txt", b"Two.")]))
        data[1024 + 100] ^= 0xFF
        found = records(stored(tmp_path, "a.tar", bytes(data)))
        assert [type(one).__name__ for one in found] == ["RawArticle", "Reject"]
        assert "1 input was read before" in reject(found).detail

    @settings(max_examples=examples(150), deadline=None)
    @given(st.data())
    def test_no_mutation_makes_reading_raise(self, data: st.DataObject) -> None:
        files = [
            ("a/story.html", PAGE),
            ("b.zip", zipped([("c.txt", b"One.")])),
            ("d.jsonl", b"{}"),
        ]
        packed = data.draw(st.sampled_from([zipped(files), tarred(files)]))
        payload = bytearray(packed)
        for _ in range(data.draw(st.integers(1, 12))):
            payload[data.draw(st.integers(0, len(payload) - 1))] = data.draw(st.integers(0, 255))
        payload = payload[: data.draw(st.integers(0, len(payload)))]
        found = unnamed(bytes(payload))
        assert found
        assert found == unnamed(bytes(payload))
        assert all(one.source_uri.isprintable() for one in found)


class TestBounds:
    @pytest.fixture(autouse=True)
    def _little_is_free(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("flows.readers.archives.FREE", 1000)
        assert peel.FREE > 1000

    def test_a_member_that_comes_to_too_much(self, tmp_path: Path) -> None:
        data = zipped([("bomb.txt", b"0" * 100_000), ("story.html", PAGE)])
        found = records(stored(tmp_path, "a.zip", data), Limits(expansion=20))
        assert reasons(found) == [("a.zip/bomb.txt", "too_large")]
        assert "limits.expansion" in reject(found).detail

    def test_members_that_share_their_bytes_come_to_no_more_than_one_file_may(
        self, tmp_path: Path
    ) -> None:
        """Many entries of the directory for one member, as the well-known bombs have them."""
        data = zipped([("a.txt", b"The dam held. " * 20)])
        start = data.index(b"PK\x01\x02")
        end = data.index(b"PK\x05\x06")
        entry = data[start:end]
        entries = entry * 200
        tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 200, 200, len(entries), start, 0)
        path = stored(tmp_path, "a.zip", data[:start] + entries + tail)
        named = [one.source_uri for one in records(path, Limits(expansion=100_000))]
        assert len(named) == 200
        assert named[1] == "a.zip/a (2).txt"
        found = records(path, Limits(expansion=2))
        assert sum(len(one.payload) for one in found if isinstance(one, RawArticle)) <= 3 * len(
            path.read_bytes()
        )

    def test_archives_within_share_the_bound_of_the_outermost(self, tmp_path: Path) -> None:
        inner = zipped([(f"{n}.txt", bytes([65 + n]) * 900) for n in range(20)])
        found = records(stored(tmp_path, "a.zip", zipped([("b.zip", inner)])), Limits(expansion=3))
        kept = sum(len(one.payload) for one in found if isinstance(one, RawArticle))
        assert kept <= 3 * (tmp_path / "a.zip").stat().st_size
        assert {reason for _, reason in reasons(found)} == {"too_large"}

    @pytest.mark.parametrize("pack", [zipped, tarred])
    def test_only_so_many_members(self, tmp_path: Path, pack: object) -> None:
        data = pack([(f"{n}.txt", b"One.") for n in range(9)])  # type: ignore[operator]
        found = records(stored(tmp_path, "a", data), Limits(members=5))
        assert reasons(found) == [("a", "too_large")]
        assert "limits.members" in reject(found).detail
        assert len(found) in (1, 6)

    def test_a_header_of_a_tar_is_not_read_whatever_its_size(self, tmp_path: Path) -> None:
        info = tarfile.TarInfo("long")
        info.type, info.size = tarfile.XHDTYPE, 3 * 1024 * 1024
        data = info.tobuf(tarfile.USTAR_FORMAT) + bytes(info.size) + tarred([("a.txt", b"One.")])
        found = records(stored(tmp_path, "a.tar", data))
        assert reject(found).reason == "unreadable"

    def test_a_file_with_holes_is_refused(self, tmp_path: Path) -> None:
        info = tarfile.TarInfo("a.txt")
        info.type, info.size = tarfile.GNUTYPE_SPARSE, 0
        buffer = bytearray(info.tobuf(tarfile.GNU_FORMAT))
        buffer[483:495] = b"%011o\0" % 2**32
        buffer[148:156] = b"        "
        buffer[148:156] = b"%06o\0 " % sum(buffer)
        found = records(stored(tmp_path, "a.tar", bytes(buffer) + bytes(1024)))
        assert "unreadable" in {reason for _, reason in reasons(found)}


def test_a_page_is_the_same_article_as_a_file_in_an_archive_and_in_a_web_archive(
    tmp_path: Path,
) -> None:
    """But for where it was read from; an archive of the web may also tell its address."""
    body = (
        b'<html><head><link rel="canonical" href="https://post.example/dam"><title>Dam</title>'
        b'<meta property="article:published_time" content="2025-03-04T10:00:00Z"></head><body>'
        b"<p>The dam above the town of Lota held for a night, officials said.</p></body></html>"
    )
    forms = {
        "a.html": body,
        "b.zip": zipped([("desk/a.html", body)]),
        "c.tar.gz": gzip.compress(tarred([("x.zip", zipped([("a.html", body)]))])),
        "d.warc.gz": Archive().response("https://other.example/x", body).end(),
        "e.warc": Archive(gzip=False).response("https://other.example/y", body).end(),
    }
    found = []
    for name, data in forms.items():
        (one,) = records(stored(tmp_path, name, data))
        assert isinstance(one, RawArticle)
        article = read_article(one)
        assert isinstance(article, Article)
        found.append(dataclasses.replace(article, source_uri=""))
    assert found == [found[0]] * len(forms)
