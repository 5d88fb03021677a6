"""How is a page written? Jinja's templates with everything escaped, and what they may call."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from expectations.visible import visible
from pages import links, words

#: Nothing comes from elsewhere, nothing is sent, no text of an article can run or style a page.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'"
)


@cache
def environment() -> Environment:
    """The templates of ``pages/templates``, compiled once."""
    made = Environment(
        loader=PackageLoader("pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(
        visible=lambda text: visible(str(text)),
        number=words.number,
        day=words.day,
        minute=words.minute,
        shown=words.shown,
        label=words.label,
    )
    made.globals.update(
        links=links, words=words, to=_to, policy=POLICY, counted=words.counted, days=words.days
    )
    return made


def rendered(template: str, path: str, **data: Any) -> str:
    """A page at an address of the site, by a template's name without its ending."""
    return environment().get_template(f"{template}.html").render(path=path, **data)


@pass_context
def _to(context: Context, address: str) -> str:
    """An address of the site as this page names it."""
    return links.relative(context["path"], address)
