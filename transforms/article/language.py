"""The language of a text: what the page declares, unless the text clearly says otherwise."""

from __future__ import annotations

from functools import cache
from typing import Any

#: Shorter texts are not identified by their words.
LEAST_LENGTH = 200
#: How much of a text is looked at: its beginning where that is this likely one language, else more.
_BEGINNING, _SAMPLE = 800, 3000
_CLEAR = 0.98
#: A text overrules a declaration when it is this likely its own language and that other this
#: unlikely ...
_CERTAIN, _EXCLUDED = 0.9, 1e-4
#: ... unless the two are easily taken for each other.
_ALIKE = (
    frozenset({"no", "nb", "nn", "da"}),
    frozenset({"hr", "sr", "bs", "sl"}),
    frozenset({"id", "ms", "jv"}),
    frozenset({"zu", "xh", "st", "tn", "ss"}),
    frozenset({"cs", "sk"}),
    frozenset({"hi", "mr", "ne"}),
)


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
    for length in sorted({min(_BEGINNING, len(sample)), len(sample)}):
        ranked = _identifier().rank(sample[:length])
        language, probability = ranked[0]
        found = code_of(language)
        if probability >= _CLEAR and stated in (None, found):
            return found or code_of(default)
    if stated is not None:
        likelihood = dict(ranked).get(stated, 1.0)
        alike = any({stated, found} <= group for group in _ALIKE)
        sure = found is not None and probability >= _CERTAIN and likelihood <= _EXCLUDED
        return found if sure and not alike else stated
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
