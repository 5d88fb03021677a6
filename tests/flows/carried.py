"""Texts that carry one story and some that do not, with what they say: for the planner's tests."""

from __future__ import annotations

from collections.abc import Mapping

from transforms.stories.said import Said, Slot
from transforms.stories.sketch import signature

_FLOOD = (
    "A river burst its banks near the old mill on Sunday night and water ran through three streets "
    "of the lower town. Firemen carried the people who live there out of their houses in boats, "
    "and the mayor opened the school and the church for those who had nowhere else to go. The "
    "dyke had been mended twice since spring, the regional office of water said, and nobody had "
    "thought that it would give way before the autumn rain set in. Farmers drove their cattle up "
    "to the hills before midnight, and the bridge to the station was closed to all but the army."
)
_SHARES = (
    "Shares of the shipping line fell in early trading after it had told investors that two of its "
    "newest vessels would be delivered a year late, while the yard that builds them spoke of steel "
    "prices and of a strike among welders. Analysts at a bank in the capital advised clients to "
    "wait for the half year report, which the board has promised for the end of next month."
)


def _said(says_id: str, toll: float | None = None) -> Said:
    if toll is None:
        return Said(says_id, ())
    around = frozenset({"at", "least", "people"})
    slot = Slot("1 killed", (toll,), True, True, around, around)
    return Said(says_id, (slot,))


_SHORT = _FLOOD[: len(_FLOOD) * 6 // 10]
_END = _FLOOD[len(_FLOOD) * 4 // 10 :]
#: Texts by their ids. The first are alike: a story, with a word changed (it says the same), its
#: beginning and its end, which resemble it and not each other, and two with other tolls.
TEXTS: Mapping[str, tuple[str, Said]] = {
    "X": (_FLOOD, _said("x", 3)),
    "X word": (_FLOOD.replace("cattle", "sheep"), _said("x", 3)),
    "X start": (_SHORT, _said("start")),
    "X end": (_END, _said("end")),
    "X toll": (_FLOOD.replace("boats", "rafts"), _said("toll", 4)),
    "Y": (_SHARES, _said("y")),
    "Z": ("The library stays closed on Friday.", _said("z")),
    "T": ("The market opens again on Monday.", _said("t")),
    "U": ("The pool is empty until further notice.", _said("u")),
}
ALIKE = tuple(name for name in TEXTS if name.startswith("X"))
SIGNATURES: Mapping[str, bytes] = {name: signature(text) for name, (text, _) in TEXTS.items()}
SAID: Mapping[str, Said] = {name: said for name, (_, said) in TEXTS.items()}
