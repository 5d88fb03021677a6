"""Articles in an object store: a server that speaks S3, on this machine."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.errors import SourceError
from flows.limits import Limits
from flows.pipeline import run_plainly
from flows.pool import Pool
from flows.readers import SourceSpec, check, read, read_all
from flows.readers.item import SourceState
from flows.readers.stores import folder_of, name_of_store
from flows.settings import Settings
from transforms.model import RawArticle, Record
from warehouse.lake import Lake


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def storage(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "ours")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "ours")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    return {"endpoint_url": endpoint}


@pytest.fixture
def bucket(storage: dict[str, Any]) -> str:
    import s3fs

    system = s3fs.S3FileSystem(**storage, skip_instance_cache=True)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("in/c.txt", "Third.")
    files = {
        "2025/b.txt": b"Second.",
        "2025/a.jsonl.gz": gzip.compress(b'{"text": "First."}\n{"text": "And one more."}\n'),
        "2025/more/c.zip": packed.getvalue(),
        "2025/.hidden.txt": b"Unseen.",
        "2026/d.html": b"<html><p>Later.</p></html>",
    }
    if not system.exists("news-bucket"):
        system.mkdir("news-bucket")
    for name, content in files.items():
        system.pipe_file(f"news-bucket/{name}", content)
    return "s3://news-bucket"


def records(path: str, storage: dict[str, Any], **more: Any) -> list[Record]:
    return list(read([SourceSpec(path=path, storage=storage, **more)]))


def test_a_folder_is_read_like_one_of_this_machine(bucket: str, storage: dict[str, Any]) -> None:
    found = records(f"{bucket}/2025", storage)
    assert [record.source_uri for record in found] == [
        "a.jsonl.gz#L1",
        "a.jsonl.gz#L2",
        "b.txt",
        "more/c.zip/in/c.txt",
    ]
    assert [r.payload for r in found if isinstance(r, RawArticle)][2:] == [b"Second.", b"Third."]
    first = found[0]
    assert isinstance(first, RawArticle)
    assert first.source.name == "2025"
    assert first.fetched_at.tzinfo is None
    assert first.fetched_at.year > 2000


def test_it_is_the_same_again(bucket: str, storage: dict[str, Any]) -> None:
    assert records(f"{bucket}/2025", storage) == records(f"{bucket}/2025", storage)


@pytest.mark.parametrize(
    ("path", "uris"),
    [
        ("/2025/b.txt", ["b.txt"]),
        ("/*/*.txt", ["2025/b.txt"]),
        ("/2026/*", ["d.html"]),
        ("/202*/*.html", ["2026/d.html"]),
        ("", ["2025/a.jsonl.gz#L1", "2025/a.jsonl.gz#L2", "2025/b.txt", "2025/more/c.zip/in/c.txt",
              "2026/d.html"]),
    ],
)  # fmt: skip
def test_files_and_globs(bucket: str, storage: dict[str, Any], path: str, uris: list[str]) -> None:
    assert [record.source_uri for record in records(bucket + path, storage)] == uris


def test_what_is_not_there_is_told_and_stops_no_other(
    bucket: str, storage: dict[str, Any], tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Here.")
    gone = SourceSpec(path=f"{bucket}/1999/", name="gone", storage=storage)
    with pytest.raises(SourceError, match="nothing is there"):
        check([gone])
    seen = list(read_all([gone, SourceSpec(path=str(tmp_path), name="here")], Limits()))
    states = [one for one in seen if isinstance(one, SourceState)]
    assert [(state.source, state.trouble is None) for state in states] == [
        ("gone", False),
        ("here", True),
    ]
    assert [one.payload for one in seen if isinstance(one, RawArticle)] == [b"Here."]


def test_a_kind_of_store_that_is_not_known_is_told() -> None:
    with pytest.raises(SourceError, match="nosuch"):
        check([SourceSpec(path="nosuch://a/b")])


@pytest.mark.parametrize(
    ("path", "folder", "name"),
    [
        ("s3://bucket", "s3://bucket", "bucket"),
        ("s3://bucket/a/b/", "s3://bucket/a/b", "b"),
        ("s3://bucket/a/b.txt", "s3://bucket/a", "a"),
        ("s3://bucket/a/*/c.txt", "s3://bucket/a", "a"),
    ],
)
def test_a_source_is_called_by_its_folder(path: str, folder: str, name: str) -> None:
    assert folder_of(path) == folder
    assert name_of_store(path) == name


@pytest.mark.long
@pytest.mark.usefixtures("no_data_docs")
def test_a_second_run_finds_nothing_new(
    bucket: str, storage: dict[str, Any], settings: Settings, pool: Pool
) -> None:
    spec = SourceSpec(path=f"{bucket}/2025", storage=storage)
    first = run_plainly(settings, [spec], pool=pool)
    assert {part: count for part, count in first.counts.items() if count} == {"new": 4}
    assert run_plainly(settings, [spec], pool=pool).nothing_new
    with Lake.open(settings.lake) as lake:
        (row,) = lake.query("SELECT parameters FROM lake.runs LIMIT 1").to_pylist()
    assert "endpoint_url" not in row["parameters"]
