from __future__ import annotations

import datetime as dt
import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.properties import examples
from tests.transforms.article.inputs import HTML, JSON, JSONL, PLAIN, article, raw, reject
from transforms.article import read_article
from transforms.article.address import address_key
from transforms.article.names import clean_authors
from transforms.article.publishers import by_host, by_name
from transforms.identity import digest
from transforms.model import LARGEST, Article, Reject, Source

SEEDS = Path(__file__).parents[3] / "seeds" / "articles"
TYPES = (PLAIN, HTML, JSON, JSONL)


def test_identity_is_the_address_then_the_sources_id_then_the_place() -> None:
    text = '"text": "Some text."'
    url = article(f'{{{text}, "id": "7", "url": "http://Example.org:80/a//b/?b=2&a=1#c"}}', JSON)
    assert url.url == "http://example.org/a/b/?a=1&b=2"
    assert url.article_id == digest("url", address_key(url.url))
    assert article(f'{{{text}, "id": "7"}}', JSON).article_id == digest("id", "desk", "7")
    assert article("Some text.").article_id == digest("uri", "desk", "desk/story.txt")
    assert article("Some text.").text_id == url.text_id


def test_an_input_too_large_is_refused() -> None:
    refused = reject(b"x" * (LARGEST + 1))
    assert refused.reason == "too_large"
    assert "split the file" in refused.detail


def test_a_bad_zone_setting_is_said() -> None:
    with pytest.raises(ValueError, match="Mars/Base"):
        read_article(raw("Some text.", source=Source("desk", zone="Mars/Base")))


@pytest.mark.parametrize(
    ("declared", "language"), [("en", "en"), ("es-ES", "es"), (None, "es"), ("nonsense", "es")]
)
def test_a_text_overrules_a_declaration_it_clearly_contradicts(
    declared: str | None, language: str
) -> None:
    text = (
        "Los embalses de la cuenca subieron esta semana después de las lluvias, según los datos "
        "de la agencia del agua, que mantiene sin embargo la emergencia en los municipios donde "
        "viven más de seis millones de personas y pide que no se rieguen los jardines."
    )
    found = article(json.dumps({"text": text, "language": declared}), JSON)
    assert found.language == ("es" if declared == "en" else language)
    short = article(json.dumps({"text": "Hola.", "language": declared}), JSON)
    assert short.language == {"en": "en", "es-ES": "es"}.get(declared or "")


def test_a_beginning_of_names_alone_does_not_settle_the_language() -> None:
    standings = "Palermo 2 Lugano 1, Basel 3 Novi Sad 0, Zenica 1 Varna 1. " * 16
    text = (
        "Los embalses de la cuenca subieron esta semana después de las lluvias, según los datos "
        "de la agencia del agua, que mantiene la emergencia en los municipios donde viven más "
        "de seis millones de personas. "
    ) * 8
    assert len(standings) > 800
    assert article(json.dumps({"text": standings + text}), JSON).language == "es"


def test_publishers_are_known_by_name_alias_and_site() -> None:
    for found in (by_name("the ASSOCIATED press"), by_name("AP"), by_host("m.apnews.com")):
        assert found is not None
        assert (found.name, found.country) == ("Associated Press", "USA")
    assert by_name("Nobody's Gazette") is None
    assert by_host("notapnews.com") is None


@pytest.mark.parametrize(
    ("written", "names"),
    [
        (["By Jane Doe"], ("Jane Doe",)),
        (["Jane Doe and John Roe"], ("Jane Doe", "John Roe")),
        (["Jane Doe, John Roe & Max Poe"], ("Jane Doe", "John Roe", "Max Poe")),
        (["Jane Doe, Senior Political Editor"], ("Jane Doe",)),
        (["Jane Doe in Lima", "jane doe"], ("Jane Doe",)),
        (["Jane Doe jane@example.org"], ("Jane Doe",)),
        (["Doe, Jane"], ("Doe", "Jane")),
        (["admin"], ()),
        (["https://example.org/jane"], ()),
        (["Guardian staff reporter"], ("Guardian staff reporter",)),
        (["Martin Luther, Jr."], ("Martin Luther",)),
        (["", "  "], ()),
    ],
)
def test_authors_are_names(written: list[str], names: tuple[str, ...]) -> None:
    if written == ["Doe, Jane"]:
        names = ("Jane Doe",)
    assert clean_authors(written) == names


def _check(found: Article | Reject) -> None:
    if isinstance(found, Reject):
        assert found.detail
        return
    assert any(not c.isspace() for c in found.text)
    for value in (found.text, found.title, found.url, found.publisher, *found.authors):
        assert value is None or value.encode()
    assert (found.published_at is None) == (found.published_date is None)


@settings(max_examples=examples(300))
@given(st.binary(max_size=400), st.sampled_from(TYPES))
def test_no_bytes_make_it_raise(payload: bytes, media_type: str) -> None:
    found = read_article(raw(payload, media_type))
    _check(found)
    assert found == read_article(raw(payload, media_type))


_MARKUP = st.sampled_from(
    ["<p>", "</p>", "<div>", "<table><tr><td>", "</td></tr>", "<!--", "-->", "<script>",
     "</script>",
     '<script type="application/ld+json">', '{"@type": "NewsArticle", "headline": ', "}", "<br>",
     '<meta property="og:title" content="', '">', "&nbsp;", "&#0;", "&#xd800;", "<time datetime='",
     "'>", "By Jane Doe", "Published on: ", "2024-03-05", "Three people were hurt on Monday. ",
     "\n", "\n\n", "SEOUL (Yonhap) -- ", "https://example.org/a?b", "\u2028", "{", "[", '"text": "']
)  # fmt: skip


@settings(max_examples=examples(300))
@given(st.lists(_MARKUP | st.text(max_size=8), max_size=40), st.sampled_from(TYPES))
def test_no_pieces_of_pages_make_it_raise(pieces: list[str], media_type: str) -> None:
    payload = "".join(pieces).encode("utf-8", "replace")
    found = read_article(raw(payload, media_type))
    _check(found)
    assert found == read_article(raw(payload, media_type))


@settings(max_examples=examples(150))
@given(st.text(max_size=300).filter(lambda text: text.strip()))
def test_a_text_in_json_comes_back_to_the_character(text: str) -> None:
    assert article(json.dumps({"text": text}), JSON).text == text


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt*")), ids=lambda path: path.name)
def test_no_sample_text_keeps_header_or_furniture(path: Path) -> None:
    payload = path.read_bytes()
    found = read_article(raw(gzip.decompress(payload) if path.suffix == ".gz" else payload))
    if path.name == "020_empty.txt":
        assert isinstance(found, Reject)
        return
    assert isinstance(found, Article)
    assert isinstance(found.published_at, dt.datetime)
    assert found.title is not None or path.name.startswith("000")
    lines = found.text.split("\n")
    assert all(line == line.strip() and line for line in lines)
    for word in ("Published", "Updated:", "logged in", "Share ", "©", "newsletter"):
        assert not any(line.startswith(word) for line in lines)
