"""Numbers written with a power of ten: 3.6E+04, 2 x 10^6, 6.02×10²³, 10^6."""

from __future__ import annotations

from transforms.figures.lexer import NUMBER, Atoms, at, digits_value, lower
from transforms.figures.quantity import Number
from transforms.figures.rules import Form

_TIMES = frozenset("x×*·")
_SIGNS = {"+": 1, "-": -1, "−": -1, "–": -1}
_RAISED = {character: str(digit) for digit, character in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
#: Powers beyond this are no figures of news.
_HIGHEST = 40


def scientific(atoms: Atoms, i: int) -> Number | None:
    """The number in digits at atom ``i`` with its power of ten; None where it has none."""
    text = atoms[i].text
    if "," in text or " " in text:
        return None
    if text == "10" and (raised := _raised(atoms, i + 1)):
        return _number(i, raised, 1.0)
    if lower(atoms, i + 1) == "e":
        return _with_letter(atoms, i)
    if lower(atoms, i + 1) not in _TIMES:
        return None
    ten = at(atoms, i + 2)
    raised = _raised(atoms, i + 3) if ten is not None and ten.text == "10" else None
    return _number(i, raised, digits_value(text)) if raised else None


def _with_letter(atoms: Atoms, i: int) -> Number | None:
    """3.6E+04, 1.5e6: all glued; without a sign only after a decimal point (4E12 is a code)."""
    exponent = _exponent(atoms, i + 2)
    letter = atoms[i + 1]
    if exponent is None or not letter.glued:
        return None
    if "." not in atoms[i].text and atoms[i + 2].text not in _SIGNS:
        return None
    following = at(atoms, exponent[0])
    if following is not None and following.glued and following.text.isalnum():
        return None
    return _number(i, exponent, digits_value(atoms[i].text))


def _raised(atoms: Atoms, i: int) -> tuple[int, int] | None:
    """What ten is raised to at atom ``i``, after a caret or in raised digits: end and power."""
    atom = at(atoms, i)
    if atom is None or not atom.glued:
        return None
    if atom.text == "^":
        return _exponent(atoms, i + 1)
    last, digits = i, ""
    sign = -1 if atom.text == "⁻" else 1
    if sign < 0:
        last += 1
    while (atom := at(atoms, last)) is not None and atom.glued and atom.text in _RAISED:
        digits += _RAISED[atom.text]
        last += 1
    return (last, sign * int(digits)) if digits and int(digits) <= _HIGHEST else None


def _exponent(atoms: Atoms, i: int) -> tuple[int, int] | None:
    """A whole number with or without its sign, glued to what is before: end and value."""
    atom = at(atoms, i)
    sign = _SIGNS.get(atom.text) if atom is not None and atom.glued else None
    digits = at(atoms, i if sign is None else i + 1)
    if digits is None or not digits.glued or digits.kind != NUMBER or not digits.text.isdigit():
        return None
    power = int(digits.text)
    end = i + 1 if sign is None else i + 2
    return (end, (sign or 1) * power) if power <= _HIGHEST else None


def _number(i: int, raised: tuple[int, int], mantissa: float) -> Number:
    value = float(f"{mantissa}e{raised[1]}")
    return Number(i, raised[0], value, 10.0 ** max(raised[1], 0), Form.SCIENTIFIC)
