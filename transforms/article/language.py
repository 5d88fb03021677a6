"""The language of a text: what the page declares, unless the text clearly says otherwise."""

from __future__ import annotations

from functools import cache
from typing import Any

#: Shorter texts are not identified by their words.
LEAST_LENGTH = 200
#: How much of a text is looked at.
_SAMPLE = 3000
#: The share of probability from which the text overrules a declaration.
_CERTAIN = 0.999


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def read_language(text: str, declared: str | None, default: str | None) -> str | None:
    """ISO 639-1 code: declared by the page, else by the text, else ``default`` (the source's).

    Long texts overrule a declaration that they contradict for certain (templates often declare
    the language of the site's makers). None where nothing is known.
    """
    stated = code_of(declared)
    sample = text[:_SAMPLE]
    if len(sample) < LEAST_LENGTH and not _is_other_script(sample):
        return stated or code_of(default)
    language, probability = _identifier().classify(sample)
    found = code_of(language)
    if stated is not None and (found is None or probability < _CERTAIN):
        return stated
    if found is None or probability < 0.8:
        return code_of(default) or found
    return found


def _is_other_script(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 20 and sum(1 for c in letters if c > "\u024f") > len(letters) / 2


@cache
def code_of(tag: str | None) -> str | None:
    """The two-letter code of a tag (``en-GB``, ``en_US``, ``eng``, ``English``), or None."""
    if not tag:
        return None
    import pycountry

    word = tag.strip().replace("_", "-").split("-")[0].lower()
    key = {2: "alpha_2", 3: "alpha_3"}.get(len(word), "name")
    value = word.capitalize() if key == "name" else word
    found = pycountry.languages.get(**{key: value})
    code = getattr(found, "alpha_2", None)
    return str(code) if code else None
