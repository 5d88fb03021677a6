from __future__ import annotations

import datetime as dt
import json

import pytest

from tests.transforms.article.inputs import JSON, JSONL, article, reject

TEXT = "  Two lines,\r\nkept to the character.\u00a0 \n\n(Share this on Facebook)\n"


def line(**values: object) -> str:
    return json.dumps({"id": "a-1", "text": TEXT, **values})


def test_the_text_is_kept_to_the_character() -> None:
    assert article(line(), JSONL).text == TEXT


def test_all_keys_become_columns() -> None:
    found = article(
        line(
            title="Two lines",
            url="https://example.org/two?fbclid=9",
            published_at="2024-03-05T09:30:00+09:00",
            source="wire",
            authors=["Aki Ono", "Bo Li"],
            publisher="Kyodo",
            language="eng",
            unknown={"kept": "out"},
        ),
        JSONL,
    )
    assert (found.external_id, found.title, found.source) == ("a-1", "Two lines", "wire")
    assert found.url == "https://example.org/two"
    assert found.published_at == dt.datetime(2024, 3, 5, 0, 30)
    assert found.authors == ("Aki Ono", "Bo Li")
    assert (found.publisher, found.country) == ("Kyodo News", "JPN")
    assert found.language == "en"


@pytest.mark.parametrize(
    "values",
    [{"date": "5 March 2024"}, {"date": "2024-03-05"}, {"published_at": 1709596800},
     {"published_at": 1709596800000}, {"date": 20240305},
     {"published_at": "", "date": "05/03/2024"},
     {"date": "05-MAR-2024 00:00:00 &#5;RM"},
     {"published_at": None, "date": "Tue, 05 Mar 2024 00:00:00 GMT"}],
)  # fmt: skip
def test_the_time_may_be_written_in_many_ways(values: dict[str, object]) -> None:
    found = article(line(**values), JSONL)
    assert found.published_at == dt.datetime(2024, 3, 5)
    assert (found.published_zone, found.published_date) == ("UTC", dt.date(2024, 3, 5))


def test_numbers_are_good_ids_and_one_string_good_authors() -> None:
    found = article(line(id=7, authors="By Aki Ono and Bo Li"), JSONL)
    assert (found.external_id, found.authors) == ("7", ("Aki Ono", "Bo Li"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "not JSON at column"),
        ('{"text": "a" "b"}', "not JSON at column 14"),
        ("[1, 2]", "a list, not an object"),
        ('"text"', "a string, not an object"),
        ("null", "null, not an object"),
        ('{"text": ["a"]}', "text is a list"),
        ('{"text": "a", "title": 5}', "title is a number"),
        ('{"text": "a", "authors": [1]}', "authors is a list, not a list of strings"),
        ('{"text": "a", "authors": {"name": "b"}}', "authors is an object"),
        ('{"text": "a", "id": true}', "id is true or false"),
        ('{"text": "a", "id": 1.5}', "id is a number"),
        ('{"text": "a\\ud800"}', "text holds half of a surrogate pair"),
        ('{"text": "a", "language": ["en"]}', "language is a list"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_bad_line_is_refused_with_its_place_and_fault(text: str, said: str) -> None:
    refused = reject(text, JSONL, uri="wire.jsonl#L12")
    assert refused.reason == "malformed"
    assert refused.detail.startswith("wire.jsonl, line 12: ")
    assert said in refused.detail


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"text": " \\n "}', "text is blank"),
        ('{"text": null}', "no text (its keys: text)"),
        ('{"id": 1, "lead": "x"}', "no text (its keys: id, lead): put the article under 'text'"),
        ('{"pub": 1, "story": "It rained. All day."}', "is `story` the text? say [sources.keys]"),
    ],
)
def test_without_a_text_it_is_said_which_keys_there_are(text: str, said: str) -> None:
    refused = reject(text, JSON)
    assert refused.reason == "no_text"
    assert said in refused.detail


def test_a_file_of_one_object_names_line_and_column() -> None:
    refused = reject('{\n "text": oops\n}', JSON, uri="one.json")
    assert "one.json: not JSON at line 2, column 10" in refused.detail


def test_an_element_of_a_list_is_named() -> None:
    assert reject("{}", JSON, uri="many.json#3").detail.startswith("many.json, element 3: ")


def test_byline_and_place_are_read_from_the_text() -> None:
    text = "ACCRA, March 5 (GNA) -- The bridge is open.\nEfua Mensah, Ghana News Agency."
    found = article(json.dumps({"text": text}), JSON)
    assert found.location_line == "ACCRA"
    assert (found.authors, found.publisher) == (("Efua Mensah",), "Ghana News Agency")
    assert found.text == text


@pytest.mark.parametrize(
    "written",
    [
        '"the day before"', "[2024]", "5", "true", '{"$date": 5}', '"0001-01-01T00:00:00Z"', "0",
        '"01/01/0001"', '"0000-00-00 00:00:00"', '"1970-01-01"', '"1969-12-31T19:00:00-05:00"',
        '"Thu, 01 Jan 1970 00:00:00 GMT"', '"1900-01-01"', '"1899-12-30T00:00:00"', "-62135596800",
    ],
)  # fmt: skip
def test_a_date_that_is_none_leaves_the_record_undated(written: str) -> None:
    found = article(f'{{"text": "a", "published_at": {written}}}', JSONL, uri="wire.jsonl#L7")
    assert (found.published_at, found.published_date) == (None, None)
    other = article(f'{{"text": "a", "published_at": {written}, "date": "2024-07-13"}}', JSONL)
    assert str(other.published_date) == "2024-07-13"
    changed = f'{{"text": "a", "date": "2024-07-13", "modified_at": {written}}}'
    assert article(changed, JSONL).version_at == other.published_at


def test_the_day_in_a_record_s_address_stands_in_for_a_missing_one() -> None:
    story = '{{"text": "a", "url": "https://post.example/{}/ferry"}}'
    assert str(article(story.format("2024/07/13"), JSONL).published_date) == "2024-07-13"
    for other in ("2024/07", "2024/13/07", "ferry-2024-07-13"):
        assert article(story.format(other), JSONL).published_date is None


def test_the_country_of_a_record_s_address_decides_what_its_zone_means() -> None:
    record = '{{"text": "a", "date": "13 July 2024 10:00 IST", "url": "https://{}/a"}}'
    assert article(record.format("post.example.in"), JSONL).published_zone == "Asia/Kolkata"
    assert article(record.format("post.example.ie"), JSONL).published_zone == "Europe/Dublin"
    assert article(record.format("post.example"), JSONL).published_zone == "UTC"
