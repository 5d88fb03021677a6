from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from benchmarks.article import body_scores, main

BODY = (
    "The lighthouse at the mouth of the Neva will be lit again in June, its keepers said.\n"
    "It has been dark for 14 years."
)


def test_bodies_are_scored_by_shingles() -> None:
    assert body_scores([(BODY, BODY)]) == (1.0, 1.0, 1.0)
    precision, recall, _ = body_scores([(BODY, BODY.split("\n")[0])])
    assert (precision, recall < 1) == (1.0, True)
    precision, recall, _ = body_scores([(BODY, f"{BODY} And four more words here.")])
    assert (precision < 1, recall) == (True, 1.0)
    assert body_scores([(BODY, "nothing of it")]) == (0.0, 0.0, 0.0)


def test_a_folder_of_pages_is_scored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in BODY.splitlines())
    html = (
        "<html><head><meta property='og:title' content='Light again'>"
        "<meta name='author' content='Vera Lind'>"
        "<meta property='article:published_time' content='2024-03-05T09:30:00+03:00'></head><body>"
        f"<article>{paragraphs}</article></body></html>"
    )
    bodies, pages = tmp_path / "article-extraction", tmp_path / "pages" / "xx"
    (bodies / "html").mkdir(parents=True)
    pages.mkdir(parents=True)
    (bodies / "ground-truth.json").write_text(json.dumps({"a": {"articleBody": BODY}}))
    for path in (bodies / "html" / "a.html.gz", pages / "Paper_2024_03_06.html.gz"):
        path.write_bytes(gzip.compress(html.encode()))
    gold = {
        "title": "Light again",
        "authors": ["Vera Lind"],
        "publishing_date": "2024-03-05 06:30:00+00:00",
        "body": {"summary": [], "sections": [{"headline": [], "paragraphs": BODY.splitlines()}]},
    }
    (pages / "Paper.json").write_text(json.dumps({"V1": gold}))
    monkeypatch.setattr("sys.argv", ["article", str(tmp_path), "--wrong"])
    main()
    said = capsys.readouterr().out
    assert "F1 1.0000; 0 rejected" in said
    for measure in ("title", "authors", "day", "instant"):
        assert f"{measure:<13} 1 of 1 pages: 1.000" in said
