"""What may be set of the evidence site?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from pages.wanted import Limits

_DEFAULT = Limits()
_Count = Annotated[int, Field(ge=0)]


class SiteSettings(BaseModel):
    """``[site]``: what `dateline site` makes, and whether each run makes it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    folder: Path | None = Field(
        default=None, description="the folder of the site, which each run makes anew if it is set"
    )
    title: Annotated[str, Field(min_length=1)] = Field(
        default="Dateline", description="what the site is called"
    )
    articles: _Count = Field(
        default=_DEFAULT.articles, description="most articles that have a page"
    )
    names: _Count = Field(default=_DEFAULT.entities, description="most names that have a page")
    rows: Annotated[int, Field(ge=1)] = Field(
        default=_DEFAULT.rows, description="most rows that the page of a question shows"
    )
    pages: Annotated[int, Field(ge=1)] = Field(
        default=_DEFAULT.pages, description="most pages that the rows of a question have"
    )
