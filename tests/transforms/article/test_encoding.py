from __future__ import annotations

import codecs

import pytest

from tests.transforms.article.inputs import HTML, JSON, article, reject

ENGLISH = "The mayor’s “last” offer — £3.5bn — was refused in Málaga on Monday."
TEXTS = {
    "cp1252": ENGLISH,
    "utf-16": ENGLISH,
    "utf-16-le": ENGLISH,
    "utf-16-be": ENGLISH,
    "utf-32": ENGLISH,
    "utf-8-sig": ENGLISH,
    "cp1251": "Власти области сообщили, что вода ушла из трёхсот домов и дорога открыта.",
    "koi8_r": "Власти области сообщили, что вода ушла из трёхсот домов и дорога открыта.",
    "iso8859_2": "Rząd ogłosił w środę, że żołnierze pomogą mieszkańcom usuwać skutki powodzi.",
    "iso8859_7": "Η κυβέρνηση ανακοίνωσε τη Δευτέρα ότι ο δρόμος προς το λιμάνι θα ανοίξει ξανά.",
    "euc_kr": "정부는 수요일 강이 넘쳐 삼백 가구가 대피했으며 도로가 다시 열렸다고 밝혔다.",
    "shift_jis": "政府は水曜日、川があふれておよそ三百世帯が避難したと発表した。道路は開通した。",
    "gb18030": "政府星期三表示，河水泛滥后约有三百户居民撤离，通往港口的道路已经重新开放。",
}


@pytest.mark.parametrize("encoding", sorted(TEXTS))
def test_an_undeclared_encoding_is_read_right(encoding: str) -> None:
    assert article(TEXTS[encoding].encode(encoding)).text == TEXTS[encoding]


@pytest.mark.parametrize("encoding", [e for e in sorted(TEXTS) if not e.startswith("utf")])
def test_a_declared_encoding_is_read_right(encoding: str) -> None:
    page = f'<html><head><meta charset="{encoding}"></head><body><article><p>{{}}</p><p>{{}}</p>'
    text = TEXTS[encoding]
    found = article(page.format(text, text[::-1] + ".").encode(encoding), HTML)
    assert text in found.text


def test_iso_8859_1_is_read_as_browsers_do() -> None:
    page = f'<html><head><meta charset="iso-8859-1"></head><body><p>{ENGLISH}</p></body></html>'
    assert ENGLISH in article(page.encode("cp1252"), HTML).text


def test_utf_8_wins_over_a_wrong_declaration() -> None:
    page = f'<html><head><meta charset="windows-1252"></head><body><p>{ENGLISH}</p></body></html>'
    assert ENGLISH in article(page.encode(), HTML).text


def test_stray_bytes_in_utf_8_are_read_as_windows_1252() -> None:
    payload = "Zoë’s café opened on Monday.".encode() + b" It\x92s busy."
    assert article(payload).text == "Zoë’s café opened on Monday. It’s busy."


def test_a_text_cut_within_a_character_keeps_the_rest() -> None:
    assert article("Le café reste ouvert, dit-elle. Voilà".encode()[:-1]).text.endswith("Voil")


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "binary"),
        (b"%PDF-1.7 something", "binary"),
        (b"Almost text\x00\x00\x00 but not quite", "binary"),
        (bytes(range(1, 32)) * 20, "binary"),
        (bytes(range(0x80, 0x100)) * 20, "encoding"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8A\x00", "encoding"),
        (codecs.BOM_UTF8 + b"caf\xe9 ol\xe9", "encoding"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(payload: bytes, reason: str) -> None:
    refused = reject(payload)
    assert refused.reason == reason
    assert refused.detail.startswith("desk/story.txt: ")
    assert len(refused.detail) > len("desk/story.txt: ") + 10


def test_json_must_be_unicode() -> None:
    payload = '{"text": "Un café à Málaga."}'
    assert article(payload.encode("utf-16"), JSON).text == "Un café à Málaga."
    refused = reject(payload.encode("cp1252"), JSON)
    assert refused.reason == "encoding"
    assert "byte 17" in refused.detail
