"""Whether a count or a sum is a total so far or new, so that nobody adds up what holds the other.

A total so far says so (so far, to date, since January) or is the level of one (the toll rose to
40); of those to whom something happened also "in all" and "a total of" say it, which of other
things tell a plain sum (a total of 40 films). What is new says so (another 12, 9 more, overnight)
or happened on a day. Neither is assumed.
"""

from __future__ import annotations

from itertools import pairwise

from transforms.events.en.when import Dated
from transforms.events.scene import Scene
from transforms.events.tree import Tree
from transforms.figures.en.changes import change_words
from transforms.figures.en.lasting import of_window, since_event, up_to_now
from transforms.figures.en.number_words import number_words
from transforms.figures.quantity import Figure, Role
from transforms.words import time_words, words

#: What says that a number is a total so far, and what that it is a sum: its first word, and what
#: may follow it.
_SO_FAR = {"so": ("far",), "thus": ("far",), "to": ("date",)}
_SUM = {"in": ("all",), "all": ("told",)}
_MORE = frozenset(("more", "others"))
#: What stands before the number of all there are, before a rank, and between a count and the
#: time it is for.
_WHOLE = frozenset(("all", "both"))
_RANK = frozenset(("first", "last"))
#: Who has what lies in time itself: its run to date.
_OWN = frozenset(("PRP$", "POS"))
_EACH = frozenset(("a", "an", "each", "every", "per"))
#: What says anywhere in a clause that something is told of each of many.
_EVERY = frozenset(("each", "every"))
#: How far behind a count the time may stand that it is for.
_FAR = 6
#: Tags of what is the most or least.
_MOST = ("JJS", "RBS")
_COMPARED = ("JJR", "RBR")
#: The end of what is quoted.
_CLOSED = "”"
#: How a number whose noun is understood hangs on its verb: sickened more than 3,600 since May.
_ARGUMENTS = frozenset(("dobj", "nsubj", "nsubjpass"))
#: What parts a number from what is said of something else.
_PARTING = frozenset(("%", "percent", "“", "”", '"', "–", "—", "--"))
#: What stands before the end of a move.
_ENDS = frozenset(("to", "at"))
#: Days from which on a level is that of a period (the number of cases rose to 298 in 2019).
_PERIOD = 6
#: Days that something new happened on at most.
_DAYS = 2


def is_cumulative(
    scene: Scene, figure: Figure, number: int, token: int, date: Dated | None, *, happened: bool
) -> bool | None:
    """True for a total so far, False for what is new, None where the text does not say.

    ``number`` is the token of the number, ``token`` that of what it counts; ``happened`` tells
    that something happened to what is counted.
    """
    tree = scene.tree
    verb = _verb_over(tree, token)
    if _is_new(scene, number):
        return False
    beside = tree.head[number] == token
    base = scene.is_whole(token) and beside  # 31 of the 47 boards
    part = base or "-" in tree.lower[number + 1 : number + 2]
    part = part or _is_whole_set(tree, number) or _is_rate(tree, token, verb)
    part = part or _of_last(tree, number)
    own = not part and _is_argument(tree, token, verb)
    moved = tree.dep[token] == "pobj" and tree.lower[tree.head[token]] in _ENDS
    # Not: inflows so far this year lifted reserves to 8 billion.
    if own and (happened or not moved) and _says_total(tree, verb, token, happened=happened):
        return True
    if own and of_window(tree, verb, date):
        return False
    long = date is not None and (date.end - date.start).days >= _PERIOD
    published = scene.times.published
    over = long and date is not None and published is not None and date.end < published
    if not over and _of_total(scene, number, figure, happened=happened):
        return True
    if not long and _level(scene, verb, number, figure, happened=happened):
        return True
    known = scene.is_known(token) and beside  # the three firms have worked since May
    since = own and not known and "/" not in figure.unit.code
    # Not: supply has fallen to 18 million since 1980, which is a level and no total.
    since = since and (happened or not moved)
    # Not: married since 1997 with two sons, Tom, 31, and Max, 27.
    bare = token == number and figure.unit.code == "1" and tree.dep[token] not in _ARGUMENTS
    # Nor: it has employed no more than 120 since 2016, which bounds a level.
    since = since and (happened or not (bare or figure.qualifier == "at_most"))
    if since and date is None and not bare and not moved and since_event(tree, verb):
        return True
    since = since and date is not None and date.end == published and _since(tree, verb, token)
    if since and date is not None and (date.end - date.start).days >= _DAYS:
        return True
    if happened and own and not known and up_to_now(tree, verb, date, published):
        return True
    if not happened or date is None or (date.end - date.start).days >= _DAYS:
        return None
    past = tree.tag[verb] == "VBD" or any(
        tree.tag[c] == "VBD" for c in tree.children[verb] if tree.dep[c] in ("aux", "auxpass")
    )
    return False if past and tree.lemma[verb] not in words("events.level") else None


def _is_argument(tree: Tree, token: int, verb: int) -> bool:
    """Whether what is counted is the verb's own: 300 were held, it rose to 300; not: bids for 300
    shops."""
    chain = tree.up(token)
    over = chain[: chain.index(verb)]
    level = tree.lemma[verb] in words("events.level") | words("events.setting_level")
    return all(
        tree.dep[i] != "prep"
        or (tree.lower[i] == "of" and _is_number(tree, tree.head[i]))
        or (level and i == over[-1] and tree.lower[i] in _ENDS)
        for i in over
    )


def _is_number(tree: Tree, token: int) -> bool:
    """Whether a token is a number of what follows "of": 300 of them, dozens of men."""
    word = tree.lower[token]
    several = word in number_words("plural") or word in number_words("plural_of")
    return several or tree.tag[token] == "CD"


def _parts(tree: Tree, verb: int, k: int) -> bool:
    """Whether a token between a number and "so far" shows that it is said of something else: the
    most that there was, a share, a quotation, an aside, those found so far."""
    other = tree.is_verb(k) and tree.dep[k] == "acl" and k != verb
    return other or tree.tag[k] in _MOST or tree.lower[k] in _PARTING


def _is_whole_set(tree: Tree, number: int) -> bool:
    """Whether a number is that of all there are, or a rank: all four answers, top three hits."""
    before = tree.lower[number - 1 : number]
    return not (_WHOLE | _RANK | words("figures.rank")).isdisjoint(before)


def _of_last(tree: Tree, number: int) -> bool:
    """Whether a number is of those within a window that moves on: nine of their last 14 games."""
    after = tree.lower[number + 1 : number + 1 + _FAR]
    return after[:1] == ["of"] and not time_words("LAST").isdisjoint(after)


def _is_rate(tree: Tree, token: int, verb: int) -> bool:
    """Whether what is counted comes again and again or is that of so many: 1,200 calls a week, 70
    killed each year, 5 deaths for every 1,000 births, two goals in every game, nine on average."""
    clause = range(tree.left_edge(verb), tree.right_edge(verb) + 1)
    if any(
        (tree.lower[i] in _EVERY or tree.lemma[i] in words("figures.average"))
        and _verb_over(tree, i) == verb
        for i in clause
    ):
        return True
    after = tree.lower[token + 1 : token + 1 + _FAR]
    units = time_words("UNIT")
    timed = any(word in _EACH and unit in units for word, unit in pairwise(after))
    return timed or (after[:1] == ["for"] and after[1:2] != [] and after[1] in _EACH)


def _says_total(tree: Tree, verb: int, token: int, *, happened: bool) -> bool:
    """So far, to date; of what ``happened`` also in all, in total, altogether: in the clause
    itself, not in one inside it, and not of the most that there was (the hottest year so far)."""
    opening = _SO_FAR.keys() | (words("figures.altogether") | _SUM.keys() if happened else set())
    return any(
        tree.lower[i] in opening
        and _is_total(tree, i)
        and _verb_over(tree, i) == verb
        and not any(_parts(tree, verb, k) for k in range(token + 1, i))
        and not _belongs_before(tree, i, token, verb)
        for i in range(tree.left_edge(verb), tree.right_edge(verb) + 1)
    )


def _belongs_before(tree: Tree, i: int, token: int, verb: int) -> bool:
    """Whether "so far" is said of what stands right before it and not of the number: of the 600
    found so far only 40; its run to date."""
    if i == 0:
        return False
    if verb < token and any(tree.dep[k] == "appos" for k in range(token + 1, i)):
        return True  # sold 40 ships, the first of three firms so far
    before = i - 1
    if i < token and tree.tag[before] == "VBN":
        return tree.child(before, "aux", "auxpass") is None
    if tree.tag[before] in _COMPARED or _CLOSED in tree.lower[i:token]:
        return True  # down 40 points, 3% lower so far; "the best so far", said one
    owned = any(tree.tag[c] in _OWN for c in tree.children[before])
    return tree.pos[before] == "NOUN" and owned and before != token


def _is_total(tree: Tree, i: int) -> bool:
    word, after = tree.lower[i], tree.lower[i + 1 : i + 2]
    if word in words("figures.altogether"):
        # Not: an overall plan; was axed altogether; did better overall.
        said = i > 0 and (tree.pos[i - 1] == "VERB" or tree.tag[i - 1] in _COMPARED)
        return tree.pos[i] == "ADV" and not said
    if not after:
        return False
    if word == "in" and after[0] in words("figures.in_total"):
        return True
    if after[0] not in {**_SO_FAR, **_SUM}.get(word, ()):
        return False
    # Not: in all 50 states; in all but three of them.
    return after[0] != "all" or tree.lower[i + 2 : i + 3] in ([], [","], ["."], [";"])


def _verb_over(tree: Tree, token: int) -> int:
    chain = tree.up(token)
    return next((i for i in chain if tree.is_verb(i)), chain[-1])


def _since(tree: Tree, verb: int, token: int) -> bool:
    """Since May, since the war began: said of the verb, or of the one that it is joined to, and
    not of a change beside it (653 are homeless, a rise since May)."""
    changes = change_words("noun")
    for i in range(tree.left_edge(verb), tree.right_edge(verb) + 1):
        if tree.lower[i] == "since":
            if tree.dep[i] == "advmod":
                continue  # it rose 5 times and has stood there since
            clause = tree.head[i] if tree.dep[i] == "mark" else i
            beside = tree.head[clause]
            change = tree.lemma[beside] in changes and not tree.is_verb(beside)
            if change and beside not in tree.up(token):
                continue
            over = tree.head[clause] if tree.is_verb(clause) else clause
            over = _verb_over(tree, over)
            # Have drowned or been killed since June, but not: rose, but it has stood since June.
            joined = tree.dep[over] == "conj" and tree.child(over, "nsubj", "nsubjpass") is None
            if verb in (over, tree.head[over] if joined else over):
                return True
    return False


def _is_new(scene: Scene, number: int) -> bool:
    """Another 12, a further 12, 12 more (but not 12 more than)."""
    lower = scene.tree.lower
    new = words("figures.additional")
    before = lower[max(0, number - 2) : number]
    after = lower[number + 1 : number + 3]
    if not new.isdisjoint(before) or "another" in before:
        return True
    return bool(after) and (after[0] in new or after[0] in _MORE) and after[1:] != ["than"]


def _of_total(scene: Scene, number: int, figure: Figure, *, happened: bool) -> bool:
    """Bringing the total to 40; of those to whom something ``happened`` also a total of 40, and
    the number of them (not: raised the number of clubs to 40)."""
    tree = scene.tree
    for i in tree.up(number):
        if tree.dep[i] != "pobj":
            continue
        over = tree.head[tree.head[i]]
        if tree.lower[tree.head[i]] == "of" and tree.lemma[over] in words("figures.sum"):
            return happened
        thing = tree.child(over, "dobj") if tree.is_verb(over) else None
        if tree.lower[tree.head[i]] not in _ENDS or thing is None:
            return False
        named = tree.lemma[thing] in words("figures.sum")
        of = any(tree.lower[c] == "of" for c in tree.children[thing])
        total = happened or not of or figure.unit.code != "1"
        return named and total and tree.lemma[over] in _moving()
    return False


def _moving() -> frozenset[str]:
    """Verbs that bring a sum to a level."""
    return words("events.bringing") | words("events.level") | words("events.setting_level")


def _level(scene: Scene, verb: int, number: int, figure: Figure, *, happened: bool) -> bool:
    """The toll rose to 40, the number of deaths stands at 40; not: the toll rose by 4, and not the
    number of those to whom nothing ``happened`` (the number of clubs stands at 40)."""
    tree = scene.tree
    if (
        "by" in tree.lower[max(0, number - 3) : number]
        or "-" in tree.lower[number + 1 : number + 2]
    ):
        return False  # up by 4; a 10-digit number
    levels = words("events.level") | words("events.setting_level")
    if tree.lemma[verb] not in levels or figure.role is Role.FROM:
        return False
    subject = tree.child(verb, "nsubj", "nsubjpass")
    told = subject is not None and tree.lemma[subject] in words("figures.sum")
    return told and (happened or tree.lemma[subject or 0] in words("events.harm"))
