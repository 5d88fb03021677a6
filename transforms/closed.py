"""The closed classes of English: the words of grammar, which take no new members.

They may stand in code where they are used. All other words of English (verbs, nouns, adjectives,
most adverbs, numerals, names) have their home in seeds/reference, and a test holds both. A word
may be of several classes; all are in lower case.
"""

from __future__ import annotations


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


#: Simple prepositions, with the participles that are used as such.
PREPOSITIONS = _words(
    "aboard about above across after against along alongside amid amidst among amongst around as",
    "at atop bar barring before behind below beneath beside besides between beyond but by",
    "concerning considering despite down during except excepting excluding following for from",
    "given in including inside into less like minus near notwithstanding of off on onto opposite",
    "out outside over past pending per plus regarding round since than through throughout till to",
    "toward towards under underneath unlike until unto up upon versus via vs with within without",
)
#: What complex prepositions begin with: according to, ahead of, because of, due to, prior to.
COMPLEX_PREPOSITIONS = _words(
    "according ahead apart aside because close due instead next owing prior regardless together",
)
#: What comes after its noun as a preposition comes before it.
POSTPOSITIONS = _words("ago apart aside hence notwithstanding through")
CONJUNCTIONS = _words(
    "after although and as because before both but either for if lest neither nor or once",
    "provided since so than that though till unless until when whenever where whereas wherever",
    "whether while whilst yet",
)
DETERMINERS = _words(
    "a all an another any both each either enough every few fewer fewest her his its least less",
    "little many more most much my neither no other our own same several some such that the their",
    "these this those what whatever which whichever whose your",
)
PRONOUNS = _words(
    "all another any anybody anyone anything both each either enough everybody everyone everything",
    "few fewer he her hers herself him himself his i it its itself less little many me mine more",
    "most much my myself neither nobody none nothing one ones oneself other others our ours",
    "ourselves several she some somebody someone something such that their theirs them themselves",
    "there these they this those us we what whatever whatsoever which whichever who whoever whom",
    "whose you your yours yourself yourselves",
)
#: Be, have and do with their forms, and the modals.
AUXILIARIES = _words(
    "am are be been being can cannot could dare did do does doing done had has have having is may",
    "might must need ought shall should used was were will would",
)
#: Of phrasal verbs (blow up, set off) and of the infinitive.
PARTICLES = _words(
    "about across along apart around aside away back by down forth forward in into off on out over",
    "past round through to together under up",
)
#: Adverbs that stand for a place, a time or a manner, that single out or that grade.
PRO_ADVERBS = _words(
    "again already also else elsewhere even ever here however just now only so still then there",
    "thus too very yet",
)
QUESTION_WORDS = _words(
    "how what whatever when whence where whether which who whom whose why",
)
NEGATIONS = _words("cannot n't neither never no nobody none nor not nothing nowhere without")
#: What the tokens of contractions are: ca n't, they 're, wo n't.
CONTRACTIONS = _words("'d 'll 'm 're 's 've ca n't sha wo")

#: Endings of ordinals in figures: 1st, 2nd, 3rd, 4th, French 1er.
ORDINAL_ENDINGS = _words("er nd rd st th")
#: Prefixes that a hyphen ties to any word or number: mid-20, pre-1990, non-5G.
PREFIXES = _words(
    "ante anti ex mid mini multi non over post pre pro quasi semi sub super ultra under"
)
#: Endings that make a multiple of a number: tenfold.
MULTIPLYING = _words("fold")
#: Endings of inflection.
ENDINGS = _words("ed er es est ies ing ly")

#: Particles of names in the languages whose names the press writes: de Gaulle, bin Salman.
NAME_PARTICLES = _words("al bin da de del den der di dos el ibn la le van von")
#: "And" between two names, in the languages of bylines.
FOREIGN_CONJUNCTIONS = _words("et und y")
#: Prepositions and articles beside dates in those languages: den 5. Mai, el 5 de mayo, vom 5. Mai.
FOREIGN_PREPOSITIONS = _words("am de del den el le um vom")

CLOSED = frozenset().union(
    PREPOSITIONS,
    COMPLEX_PREPOSITIONS,
    POSTPOSITIONS,
    CONJUNCTIONS,
    DETERMINERS,
    PRONOUNS,
    AUXILIARIES,
    PARTICLES,
    PRO_ADVERBS,
    QUESTION_WORDS,
    NEGATIONS,
    CONTRACTIONS,
    ORDINAL_ENDINGS,
    PREFIXES,
    MULTIPLYING,
    ENDINGS,
    NAME_PARTICLES,
    FOREIGN_CONJUNCTIONS,
    FOREIGN_PREPOSITIONS,
)
