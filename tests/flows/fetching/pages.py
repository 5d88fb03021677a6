"""Pages, feeds and sitemaps as publishers make them, written for these tests."""

from __future__ import annotations

from collections.abc import Iterable

TOWNS = ("Lissa", "Vardø", "Bergen", "Tromsø", "Molde", "Narvik", "Bodø", "Alta", "Hamar", "Moss")


def page(number: int, killed: int = 0) -> bytes:
    """An article with its metadata, unlike all others."""
    town = TOWNS[number % len(TOWNS)]
    day = 1 + number % 28
    return f"""<!DOCTYPE html><html lang="en"><head><title>Storm {number} reaches {town}</title>
<meta property="article:published_time" content="2025-09-{day:02}T08:00:00Z">
</head><body><article><h1>Storm {number} reaches {town}</h1>
<p>Storm number {number} of the season reached {town} on Monday and {killed + number + 2} people
were injured, the police of Norway said.</p>
<p>About {100 + number} houses in {town} had no power, and the harbour was closed for
{2 + number} hours, the mayor told reporters at the town hall.</p></article></body></html>
""".encode()


def listed(number: int) -> str:
    return f"Mon, 01 Sep 2025 {number // 60:02}:{number % 60:02}:00 GMT"


def rss(entries: Iterable[tuple[str, str, str]]) -> bytes:
    """A feed of (address, time, content) where the content may be empty."""
    items = "".join(
        f"<item><title>An entry</title><link>{address}</link><pubDate>{time}</pubDate>"
        "<description>In short.</description>"
        + (f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else "")
        + "</item>\n"
        for address, time, content in entries
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>The Norway Post</title><link>/</link><language>en-GB</language>{items}"
        "</channel></rss>\n"
    ).encode()


def news_sitemap(entries: Iterable[tuple[str, str]]) -> bytes:
    """A sitemap of news with (address, time of publication)."""
    urls = "".join(
        f"<url><loc>{address}</loc><news:news><news:publication><news:name>The Norway Post"
        "</news:name><news:language>en</news:language></news:publication>"
        f"<news:publication_date>{time}</news:publication_date><news:title>A title</news:title>"
        "</news:news></url>\n"
        for address, time in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>\n'
    ).encode()


def index(entries: Iterable[tuple[str, str]]) -> bytes:
    """An index of sitemaps with (address, when it was modified)."""
    maps = "".join(
        f"<sitemap><loc>{address}</loc><lastmod>{time}</lastmod></sitemap>"
        for address, time in entries
    )
    return (
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>'
    ).encode()
