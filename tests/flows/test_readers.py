"""Files, folders and globs: what is read, in which order, under which name."""

from __future__ import annotations

import datetime as dt
import gzip
import logging
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.errors import SourceError
from flows.limits import Limits
from flows.readers import SourceSpec, check, read
from transforms.model import RawArticle, Record, Reject


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    (folder / "b").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    (folder / "z.txt").write_text("Last.")
    (folder / "a.html").write_text("<p>First.</p>")
    (folder / "b" / "m.htm").write_text("<p>Middle.</p>")
    (folder / "b" / "n.TXT").write_text("Next.")
    (folder / ".hidden" / "x.txt").write_text("Unseen.")
    (folder / ".x.txt").write_text("Unseen.")
    return folder


@pytest.fixture(autouse=True)
def _no_endless_wait() -> Iterator[None]:
    signal.alarm(60)
    yield
    signal.alarm(0)


def records(*paths: object, limits: Limits | None = None, **known: Any) -> list[Record]:
    return list(read([SourceSpec(path=str(path), **known) for path in paths], limits))


def uris(*paths: object) -> list[str]:
    return [record.source_uri for record in records(*paths)]


def one(path: object) -> RawArticle:
    (record,) = records(path)
    assert isinstance(record, RawArticle)
    return record


def rejected(path: object) -> Reject:
    (record,) = records(path)
    assert isinstance(record, Reject)
    return record


def test_a_folder_is_read_with_its_subfolders_sorted_and_without_hidden_names(news: Path) -> None:
    assert uris(news) == ["a.html", "b/m.htm", "b/n.TXT", "z.txt"]


def test_an_input_carries_its_bytes_its_type_and_its_source(news: Path) -> None:
    page = records(news, zone="Asia/Seoul", country="KOR", publisher="The Post", language="en")[0]
    assert isinstance(page, RawArticle)
    assert page.payload == b"<p>First.</p>"
    assert page.media_type == "text/html"
    assert page.source.name == "news"
    assert page.source.zone == "Asia/Seoul"
    assert page.source.country == "KOR"
    assert page.source.publisher == "The Post"
    assert page.source.language == "en"


def test_a_file_has_the_same_identity_alone_and_in_its_folder(news: Path) -> None:
    assert one(news / "z.txt") == records(news)[-1]


def test_a_configured_name_wins(news: Path) -> None:
    record = records(news / "z.txt", name="wire")[0]
    assert isinstance(record, RawArticle)
    assert record.source.name == "wire"


def test_fetched_at_is_when_the_file_was_modified_in_utc(news: Path) -> None:
    os.utime(news / "z.txt", ns=(0, 1_745_805_600_123_456_789))
    assert one(news / "z.txt").fetched_at == dt.datetime(2025, 4, 28, 2, 0, 0, 123456)


def test_reading_is_lazy(news: Path) -> None:
    walk = read([SourceSpec(path=str(news))])
    (news / "a.html").write_text("Changed before it was asked for.")
    first = next(walk)
    assert isinstance(first, RawArticle)
    assert first.payload == b"Changed before it was asked for."


@pytest.mark.parametrize("ending", [".txt", ".html", ".json", ".GZ"])
def test_gz_is_decompressed_and_keeps_its_name(tmp_path: Path, ending: str) -> None:
    name = "page.txt.GZ" if ending == ".GZ" else f"page{ending}.gz"
    (tmp_path / name).write_bytes(gzip.compress(b"payload"))
    record = one(tmp_path / name)
    assert record.source_uri == name
    assert record.payload == b"payload"


def test_an_empty_and_a_binary_file_are_inputs(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "empty.json").write_bytes(b"")
    (tmp_path / "image.txt").write_bytes(bytes(range(256)))
    payloads = [r.payload for r in records(tmp_path) if isinstance(r, RawArticle)]
    assert payloads == [b"", b"", bytes(range(256))]


class TestGlobs:
    def test_one_folder(self, news: Path) -> None:
        assert uris(news / "*.html") == ["a.html"]

    def test_any_depth(self, news: Path) -> None:
        assert uris(news / "**" / "*.[hT]*") == ["a.html", "b/m.htm", "b/n.TXT"]

    def test_a_folder_that_matches_is_read_whole(self, news: Path) -> None:
        assert uris(news.parent / "n?ws") == [
            "news/a.html",
            "news/b/m.htm",
            "news/b/n.TXT",
            "news/z.txt",
        ]

    def test_a_file_is_read_once_however_many_ways_it_matches(self, news: Path) -> None:
        assert uris(news / "**" / "**") == uris(news)
        assert uris(news / "**" / "*") == uris(news)

    def test_the_source_is_named_by_the_folder_before_the_first_wildcard(self, news: Path) -> None:
        record = records(news / "*" / "m.htm")[0]
        assert isinstance(record, RawArticle)
        assert (record.source.name, record.source_uri) == ("news", "b/m.htm")

    def test_a_name_with_brackets_that_is_there_is_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "story [1].txt").write_text("One.")
        assert uris(tmp_path / "story [1].txt") == ["story [1].txt"]

    def test_a_glob_that_matches_nothing_is_an_error(self, news: Path) -> None:
        with pytest.raises(SourceError, match=r"no file matches; look at what is in .*news"):
            records(news / "*.jsonl")


class TestNames:
    def test_two_sources_of_one_name_in_different_folders_are_an_error(
        self, tmp_path: Path
    ) -> None:
        for parent in "ab":
            (tmp_path / parent / "news").mkdir(parents=True)
        with pytest.raises(SourceError, match=r"two sources are called 'news'.*`name`"):
            records(tmp_path / "a" / "news", tmp_path / "b" / "news")

    def test_one_source_described_in_two_ways_is_an_error(self, news: Path) -> None:
        specs = [SourceSpec(path=str(news), zone=zone) for zone in ("Asia/Seoul", "Europe/Kyiv")]
        with pytest.raises(SourceError, match="'news' is described twice"):
            read(specs)

    def test_two_files_of_one_folder_are_one_source(self, news: Path) -> None:
        assert uris(news / "z.txt", news / "a.html") == ["z.txt", "a.html"]

    def test_a_file_named_twice_is_read_once(self, news: Path) -> None:
        assert uris(news / "z.txt", news, news / "z.txt") == [
            "z.txt",
            "a.html",
            "b/m.htm",
            "b/n.TXT",
        ]

    def test_a_relative_folder_has_its_own_name(
        self, news: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(news)
        record = records(".")[0]
        assert isinstance(record, RawArticle)
        assert record.source.name == "news"

    def test_a_name_that_is_no_utf8_can_be_written(self, tmp_path: Path) -> None:
        path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
        try:
            with open(path, "wb") as file:  # noqa: PTH123 (a name that is bytes)
                file.write(b"Hello.")
        except OSError:
            pytest.skip("the file system takes only UTF-8 names")
        assert uris(tmp_path) == [r"caf\xe9.txt"]


class TestMistakes:
    def test_a_path_that_does_not_exist(self, tmp_path: Path) -> None:
        with pytest.raises(SourceError, match="there is no such file or folder"):
            records(tmp_path / "nothing" / "here")

    def test_a_file_without_a_reader(self, tmp_path: Path) -> None:
        (tmp_path / "a.pdf").write_bytes(b"%PDF")
        with pytest.raises(SourceError, match=r"no reader for \.pdf files.*\.html .*\.gz"):
            records(tmp_path / "a.pdf")

    def test_a_file_without_an_ending(self, tmp_path: Path) -> None:
        (tmp_path / "README").write_text("Hello.")
        with pytest.raises(SourceError, match="needs an ending"):
            records(tmp_path / "README")

    @pytest.mark.parametrize(
        ("address", "why"),
        [
            ("https://name:word@example.org/feed.xml", "a name or password"),
            ("https:///feed.xml", "names no host"),
            ("https://[::1", "no address"),
            ("gopher://example.org/feed", "gopher"),
        ],
    )
    def test_an_address(self, address: str, why: str) -> None:
        with pytest.raises(SourceError, match=why):
            check([SourceSpec(path=address, name="post")])

    def test_a_pipe_that_is_named(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "p.txt")
        with pytest.raises(SourceError, match="is a pipe"):
            records(tmp_path / "p.txt")

    def test_nothing_is_read_when_one_source_is_wrong(self, news: Path) -> None:
        with pytest.raises(SourceError):
            read([SourceSpec(path=str(news)), SourceSpec(path=str(news / "nothing.txt"))])

    def test_unknown_files_of_a_folder_are_left_out_and_said_once(
        self, news: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        for name in ("a.pdf", "b.pdf.gz", "LICENSE"):
            (news / name).write_bytes(b"")
        with caplog.at_level(logging.WARNING):
            assert len(uris(news)) == 4
        (message,) = caplog.messages
        assert "3 files were left out, there is no reader for .pdf (2), no ending (1)" in message


class TestTrouble:
    def test_links_in_a_circle_end(self, news: Path) -> None:
        (news / "b" / "up").symlink_to(news)
        (news / "b" / "again").symlink_to(news / "b")
        (news / "self").symlink_to(news / "self")
        found = records(news)
        assert len(found) == 5
        assert [r.source_uri for r in found if isinstance(r, Reject)] == ["self"]
        assert len(uris(news / "**" / "*.txt")) == 1

    def test_a_link_within_the_source_is_followed(self, news: Path) -> None:
        (news / "y.txt").symlink_to(news / "z.txt")
        assert "y.txt" in uris(news)

    def test_a_link_out_of_the_source_is_followed_only_if_that_is_said(
        self, news: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "more").mkdir()
        (tmp_path / "more" / "one.txt").write_text("One.")
        (news / "linked").symlink_to(tmp_path / "more")
        (news / "y.txt").symlink_to(tmp_path / "more" / "one.txt")
        refused = [record for record in records(news) if isinstance(record, Reject)]
        assert [reject.source_uri for reject in refused] == ["linked", "y.txt"]
        assert all("links = true" in reject.detail for reject in refused)
        assert len(records(news / "**" / "*.txt")) == 2
        followed = [record.source_uri for record in records(news, links=True)]
        assert {"linked/one.txt", "y.txt"} <= set(followed)
        assert not any(isinstance(record, Reject) for record in records(news, links=True))

    def test_a_link_that_leads_nowhere_is_a_reject(self, tmp_path: Path) -> None:
        (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing.txt")
        reject = rejected(tmp_path)
        assert reject.reason == "unreadable"
        assert "is a link to" in reject.detail

    def test_a_pipe_in_a_folder_is_a_reject(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "p.txt")
        reject = rejected(tmp_path)
        assert (reject.reason, reject.source_uri) == ("unreadable", "p.txt")

    def test_a_folder_named_like_a_file_is_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "x.txt").mkdir()
        (tmp_path / "x.txt" / "y.txt").write_text("Hello.")
        assert uris(tmp_path) == ["x.txt/y.txt"]

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
    def test_a_file_and_a_folder_without_permission_are_rejects(self, news: Path) -> None:
        (news / "a.html").chmod(0)
        (news / "b").chmod(0)
        try:
            found = {r.source_uri: r for r in records(news) if isinstance(r, Reject)}
        finally:
            (news / "b").chmod(0o700)
        assert "Permission denied" in found["a.html"].detail
        assert "Permission denied" in found["b/"].detail

    def test_a_failing_disk_is_a_reject(self, tmp_path: Path) -> None:
        memory = Path("/proc/self/mem")
        if not memory.exists():
            pytest.skip("needs a file that opens and does not read")
        (tmp_path / "broken.txt").symlink_to(memory)
        (reject,) = records(tmp_path, links=True)
        assert isinstance(reject, Reject)
        assert reject.reason == "unreadable"
        assert reject.detail.startswith("broken.txt: cannot be read: Input/output error")

    def test_a_truncated_gz_is_a_reject_and_the_rest_passes(self, news: Path) -> None:
        whole = gzip.compress(os.urandom(10_000))
        (news / "cut.html.gz").write_bytes(whole[: len(whole) // 2])
        found = records(news)
        assert len(found) == 5
        (reject,) = [r for r in found if isinstance(r, Reject)]
        assert (reject.source_uri, reject.reason) == ("cut.html.gz", "truncated")
        assert "get the whole file" in reject.detail
        assert reject.raw_id is None

    @pytest.mark.parametrize("damage", ["not gzip", "checksum", "garbage behind"])
    def test_what_only_calls_itself_gz_is_a_reject(self, tmp_path: Path, damage: str) -> None:
        whole = gzip.compress(b"Hello. " * 100)
        data = {
            "not gzip": b"Plain text.",
            "checksum": whole[:-8] + b"\0" * 8,
            "garbage behind": whole + b"garbage",
        }[damage]
        (tmp_path / "a.txt.gz").write_bytes(data)
        assert rejected(tmp_path).reason == "unreadable"

    def test_a_file_that_is_too_large_is_a_reject(self, tmp_path: Path) -> None:
        (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(b"0" * 1001))
        (tmp_path / "fits.txt").write_bytes(b"0" * 1000)
        bomb, fits = records(tmp_path, limits=Limits(input_bytes=1000))
        assert isinstance(bomb, Reject)
        assert bomb.reason == "too_large"
        assert isinstance(fits, RawArticle)


@pytest.mark.parametrize("name", ["a.txt", "a.rss", "a.csv", "a.md", "a.bin"])
def test_records_are_read_as_records_whatever_they_are_called(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b'{"id": 1, "text": "One."}\n{"id": 2, "text": "Two."}\n')
    assert uris(tmp_path) == [f"{name}#L1", f"{name}#L2"]
