"""How addresses are fetched. The keys of ``[fetch]`` in dateline.toml."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

_Seconds = Annotated[float, Field(gt=0)]
_Count = Annotated[int, Field(ge=1)]


class Fetch(BaseModel):
    """How servers are asked, and what they may be asked for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    contact: Annotated[str, Field(pattern=r"^[!-~]+$")] | None = Field(
        default=None, description="an address of a page or of mail, told to every server"
    )
    connect_seconds: _Seconds = Field(default=10, description="until a server takes the call")
    read_seconds: _Seconds = Field(default=30, description="until it says something more")
    seconds: _Seconds = Field(default=60, description="until a page is whole")
    file_seconds: _Seconds = Field(default=3600, description="until an archive or a table is whole")
    file_bytes: _Count = Field(
        default=4 * 1024**3, description="bytes of an archive, a table or a sitemap, decompressed"
    )
    redirects: Annotated[int, Field(ge=0)] = Field(
        default=5, description="redirects that are followed for one address"
    )
    retries: Annotated[int, Field(ge=0)] = Field(
        default=3, description="further attempts where a server is overloaded or not there"
    )
    backoff: Annotated[float, Field(ge=0)] = Field(
        default=1, description="seconds before the second attempt, doubled before each further one"
    )
    longest_wait: _Seconds = Field(
        default=60, description="the longest wait that a server may ask for (Retry-After)"
    )
    delay: Annotated[float, Field(ge=0)] = Field(
        default=1, description="seconds between two requests of one host; robots.txt may ask more"
    )
    concurrency: _Count = Field(default=8, description="requests at once")
    per_host: _Count = Field(default=2, description="requests at once of one host")
    robots: bool = Field(default=True, description="whether robots.txt is obeyed")
    private: bool = Field(
        default=False, description="whether addresses of private networks are fetched, too"
    )
    allow: tuple[str, ...] = Field(
        default=(), description="hosts that are fetched although they are in a private network"
    )
