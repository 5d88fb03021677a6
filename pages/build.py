"""From a state of a lake to a site in a folder: which modules make its pages, in which order."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from pages import articles, downloads, entities, overview, questions, search, sources
from pages.opening import Wish, opened
from pages.selection import Chosen
from pages.site import File, Site
from pages.staging import Written, manifest, staging
from pages.wanted import State
from warehouse.address import Address
from warehouse.history import At
from warehouse.opening import catalog_at
from warehouse.reader import lake_address

#: The first page, by which a site is opened.
FIRST = "index.html"

type Maker = Callable[[Site], Iterator[File]]
#: Hears what is made: the part, and the address of each file of it.
type Told = Callable[[str, str], None]


@dataclass(frozen=True)
class Built:
    """A site that stands: its first page, what of the lake it shows, and what was written."""

    page: Path
    state: State
    chosen: Chosen
    written: Written


def build(
    lake: str | Path | Address | None,
    target: str | Path,
    *,
    at: At | None = None,
    wish: Wish | None = None,
    quality: Maker | None = None,
    told: Told = lambda part, path: None,
) -> Built:
    """Makes the site of one state of the lake (``at`` as in :func:`warehouse.connect`) in the
    folder ``target``, in the place of the site that is there.

    ``quality`` makes the pages that tell of quality. One state and one wish give the same bytes.
    Raises ``TargetError`` for what cannot be the target, ``SqlError`` for a choice or an ``at``
    that there is not, and ``LakeError`` if the site cannot be written; the old site stands then as
    it was.
    """
    place = Path(target).expanduser().resolve()
    folder = catalog_at(lake_address(lake)).layout.folder
    with staging(place, folder) as made, opened(lake, at, wish or Wish()) as here:
        site, digest = here.site, hashlib.sha256()
        for part, maker in _parts(quality):
            for file in maker(site):
                made.put(file)
                digest.update(f"{file.path} {hashlib.sha256(file.data).hexdigest()}\n".encode())
                told(part, file.path)
        downloads.write(site, here.connection, made, lambda path: told("data", path))
        made.put(manifest(_facts(site, here.chosen, digest.hexdigest())))
    return Built(place / FIRST, site.state, here.chosen, made.written)


def assets(site: Site) -> Iterator[File]:
    """Style sheets and scripts, which are the same for every site."""
    folder = files("pages") / "assets"
    for asset in sorted(folder.iterdir(), key=lambda one: one.name):
        yield File(f"assets/{asset.name}", asset.read_bytes())


def _parts(quality: Maker | None) -> Iterator[tuple[str, Maker]]:
    yield "assets", assets
    yield "overview", overview.pages
    yield "questions", questions.pages
    yield "articles", articles.pages
    yield "names", entities.pages
    yield "sources", sources.pages
    if quality is not None:
        yield "quality", quality
    yield "search", search.pages


def _facts(site: Site, chosen: Chosen, digest: str) -> dict[str, object]:
    """What the manifest says: of what the pages show, not of how they were written."""
    choice = {name: value for name, value in vars(site.choice).items() if value is not None}
    return {
        "site": 1,
        "dateline": site.version,
        "title": site.title,
        "snapshot": site.state.snapshot,
        "committed_at": site.state.committed_at.isoformat(),
        "choice": choice,
        "articles": {"in_lake": chosen.articles, "pages": chosen.shown_articles},
        "names": {"in_lake": chosen.entities, "pages": chosen.shown_entities},
        "sha256_of_pages": digest,
    }
