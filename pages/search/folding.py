"""By which words is a text found? Its letters and digits without accents and case.

The same is done to what is asked for by ``assets/search-words.js``; a test compares the two over
every character.

- Characters are decomposed (NFKD), marks and invisible characters dropped, and the rest lowered;
  letters that do not decompose are written as they are without a keyboard for them: ``Łódź`` is
  found as ``lodz``, ``Straße`` as ``strasse``.
- A word is a run of letters and digits; ``U.S.`` is ``us``, ``12,000`` is ``12000``, ``4.25``
  stays.
- ``'s`` is dropped. Of plurals of plain letters: ``-ies`` and ``-y`` are ``-i`` (cities, city),
  ``-es`` is dropped behind ss, sh, ch, x and zz (churches), else ``-s`` is, but not of ``-ss``,
  ``-us`` and ``-is``, nor of words of three letters, nor of *news*, which is not many new ones.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Words of grammar, which nobody looks for: more than a quarter of what an index would be.
LEFT_OUT = frozenset(
    re.findall(
        "[a-z]+",
        "a an and are as at be but by for from had has have he his in is it its of on or that the "
        "their they this to was were with",
    )
)

_LETTER = r"[^\W_]"
_WORD = re.compile(
    rf"[a-z](?:\.[a-z])+(?!{_LETTER})"
    rf"|[0-9]{{1,3}}(?:,[0-9]{{3}})+(?:\.[0-9]+)?(?!{_LETTER})"
    rf"|[0-9]+\.[0-9]+(?!{_LETTER})"
    rf"|{_LETTER}+(?:'s(?!{_LETTER}))?"
)
#: Beyond these a text has something to decompose.
_MORE = re.compile(r"[^\x00-\x7f‘’“”–—]")
_INVISIBLE = re.compile("[\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_APOSTROPHE = re.compile("[‘’\u02bb\u02bc]")
_ONE_LETTER = dict(zip("ςıłøđðħ", "σiloddh", strict=True))
_WRITTEN = {**_ONE_LETTER, "ß": "ss", "þ": "th", "æ": "ae", "œ": "oe"}
_TO_WRITE = re.compile(f"[{''.join(_WRITTEN)}]")
#: Of a longer word so many characters are kept: nobody types more.
_LONGEST = 60
_PLAIN = re.compile(r"[a-z]{4,}")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")
_HISSING = re.compile(r"(?:ss|sh|ch|x|zz)es$")
_NO_PLURAL = re.compile(r"(?:ss|us|is)$")


def words(text: str) -> list[str]:
    """The words by which a text is found, in its order."""
    return [_base(word) for word in _WORD.findall(_plain(text))]


def _plain(text: str) -> str:
    """The text without case and accents."""
    if text.isascii():
        return text.lower()
    if _MORE.search(text):
        apart = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text))
        text = "".join(one for one in apart if unicodedata.category(one)[0] != "M").lower()
        text = _TO_WRITE.sub(lambda found: _WRITTEN[found[0]], text)
    return _APOSTROPHE.sub("'", text.lower())


@lru_cache(maxsize=1 << 16)
def _base(word: str) -> str:
    """A word as it stood in the text, without its ending."""
    word = word.removesuffix("'s").replace(",", "")[:_LONGEST]
    if "." in word and not word[0].isdigit():
        word = word.replace(".", "")
    if not _PLAIN.fullmatch(word) or word == "news":
        return word
    if word.endswith("ies") or _CONSONANT_Y.search(word):
        return re.sub(r"(?:ies|y)$", "i", word)
    if _HISSING.search(word):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not _NO_PLURAL.search(word) else word
