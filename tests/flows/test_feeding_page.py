"""docs/feeding.md says what is so."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from flows.readers import read
from flows.settings import SourceSpec
from transforms.article import read_article
from transforms.article.record_keys import OURS
from transforms.model import Article, RawArticle
from transforms.reference import reference

PAGE = (Path(__file__).parents[2] / "docs" / "feeding.md").read_text(encoding="utf-8")


def test_every_key_that_is_known_stands_on_the_page() -> None:
    table = PAGE.split("<!-- known keys -->")[1].split("<!-- end of known keys -->")[0]
    told = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", table, flags=re.MULTILINE))
    known = {
        ours: [row["their_key"] for row in reference("record_keys") if row["our_key"] == ours]
        for ours in OURS
    }
    assert {ours: re.findall(r"`([^`]+)`", keys) for ours, keys in told.items()} == known


def test_every_key_that_may_be_mapped_stands_on_the_page() -> None:
    sentence = re.search(r"Names on the left are ours \(([^)]+)\)", PAGE)
    assert sentence
    assert re.findall(r"`(\w+)`", sentence[1]) == list(OURS)


def test_the_examples_of_records_are_read(tmp_path: Path) -> None:
    for kind, ending in (("json", "jsonl"), ("csv", "csv")):
        (example,) = re.findall(rf"```{kind}\n(.*?)```", PAGE, flags=re.DOTALL)
        path = tmp_path / f"a.{ending}"
        path.write_text(example)
        (raw,) = read([SourceSpec(path=str(path))])
        assert isinstance(raw, RawArticle)
        article = read_article(raw)
        assert isinstance(article, Article)
        assert article.title
        assert article.published_at


def test_the_example_of_the_settings_is_one() -> None:
    examples = re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)
    found = [s for text in examples for s in tomllib.loads(text)["sources"] if "keys" in s]
    assert [SourceSpec(**source).keys["text"] for source in found] == ["story"]
