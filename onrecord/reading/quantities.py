"""Numbers tied to an event: the dead, injured, arrested, displaced, missing, taking part; money, votes, counts.

Bounds: "at least 12" is (12, none), "up to 12" (none, 12), "dozens" (24, 99), "between 10 and 15" (10, 15).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.model import Quantity
from onrecord.reading.event_lexicon import words
from onrecord.reading.event_tree import Tree

_UNITS = {
    "zero": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "both": 2,
    "a": 1,
    "an": 1,
    "half": 0.5,
}
_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "m": 1e6,
    "bn": 1e9,
    "k": 1e3,
    "mn": 1e6,
    "tn": 1e12,
}
_VAGUE = {
    "dozens": (24.0, 99.0),
    "scores": (40.0, 199.0),
    "hundreds": (200.0, 1_999.0),
    "thousands": (2_000.0, 19_999.0),
    "millions": (2e6, 2e7),
    "billions": (2e9, 2e10),
    "several": (3.0, 9.0),
    "many": (3.0, None),
    "few": (2.0, 9.0),
    "multiple": (2.0, None),
    "numerous": (3.0, None),
    "some": (2.0, None),
    "couple": (2.0, 2.0),
    "dozen": (12.0, 12.0),
    "score": (20.0, 20.0),
}
_NUMBER = re.compile(r"(\d{1,3}(?:[, ]\d{3})+|\d+)(\.\d+)?(m|bn|k|mn|tn|million|billion|trillion)?", re.IGNORECASE)
_LOWER_WORDS = frozenset({"least", "over", "than", "exceeding", "minimum", "above"})
_CURRENCIES = {
    "$": "USD",
    "us$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "a$": "AUD",
    "au$": "AUD",
    "c$": "CAD",
    "dollar": "USD",
    "euro": "EUR",
    "pound": "GBP",
    "yen": "JPY",
    "yuan": "CNY",
    "rupee": "INR",
    "rouble": "RUB",
    "ruble": "RUB",
    "franc": "CHF",
    "peso": "peso",
    "shekel": "ILS",
    "lira": "TRY",
    "naira": "NGN",
    "won": "KRW",
    "rand": "ZAR",
    "krona": "SEK",
    "zloty": "PLN",
}
_DEAD = words()["quantities.dead"]
_KINDS = {
    "injured": frozenset(
        ["injure", "wound", "hurt", "maim", "injured", "wounded", "hospitalize", "hospitalise", "injury"]
    ),
    "arrested": words()["quantities.counted_arrested"],
    "displaced": frozenset(["displace", "flee", "evacuate", "uproot", "evict", "displaced"]),
    "missing": frozenset(["miss", "missing", "disappear", "vanish"]),
    "abducted": frozenset(["abduct", "kidnap", "seize"]),
    "released": frozenset(["release", "free", "liberate"]),
    "participants": words()["quantities.counted_participants"],
}
_NOUN_KINDS = {
    "death": "dead",
    "fatality": "dead",
    "casualty": "casualties",
    "injury": "injured",
    "arrest": "arrested",
    "vote": "votes",
    "ballot": "votes",
    "seat": "seats",
    "protester": "participants",
    "demonstrator": "participants",
    "marcher": "participants",
    "body": "dead",
    "refugee": "displaced",
}
_PEOPLE_EVENTS = frozenset({"kill", "injure", "wound", "arrest", "detain", "displace"})


_TALLIES = frozenset({"number", "count", "tally", "total", "figure"})
_OTHER_TOLLS = frozenset({"injury", "road", "bridge", "motorway", "casualty", "tax"})
_TOLL_PREPS = frozenset({"at", "to", "above", "past", "beyond", "over"})
_TOLL_VERBS = frozenset({"reach", "hit", "exceed", "pass", "top", "near", "total"})
_LIFE_VERBS = frozenset({"claim", "cost", "take", "lose"})


@dataclass(frozen=True, slots=True)
class _Value:
    first: int  # tokens
    last: int
    low: float | None
    high: float | None


def parse_number(text: str) -> float | None:
    """The value of one number word or figure: "1,200", "3.5m", "forty-two"; None if it is none."""
    lower = text.lower().replace("\u00a0", " ")
    if lower in _UNITS:
        return float(_UNITS[lower])
    if lower in _SCALES and len(lower) > 2:
        return _SCALES[lower]
    found = _NUMBER.fullmatch(lower)
    if found and len(lower) < 30:
        whole = float(re.sub(r"[, ]", "", found[1]) + (found[2] or ""))
        return whole * _SCALES.get((found[3] or "").lower(), 1.0)
    parts = lower.split("-")
    if len(parts) == 2 and all(p in _UNITS for p in parts):
        return float(_UNITS[parts[0]] + _UNITS[parts[1]])
    return None


def _cardinal(tree: Tree, i: int) -> tuple[int, int, float] | None:
    """First and last token and value of the number that holds a token: "two hundred and six", "1.5 million"."""
    first = i
    while first > 0 and i - first < 8 and _number_word(tree, first - 1):
        first -= 1
    last = i
    while last + 1 < len(tree) and last - i < 8 and _number_word(tree, last + 1):
        last += 1
    total, current, seen = 0.0, 0.0, False
    for j in range(first, last + 1):
        lower = tree.lower[j]
        if lower in ("and", "-"):
            continue
        if lower in _SCALES and seen:
            if _SCALES[lower] >= 1000:
                total, current = total + max(current, 1.0) * _SCALES[lower], 0.0
            else:
                current = max(current, 1.0) * _SCALES[lower]
            continue
        value = parse_number(lower)
        if value is None:
            continue
        current, seen = current + value, True
    return (first, last, total + current) if seen else None


def _number_word(tree: Tree, i: int) -> bool:
    lower = tree.lower[i]
    if lower in _SCALES:
        return True
    if lower == "-" and 0 < i < len(tree) - 1:
        return tree.lower[i - 1] in _UNITS and tree.lower[i + 1] in _UNITS
    if lower in ("a", "an", "both", "half"):
        return i + 1 < len(tree) and tree.lower[i + 1] in _SCALES
    return tree.pos[i] == "NUM" and parse_number(lower) is not None


def value_at(tree: Tree, i: int) -> _Value | None:
    """The quantity that a token stands in, with bounds from the words before and around it."""
    lower = tree.lower[i]
    if lower in _VAGUE and lower not in ("score",):
        low, high = _VAGUE[lower]
        first = i - 1 if i and tree.lower[i - 1] in ("a", "many", "the") else i
        counted = tree.lower[i - 1] if i else ""
        number = parse_number(counted) if counted not in ("a", "the", "many") else None
        if lower == "dozen" and number:
            return _bounded(tree, i - 1, i, number * 12)
        if i and tree.lower[i - 1] == "no":
            return _Value(i - 1, i, 0.0, 0.0)
        return _Value(first, i, low, high)
    found = _cardinal(tree, i)
    if found is None:
        return None
    first, last, value = found
    return _bounded(tree, first, last, value)


def _bounded(tree: Tree, first: int, last: int, value: float) -> _Value:
    before = [tree.lower[j] for j in range(max(0, first - 4), first)]
    joined = " ".join(before)
    if before and before[-1] in ("and", "to", "or", "-", "–"):
        other = _cardinal(tree, first - 2) if first >= 2 and _number_word(tree, first - 2) else None
        opening = tree.lower[other[0] - 1] if other and other[0] else ""
        if other and (opening in ("between", "from") or before[-1] in ("to", "or", "-", "–")) and other[2] < value:
            return _Value(other[0], last, other[2], value)
    if last + 2 < len(tree) and tree.lower[last + 1] in ("to", "or", "and", "-", "–") and _number_word(tree, last + 2):
        other = _cardinal(tree, last + 2)
        ranged = tree.lower[last + 1] != "and" or (before and before[-1] == "between")
        if other and ranged and other[2] > value and other[0] == last + 2:
            return _Value(first, other[1], value, other[2])
    for opening_words, kind, count in _BOUNDS:
        if joined.endswith(opening_words):
            start = first - count
            return _Value(start, last, *_bound(kind, value))
    if last + 2 < len(tree) and tree.lower[last + 1] == "or":
        after = tree.lower[last + 2]
        if after == "more":
            return _Value(first, last + 2, value, None)
        if after in ("fewer", "less"):
            return _Value(first, last + 2, None, value)
    return _Value(first, last, value, value)


_BOUNDS = (
    ("no more than", "high", 3),
    ("not more than", "high", 3),
    ("no fewer than", "low", 3),
    ("no less than", "low", 3),
    ("not less than", "low", 3),
    ("at least", "low", 2),
    ("at minimum", "low", 2),
    ("more than", "over", 2),
    ("greater than", "over", 2),
    ("fewer than", "under", 2),
    ("less than", "under", 2),
    ("as many as", "high", 3),
    ("as few as", "low", 3),
    ("at most", "high", 2),
    ("up to", "high", 2),
    ("close to", "about", 2),
    ("some", "about", 1),
    ("about", "about", 1),
    ("around", "about", 1),
    ("roughly", "about", 1),
    ("approximately", "about", 1),
    ("an estimated", "about", 2),
    ("estimated", "about", 1),
    ("over", "over", 1),
    ("above", "over", 1),
    ("exceeding", "over", 1),
    ("nearly", "nearly", 1),
    ("almost", "nearly", 1),
    ("under", "under", 1),
    ("below", "under", 1),
    ("only", "equal", 1),
)


def _bound(kind: str, value: float) -> tuple[float | None, float | None]:
    """Low and high; "about" allows a tenth, "nearly" a tenth below."""
    if kind == "low":
        return value, None
    if kind == "over":
        return (value + 1 if value < 1000 and value == int(value) else value), None
    if kind == "high":
        return None, value
    if kind == "under":
        return None, (value - 1 if value < 1000 and value == int(value) else value)
    if kind == "about":
        return round(value * 0.9, 2), round(value * 1.1, 2)
    if kind == "nearly":
        return round(value * 0.9, 2), value
    return value, value


def quantities_of(tree: Tree, text: str, i: int, roles: list[int]) -> tuple[Quantity, ...]:
    """The quantities of the event anchored at a token; ``roles`` are the heads of its participants.

    A number belongs to the event whose participant, object or noun it counts.
    """
    found: dict[int, Quantity] = {}
    for head in _counted(tree, i, roles):
        for at in _numbers_of(tree, head):
            value = value_at(tree, at)
            if value is None:
                continue
            kind, unit = _kind(tree, i, head, at, roles)
            start, end = tree.start[value.first], tree.end[value.last]
            if kind == "money" and value.first and tree.lower[value.first - 1] in _CURRENCIES:
                start = tree.start[value.first - 1]
            found.setdefault(start, Quantity(start, end, text[start:end], kind, value.low, value.high, unit))
    for at in _toll_numbers(tree, i):
        value = value_at(tree, at)
        if value is not None:
            start, end = tree.start[value.first], tree.end[value.last]
            found[start] = Quantity(start, end, text[start:end], "dead", value.low, value.high, _unit(tree, at))
    return tuple(found[k] for k in sorted(found))[:8]


def _toll_numbers(tree: Tree, i: int) -> list[int]:
    """Numbers at which a toll is put ("put the number of dead at nine"): its verb's, its event's, its word's."""
    verb = i
    if tree.dep[i] == "pobj" and _toll(tree, tree.head[tree.head[i]]):
        verb = tree.head[tree.head[tree.head[i]]]
    elif (noun := _toll_of(tree, i)) is not None:
        verb = tree.head[noun]
    elif not any(_toll(tree, k) for k in tree.children(i, "nsubj", "nsubjpass", "dobj")):
        return []
    return _put_at(tree, verb)


def _put_at(tree: Tree, verb: int) -> list[int]:
    """The numbers to which a verb puts its subject or object."""
    after = [k for name, _, k in tree.preps(verb) if name in _TOLL_PREPS]
    after += tree.children(verb, "attr") if tree.lemma[verb] == "be" else []
    after += tree.children(verb, "dobj") if tree.lemma[verb] in _TOLL_VERBS else []
    return [at for k in after for at in _numbers_of(tree, k) if _currency(tree, k, at) is None]


def toll_words(tree: Tree) -> dict[int, int]:
    """The words that tell of deaths in a toll put at a number, each with its verb: the dead of "the number of dead"."""
    found: dict[int, int] = {}
    for k, lemma in enumerate(tree.lemma):
        if lemma != "toll" and lemma not in _TALLIES:
            continue
        verb = tree.head[k]
        argued = tree.dep[k] in ("nsubj", "nsubjpass", "dobj") and tree.pos[verb] in ("VERB", "AUX")
        if argued and _toll(tree, k) and _put_at(tree, verb):
            found[_toll_word(tree, k)] = verb
    return found


def _toll_of(tree: Tree, i: int) -> int | None:
    """The toll that a word tells of the deaths of."""
    k = i
    for _ in range(4):
        if (tree.lemma[k] == "toll" or tree.lemma[k] in _TALLIES) and _toll(tree, k):
            return k if _toll_word(tree, k) == i else None
        k = tree.head[k]
    return None


def _toll_word(tree: Tree, k: int) -> int:
    """ "death" of "the death toll", "dead" of "the number of dead", "killed" of "of people killed"; else the toll."""
    of = [j for name, _, j in tree.preps(k) if name == "of"]
    near = [m for j in of for m in (j, *tree.children(j, "acl", "relcl"))]
    near += [j for j in tree.kids[k] if tree.dep[j] in ("compound", "amod", "nmod")]
    return next((m for m in near if tree.lemma[m] in _DEAD), k)


def _toll(tree: Tree, k: int) -> bool:
    """ "the toll", "the death toll", "the number of dead", "the tally of people killed", "the body count"."""
    before = [tree.lemma[j] for j in tree.kids[k] if tree.dep[j] in ("compound", "amod", "nmod")]
    if tree.lemma[k] == "toll":
        return not any(lemma in _OTHER_TOLLS for lemma in before)
    if tree.lemma[k] not in _TALLIES:
        return False
    of = [j for name, _, j in tree.preps(k) if name == "of"]
    killed = any(tree.lemma[m] in _DEAD for j in of for m in (j, *tree.children(j, "acl", "relcl")))
    return killed or any(lemma in ("death", "body", "fatality") for lemma in before)


def _counted(tree: Tree, i: int, roles: list[int]) -> list[int]:
    heads = [i, *roles]
    for k in tree.children(i, "dobj", "nsubj", "nsubjpass", "npadvmod", "attr", "oprd", "dative", "acomp"):
        heads += [c for c in tree.conjuncts(k) if c not in heads]
    for name, _, k in tree.preps(i):
        if name in ("of", "by", "for", "to", "from", "at", "with", "in") and k not in heads:
            heads.append(k)
    return heads


def _numbers_of(tree: Tree, head: int) -> list[int]:
    """Number tokens that count a noun: "12 people", "dozens of people", "the 12", "no one"."""
    found = [head] if tree.pos[head] == "NUM" or tree.lower[head] in _VAGUE else []
    if tree.lower[head] in ("%", "percent", "per cent") or tree.lemma[head] in ("percent", "dollar", "euro", "pound"):
        found += [k for k in tree.kids[head] if tree.pos[k] == "NUM"]
    for k in tree.kids[head]:
        if (
            (tree.dep[k] == "nummod" and tree.entity[k] not in ("DATE", "TIME", "ORDINAL"))
            or (tree.dep[k] in ("quantmod", "compound", "amod", "nmod") and tree.lower[k] in _VAGUE)
            or (tree.lower[k] in ("million", "billion") and tree.dep[k] in ("nummod", "quantmod"))
        ):
            found.append(k)
    return [k for k in found if tree.entity[k] not in ("DATE", "TIME")]


def _kind(tree: Tree, i: int, head: int, at: int, roles: list[int]) -> tuple[str, str | None]:
    lemma, near = tree.lemma[head], tree.lower[at - 1] if at else ""
    currency = _currency(tree, head, at)
    if currency:
        return "money", currency
    if tree.lower[head] in ("%", "percent") or (at + 1 < len(tree) and tree.lower[at + 1] in ("%", "percent", "per")):
        return "percent", "%"
    if lemma in _NOUN_KINDS and near != "$":
        return _NOUN_KINDS[lemma], lemma
    if tree.lemma[i] in _LIFE_VERBS:
        lives = [k for k in tree.children(i, "dobj", "nsubjpass") if tree.lemma[k] == "life"]
        if head in lives or (lives and tree.lemma[i] == "lose" and tree.dep[head] == "nsubj"):
            return "dead", "person" if head in lives else _unit(tree, head)
    if head in roles or head == i or tree.dep[head] in ("nsubj", "nsubjpass", "dobj", "conj"):
        for word in (tree.lemma[i], tree.lower[i]):
            if word in _DEAD and _patient(tree, i, head):
                return "dead", _unit(tree, head)
            for kind, lemmas in _KINDS.items():
                if word in lemmas and (_patient(tree, i, head) or kind in ("participants", "displaced", "missing")):
                    return kind, _unit(tree, head)
    return "count", _unit(tree, head)


def _patient(tree: Tree, i: int, head: int) -> bool:
    """Does the event befall what is counted, rather than being done by it?"""
    if tree.lemma[i] in ("die", "perish", "drown", "death", "dead", "injured", "wounded", "suffocate", "starve"):
        return True
    if head == i:
        return True
    top = head
    for _ in range(6):
        if tree.dep[top] != "conj":
            break
        top = tree.head[top]
    if tree.dep[top] == "nsubj" and tree.head[top] == i:
        return tree.tag[i] == "VBN" and tree.child(i, "dobj") is None and tree.child(i, "aux") is None
    return tree.dep[top] != "pobj" or tree.lower[tree.head[top]] != "by"


def _unit(tree: Tree, head: int) -> str | None:
    if tree.pos[head] == "NUM" or tree.lower[head] in _VAGUE:
        inner = next((k for name, _, k in tree.preps(head) if name == "of"), None)
        return tree.lemma[inner] if inner is not None else None
    return tree.lemma[head]


def _currency(tree: Tree, head: int, at: int) -> str | None:
    for j in (at - 1, at - 2, at - 3):
        if j >= 0 and tree.lower[j] in _CURRENCIES and not tree.lower[j].isalpha():
            return _CURRENCIES[tree.lower[j]]
    if tree.lemma[head] in _CURRENCIES:
        return _CURRENCIES[tree.lemma[head]]
    for k in tree.kids[head]:
        if tree.lower[k] in _CURRENCIES and not tree.lower[k].isalpha():
            return _CURRENCIES[tree.lower[k]]
    return None
