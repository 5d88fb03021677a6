"""NITF and NewsML-G2."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.properties import examples
from tests.transforms.article.inputs import article, raw, reject
from transforms.article import read_article
from transforms.model import NEWSML, NITF

FIRST = "The dam above Lota held through the night, officials said on Tuesday."
SECOND = "Some 1,200 people were told to leave two villages below it."
NITF_TEXT = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "nitf-3-5.dtd">
<nitf xml:lang="en"><head><title>dam-lota</title>
<docdata><doc-id id-string="ap-4711"/><date.issue norm="20250304T103000Z"/>
<doc.copyright year="2025" holder="Valley Wire"/></docdata>
<pubdata name="Valley Post" date.publication="20250305" ex-ref="https://post.example/dam"/></head>
<body><body.head><hedline><hl1>Dam above <em>Lota</em> holds</hl1>
<hl2>Villages emptied</hl2></hedline>
<byline>By <person>Ana Rojas</person><byttl>Staff writer</byttl></byline>
<distributor>Associated Press</distributor>
<dateline><location>CONCEPCION, Chile</location></dateline></body.head>
<body.content><block><p>{FIRST}</p>
<media media-type="image"><media-caption>A dam.</media-caption></media>
<hl2>What comes next</hl2>
<p>Some <num>1,200</num> people were told to leave two villages below it.</p>
<table><tr><td>Coronel</td><td>700</td></tr></table></block></body.content></body></nitf>"""


def item(content: str, meta: str = "", guid: str = "urn:newsml:valley.example:4711") -> str:
    return f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" version="2">
<rightsInfo><copyrightHolder literal="Valley"/></rightsInfo>
<itemMeta><provider><name>Valley Wire</name></provider>
<versionCreated>2025-03-04T12:00:00Z</versionCreated></itemMeta>
<contentMeta><contentCreated>2025-03-04T07:30:00-03:00</contentCreated>
<creator><name>Ana Rojas</name></creator><language tag="en"/>
<located qcode="x:1"><name>Concepción</name></located>{meta}
<headline>Dam above Lota holds</headline></contentMeta>
<contentSet>{content}</contentSet></newsItem>"""


INNER = NITF_TEXT[NITF_TEXT.index("<nitf") :].replace("What comes next", "")
XHTML = f"""<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">
<head><title>x</title></head><body><p>{FIRST}</p><p>{SECOND}</p></body></html></inlineXML>"""


def test_an_article_in_nitf() -> None:
    found = article(NITF_TEXT, NITF)
    assert found.text.split("\n") == [FIRST, "What comes next", SECOND, "Coronel | 700"]
    assert found.title == "Dam above Lota holds"
    assert found.authors == ("Ana Rojas",)
    assert found.publisher == "Associated Press"
    assert found.location_line == "CONCEPCION, Chile"
    assert found.published_at == dt.datetime(2025, 3, 4, 10, 30)
    assert found.external_id == "ap-4711"
    assert found.url == "https://post.example/dam"
    assert found.language == "en"


@pytest.mark.parametrize(
    "content",
    [
        XHTML,
        f"<inlineXML>{INNER}</inlineXML>",
        f"<inlineData>{FIRST}\n\n{SECOND}</inlineData>",
    ],
    ids=["xhtml", "nitf", "text"],
)
def test_an_article_in_newsml(content: str) -> None:
    found = article(item(content), NEWSML)
    assert found.text.split("\n")[:2] == [FIRST, SECOND]
    assert found.title == "Dam above Lota holds"
    assert found.authors == ("Ana Rojas",)
    assert found.publisher == "Valley Wire"
    assert found.location_line == "Concepción"
    assert found.published_at == dt.datetime(2025, 3, 4, 10, 30)
    assert found.version_at == dt.datetime(2025, 3, 4, 12)
    assert found.external_id == "urn:newsml:valley.example:4711"


@pytest.mark.parametrize(
    ("payload", "media_type", "reason"),
    [
        ("", NITF, "empty"),
        ("<nitf><body>", NITF, "malformed"),
        ("<nitf><body/></nitf>", NITF, "no_text"),
        ("<nitf><body.content><p> </p></body.content></nitf>", NITF, "no_text"),
        ("<newsItem/>", NEWSML, "no_text"),
        (item('<remoteContent href="a.jpg"/>'), NEWSML, "no_text"),
        ("<packageItem><groupSet/></packageItem>", NEWSML, "no_text"),
        ("<newsItem>" + "<a>" * 5000, NEWSML, "malformed"),
        ("<nitf>" + "<p/>" * 300_000 + "</nitf>", NITF, "too_many_tags"),
    ],
)
def test_broken_ones_say_why(payload: str, media_type: str, reason: str) -> None:
    assert reject(payload, media_type).reason == reason


def test_entities_are_neither_fetched_nor_multiplied() -> None:
    start = '<!DOCTYPE nitf [<!ENTITY e SYSTEM "file:///etc/hostname"><!ENTITY a "ha ha">'
    bomb = "".join(f'<!ENTITY a{n} "&a{n - 1};&a{n - 1};">' for n in range(1, 40))
    text = f'{start}<!ENTITY a0 "ha">{bomb}]><nitf><body.content><p>&e;&a39;{FIRST}</p>'
    found = read_article(raw(f"{text}</body.content></nitf>", NITF))
    assert "ha" not in getattr(found, "text", "").replace("that", "")


_PIECES = st.sampled_from(
    ["<p>", "</p>", "<body.content>", "</body.content>", "<hl1>", "</hl1>", "<inlineXML>",
     "</inlineXML>", "<contentSet>", "</contentSet>", "<headline>x</headline>", "<!-- c -->",
     "<![CDATA[", "]]>", "<table><tr><td>", "</td></tr></table>", "The dam held. ", "<byline>",
     '<doc-id id-string="1"/>', "<media>", "</media>"]
)  # fmt: skip


@settings(max_examples=examples(300), deadline=None)
@given(st.lists(_PIECES | st.text(max_size=6), max_size=30), st.sampled_from([NITF, NEWSML]))
def test_no_pieces_of_them_make_it_raise(pieces: list[str], media_type: str) -> None:
    root = "nitf" if media_type == NITF else "newsItem"
    payload = f"<{root}>{''.join(pieces)}</{root}>".encode("utf-8", "replace")
    assert read_article(raw(payload, media_type)) == read_article(raw(payload, media_type))


@settings(max_examples=examples(150), deadline=None)
@given(st.data())
def test_no_mutation_makes_it_raise(data: st.DataObject) -> None:
    text, media_type = data.draw(st.sampled_from([(NITF_TEXT, NITF), (item(XHTML), NEWSML)]))
    payload = bytearray(text.encode())
    for _ in range(data.draw(st.integers(1, 6))):
        payload[data.draw(st.integers(0, len(payload) - 1))] = data.draw(st.integers(0, 255))
    read_article(raw(bytes(payload), media_type))
