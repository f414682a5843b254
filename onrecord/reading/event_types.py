"""Types of event mentions: PLOVER where it fits, else onrecord's own scheme for general news, else none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from onrecord.model import PLOVER_QUADS
from onrecord.reading.event_anchors import STATES, Anchor
from onrecord.reading.event_lexicon import Pattern, Typing, codes, patterns, title_stem, wanted, words
from onrecord.reading.event_tree import Tree
from onrecord.reading.participants import subject

_REFINED = {
    ("THREATEN", "ASSAULT"): "138",
    ("THREATEN", "SANCTION"): "1312",
    ("THREATEN", "COERCE"): "132",
    ("THREATEN", "PROTEST"): "133",
    ("THREATEN", "RETREAT"): "131",
    ("REQUEST", "AID"): "103",
    ("REQUEST", "RETREAT"): "1056",
    ("REQUEST", "CONSULT"): "106",
    ("REQUEST", "CONCEDE"): "104",
    ("REQUEST", "COOPERATE"): "101",
    ("REJECT", "CONSULT"): "125",
    ("REJECT", "AID"): "122",
    ("REJECT", "RETREAT"): "1246",
    ("REJECT", "CONCEDE"): "123",
    ("REJECT", "COOPERATE"): "121",
    ("AGREE", "CONSULT"): "036",
    ("AGREE", "AID"): "033",
    ("AGREE", "RETREAT"): "0356",
    ("AGREE", "COOPERATE"): "031",
    ("AGREE", "CONCEDE"): "034",
}
_HARM = {"kill": "DEATH", "injure": "INJURY", "wound": "INJURY", "hurt": "INJURY"}
_ACTORS = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_FORCES = frozenset({"DISASTER", "ACCIDENT", "HEALTH"})
_COLLISIONS = frozenset({"hit", "strike", "kill", "injure"})  # by a car that nobody is said to have used as a weapon
_BEATING = frozenset(
    {"win", "lose", "draw", "beat", "thrash", "crush", "hammer", "rout", "edge", "stun", "down", "overcome", "sink"}
)
_SCORE = re.compile(r"\d{1,3}[-–]\d{1,3}")
_CARRIERS = words()["event_types.carriers"]
_LABOUR = words()["event_types.labour"]
_BASE = {"130": "THREATEN", "100": "REQUEST", "120": "REJECT", "030": "AGREE"}
STRIKE = "strike"
_ANY, _DIRECT = ("*", "=", "!"), "="  # what a pattern may ask for: any object, a direct one, none; its mark
_OCCUPIED, _KILLINGS, _HOSTED = "192", "180", "043"
_COMPETITORS = frozenset({"competitor", "rival"})
_WALKOUT, _CRITICISM = "143", "111"
_FAR, _LIKELY = 250.0, 0.5  # how much likelier than the lexicon's another type must be, and how likely
_FIGURATIVE, _CRITICAL, _UNDECIDED = 0.08, 0.4, 0.35  # at most ASSAULT; at least ACCUSE; at most any type
# PLOVER's coders give what is willed, refused or threatened the type of the will; here the status says it.
_STANCES = frozenset({"AGREE", "REJECT", "REQUEST", "THREATEN"})
# The plainest code of each type.
_PLAIN = {
    "AGREE": "030",
    "CONSULT": "040",
    "SUPPORT": "050",
    "COOPERATE": "060",
    "AID": "070",
    "CONCEDE": "080",
    "RETREAT": "084",
    "REQUEST": "100",
    "ACCUSE": "110",
    "REJECT": "120",
    "THREATEN": "130",
    "PROTEST": "140",
    "MOBILIZE": "150",
    "SANCTION": "160",
    "COERCE": "170",
    "ASSAULT": "190",
}


def type_of(tree: Tree, anchor: Anchor) -> Typing | None:
    """What the lexicon makes of an anchor with its particles, prepositions and objects; None if it has no type."""
    i = anchor.token
    if anchor.kind == "speech":
        return _speech(tree, i)
    if anchor.kind == "light":
        return None
    if anchor.kind == "toll":
        return codes()["DEATH"]
    if anchor.kind == "adjective":
        return codes().get(STATES.get(tree.lower[i], ""))
    if anchor.kind == "noun":
        found = _best(tree, i, _noun_keys(tree, i), "n", _noun_objects(tree, i))
        if found is not None and found.code == "195" and tree.lemma[i] == STRIKE and _of_labour(tree, i):
            return labour_strike()
    elif anchor.kind == "title":
        after = [tree.lemma[j] for j in range(i + 1, min(i + 6, len(tree)))]
        found = _best(tree, i, [title_stem(tree.lower[i]) or ""], "v", after)
    else:
        found = _best(tree, i, _verb_keys(tree, i), "v", objects(tree, i), _subjects(tree, i))
        if (tree.lemma[i] == "call" and _dialled(tree, i)) or _left_so(tree, i):
            return None
        if found is None and tree.lemma[i] == "call" and _phoned(tree, i):
            return codes()["041"]
        if found is not None and _violent(found) and (force := _force(tree, i)) is not None:
            return codes()[_HARM.get(tree.lemma[i], force)]
        if found is not None and tree.lemma[i] == STRIKE and _by_labour(tree, i):
            return labour_strike()
        if found is not None and found.code == _OCCUPIED and _between_firms(tree, i):
            return codes()["DEAL"]
        if tree.lemma[i] in _BEATING and _scored(tree, i):
            return codes()["SPORT"]
    if found is None and anchor.kind == "noun" and tree.lemma[i] in _CARRIERS:
        found = _by_modifier(tree, i)
    if found is None or found.code not in codes():
        return None
    return codes()[_refined(tree, i, found.code)]


def deaths(lemma: str) -> Typing | None:
    """ "Nine people were killed", in a report of a fire: deaths or injuries that nobody dealt."""
    return codes()[_HARM[lemma]] if lemma in _HARM else None


def killings() -> Typing:
    """Deaths in a report of an attack."""
    return codes()[_KILLINGS]


def labour_strike() -> Typing:
    """A strike of workers."""
    return codes()[_WALKOUT]


def reception() -> Typing:
    """A visit, told of whoever receives the visitor."""
    return codes()[_HOSTED]


def weighed(typing: Typing, chances: Mapping[str, float]) -> Typing | None:
    """The lexicon's PLOVER type, unless the encoder, which reads the whole sentence, finds another far likelier.

    Words of violence that the encoder takes for none are figures of speech: criticism, or no event of a type.
    ``chances`` are the encoder's, by type. Another type is given by the plainest code that has it. How far was set on
    the part of PLV that no training saw.
    """
    if typing.scheme != "plover" or not chances:
        return typing
    likeliest = max(chances, key=lambda name: chances[name])
    if typing.type == "ASSAULT" and chances["ASSAULT"] < _FIGURATIVE:
        if likeliest == "ACCUSE" and chances[likeliest] >= _CRITICAL:
            return codes()[_CRITICISM]
        if chances[likeliest] < _UNDECIDED:
            return None
    if likeliest == typing.type or (likeliest in _STANCES and typing.type not in _STANCES):
        return typing
    if chances[likeliest] < _LIKELY or chances[likeliest] < _FAR * chances.get(typing.type, 0.0):
        return typing
    return codes()[_PLAIN[likeliest]]


def _violent(found: Pattern) -> bool:
    known = codes().get(found.code)
    return known is not None and known.type == "ASSAULT"


def _force(tree: Tree, i: int) -> str | None:
    """The code of the disaster, accident or disease that did it: nobody attacks in "the fire killed three".

    As the subject, also of the clause that a participle or a second predicate hangs on ("the ferry sank, killing
    three"); as what a passive is by, and for harm what it came about in ("killed in a fire", "when a bus overturned").
    """
    passive = tree.tag[i] == "VBN" and tree.child(i, "dobj") is None
    came_in = ("in", "during", "after") if passive and tree.lemma[i] in _HARM else ()
    nouns = [k for name, _, k in tree.preps(i) if name == "by" or name in came_in]
    if tree.child(i, "auxpass") is None:
        nouns += _done_by(tree, i)
    verbs = _clauses_of(tree, i) if came_in else []  # "killed when a plane crashed"
    shares = not passive and not nouns and tree.child(i, "nsubj") is None
    if shares and (tree.dep[i] == "conj" or (tree.dep[i] == "advcl" and tree.tag[i] == "VBG")):
        verbs.append(tree.head[i])
    if tree.lemma[i] in _COLLISIONS and any(wanted("vehicle", tree.lemma[k]) for k in nouns):
        return "ACCIDENT"
    held = [*(_force_noun(tree, k) for k in nouns), *(_code_of_verb(tree, k) for k in verbs if not _willed(tree, k))]
    if shares and verbs and tree.head[i] != i:
        held.append(_force(tree, tree.head[i]))
    return next((code for code in held if code in _FORCES), None)


def _willed(tree: Tree, k: int) -> bool:
    """ "Israel floods the fields, destroying": what a named actor does to something is no disaster."""
    who = tree.child(k, "nsubj")
    return who is not None and tree.entity[who] in _ACTORS and tree.child(k, "dobj") is not None


def _clauses_of(tree: Tree, i: int) -> list[int]:
    """Adverbial clauses, also where the parser takes "when a bus overturned" for an overturned bus."""
    found = tree.children(i, "advcl")
    return found + [v for k in found if tree.pos[k] == "NOUN" for v in tree.children(k, "acl")]


def _done_by(tree: Tree, i: int) -> list[int]:
    """A verb's subjects; what a relative pronoun or a participle without a subject belongs to."""
    subjects = tree.children(i, "nsubj")
    if tree.dep[i] == "relcl" and subjects and tree.lower[subjects[0]] in ("which", "that", "who"):
        return [tree.head[i]]
    return [tree.head[i]] if not subjects and tree.dep[i] == "acl" and tree.tag[i] == "VBG" else subjects


def _force_noun(tree: Tree, k: int) -> str | None:
    known = _best(tree, k, _noun_keys(tree, k), "n", [])
    return known.code if known is not None else "HEALTH" if wanted("disease", tree.lemma[k]) else None


def _code_of_verb(tree: Tree, k: int) -> str | None:
    known = _best(tree, k, _verb_keys(tree, k), "v", objects(tree, k), _subjects(tree, k))
    return known.code if known is not None else None


def _by_labour(tree: Tree, i: int) -> bool:
    """ "The union struck at the mill": workers or their union, who hit nobody."""
    return tree.child(i, "dobj", "nsubjpass") is None and any(w in _LABOUR for w in _subjects(tree, i))


def _between_firms(tree: Tree, i: int) -> bool:
    """ "Brandel Mills took over its competitor": a firm that acts on a firm buys it."""
    whom = tree.child(i, "dobj")
    who = subject(tree, i)
    if whom is None or who is None:
        return False
    # "Its competitor Pellow Shipping": who has competitors is a firm, whatever a tagger takes its name for.
    if any(tree.lemma[k] in _COMPETITORS for k in (whom, *tree.children(whom, "compound", "appos", "nmod"))):
        return True
    return tree.entity[who] == "ORG" and (tree.entity[whom] == "ORG" or wanted("firm", tree.lemma[whom]))


def _scored(tree: Tree, i: int) -> bool:
    """ "beat Oskan 3-1": a score stands behind the verb, in its sentence."""
    for j in range(i + 1, min(i + 12, len(tree) - 1)):
        if tree.sentence[j] != tree.sentence[i]:
            return False
        if _SCORE.fullmatch(tree.word[j]):
            return True
        if tree.word[j] in ("-", "–") and tree.word[j - 1].isdigit() and tree.word[j + 1].isdigit():
            return True
    return False


def _phoned(tree: Tree, i: int) -> bool:
    """ "called the minister": a person or a state, and nothing that they are called."""
    whom = tree.child(i, "dobj")
    named = whom is not None and tree.entity[whom] in ("PERSON", "ORG", "GPE")
    return named and tree.child(i, "oprd", "ccomp", "attr") is None


def _dialled(tree: Tree, i: int) -> bool:
    """ "For tickets call 555-0133": a service to readers."""
    what = tree.child(i, "dobj", "npadvmod", "nummod")
    return what is not None and tree.tag[what] == "CD"


def _left_so(tree: Tree, i: int) -> bool:
    """ "left the town silent": nobody goes, something becomes so."""
    return tree.lemma[i] == "leave" and tree.child(i, "oprd", "acomp", "ccomp") is not None


def _by_modifier(tree: Tree, i: int) -> Pattern | None:
    """ "a mediation effort", "a rescue operation": the type of what modifies the noun."""
    for k in tree.children(i, "compound", "amod"):
        found = _best(tree, k, [tree.lemma[k]], "n", [])
        if found is not None:
            return found
    return None


def _of_labour(tree: Tree, i: int) -> bool:
    """A strike of workers, by the words of its sentence."""
    number, last = tree.sentence[i], len(tree)
    low, high = max(0, i - 40), min(last, i + 40)
    return any(tree.lemma[j] in _LABOUR for j in range(low, high) if tree.sentence[j] == number)


def _speech(tree: Tree, i: int) -> Typing | None:
    """A predicate of speech is an act of its own where its words make it one.

    By its object ("declared a ceasefire"), or by what it says: "said it would release them" agrees, "said it will not
    lift the ban" rejects, "said he would attack" threatens, "said Spain must leave" demands.
    """
    found = _best(tree, i, _verb_keys(tree, i), "v", objects(tree, i))
    if found is not None and found.wants:
        return codes().get(found.code)
    inner = tree.child(i, "ccomp")
    if inner is None:
        return None
    code = _act(tree, i, inner)
    return codes()[_with(code, _kind_of(tree, inner))] if code else None


def _act(tree: Tree, i: int, inner: int) -> str | None:
    auxiliaries = {tree.lower[k] for k in tree.children(inner, "aux")}
    found = _best(tree, inner, _verb_keys(tree, inner), "v", objects(tree, inner))
    typed = codes().get(found.code) if found else None
    kind = typed.type if typed else None
    own = _same_speaker(tree, i, inner)
    negated = tree.child(inner, "neg") is not None
    if own and auxiliaries & {"will", "would", "'ll", "wo"}:
        if negated:
            return "120" if kind not in ("ASSAULT", "COERCE", "SANCTION", "PROTEST") else "030"
        if kind is not None and kind in PLOVER_QUADS:
            return "030" if PLOVER_QUADS[kind] <= 2 else "130" if PLOVER_QUADS[kind] == 4 else None
        return None
    if not own and not negated and auxiliaries & {"must", "should"}:
        return "100"
    if not own and tree.lemma[inner] == "be":
        said = [tree.lower[k] for k in tree.children(inner, "acomp", "attr", "prep")]
        return "112" if set(said) & {"responsible", "guilty", "behind"} and not negated else None
    return None


def _kind_of(tree: Tree, k: int) -> str | None:
    found = _best(tree, k, _verb_keys(tree, k), "v", objects(tree, k))
    typing = codes().get(found.code) if found else None
    if typing is None:
        for noun in tree.children(k, "dobj"):
            known = _best(tree, noun, _noun_keys(tree, noun), "n", [])
            typing = codes().get(known.code) if known else None
    return typing.type if typing else None


def _with(code: str, kind: str | None) -> str:
    return _REFINED.get((_BASE.get(code, ""), kind or ""), code)


def _same_speaker(tree: Tree, i: int, inner: int) -> bool:
    """ "The firm said it will pay": is the clause about the speaker?"""
    who = tree.child(inner, "nsubj", "nsubjpass")
    if who is None:
        return True
    if tree.lower[who] in ("it", "he", "she", "they", "we", "i"):
        return True
    owner = tree.child(who, "poss")
    if owner is not None and tree.lower[owner] in ("its", "his", "her", "their", "our", "my"):
        return True
    speaker = tree.child(i, "nsubj")
    return speaker is not None and tree.lemma[speaker] == tree.lemma[who]


def _best(
    tree: Tree, i: int, keys: list[str], part: str, lemmas: list[str], subjects: Sequence[str] = ()
) -> Pattern | None:
    """What the lexicon makes of a word by its longest pattern that fits; ``keys`` are the word and what is with it."""
    table, best, score = patterns(part), None, 0
    for key in keys:
        length = 1 + 2 * (key.count(" ") + key.count("+"))
        for pattern in table.get(key, ()):
            worth = length
            if pattern.wants:
                if not _asked_for(pattern.wants, lemmas):
                    continue
                worth += 3
            if pattern.about:
                if not _asked_for(pattern.about, [*lemmas, *subjects]):
                    continue
                worth += 3
            if worth > score and (pattern.topic is None or tree.speaks_of(pattern.topic, i)):
                best, score = pattern, worth
    return best


def _subjects(tree: Tree, i: int) -> list[str]:
    """Lemmas of what a verb is said of: "the price of oil rose 3 percent" is said of prices, oil and percents."""
    lemmas: list[str] = []
    for k in tree.children(i, "nsubj", "nsubjpass"):
        inside = tree.conjuncts(k)
        inside += [m for c in inside[:3] for m in tree.children(c, "compound", "amod", "nmod")]
        inside += [inner for name, _, inner in tree.preps(k) if name in ("of", "in", "for", "on")]
        lemmas += [tree.lemma[c] for c in inside]
    if tree.dep[i] in ("acl", "relcl", "amod"):
        lemmas.append(tree.lemma[tree.head[i]])
    lemmas += [tree.lemma[k] for k in tree.children(i, "npadvmod", "advmod")]
    return lemmas


def _noun_objects(tree: Tree, i: int) -> list[str]:
    """Lemmas of what an event noun is of: its phrases and its modifiers, and the noun that it modifies."""
    lemmas = [tree.lemma[k] for k in tree.children(i, "compound", "amod", "nmod", "poss", "nummod")]
    for name, _, k in tree.preps(i):
        if name in ("of", "in", "for", "on", "to"):
            lemmas += [tree.lemma[k], *(tree.lemma[m] for m in tree.children(k, "compound", "amod", "nmod"))]
    return lemmas


def _asked_for(wants: str, lemmas: list[str]) -> bool:
    if wants in _ANY:
        return bool(lemmas) if wants == "*" else (_DIRECT in lemmas) == (wants == "=")
    return any(wanted(wants, lemma) for lemma in lemmas)


def objects(tree: Tree, i: int) -> list[str]:
    """Lemmas of a verb's objects: direct, of its prepositions, the subject if it is passive, and infinitives."""
    lemmas: list[str] = []
    for k in tree.children(i, "dobj", "nsubjpass", "oprd", "acomp"):
        lemmas += _of_kind(tree, tree.conjuncts(k))
        lemmas += [tree.lemma[m] for m in tree.children(k, "compound")]
    if tree.child(i, "dobj", "nsubjpass") is not None:
        lemmas.append(_DIRECT)
    for name, _, k in tree.preps(i):
        if tree.entity[k] in ("DATE", "TIME"):
            continue
        if name in ("for", "of", "on", "to", "from", "in", "with", "out", "against", "at", "into"):
            lemmas += _of_kind(tree, tree.conjuncts(k))
    lemmas += [tree.lemma[k] for k in tree.children(i, "xcomp", "ccomp")]
    if tree.dep[i] in ("acl", "relcl") and tree.tag[i] in ("VBN", "VBD"):
        lemmas.append(tree.lemma[tree.head[i]])
    return lemmas


def _of_kind(tree: Tree, tokens: Sequence[int]) -> list[str]:
    """Lemmas of words, and of names what is named so: "=GPE", "=NAME" where nothing is known of it."""
    names = [c for c in tokens if tree.entity[c] or tree.pos[c] == "PROPN"]
    return [tree.lemma[c] for c in tokens] + [f"={tree.entity[c] or 'NAME'}" for c in names]


def _verb_keys(tree: Tree, i: int) -> list[str]:
    """The verb alone and with what its patterns may name: particles, prepositions, objects, infinitives."""
    lemma = tree.lemma[i]
    passive = tree.tag[i] == "VBN" and tree.dep[i] not in ("acl", "amod")  # not "an ape named Tobo"
    keys = [lemma, f"be {tree.lower[i]}"] if passive else [lemma]
    particles = [tree.lower[k] for k in tree.children(i, "prt", "advmod")]
    phrases = [(name, k) for name, _, k in tree.preps(i) if tree.entity[k] not in ("DATE", "TIME")]
    prepositions = [name for name, _ in phrases]
    if not prepositions:
        prepositions = [tree.lower[k] for k in tree.children(i, "prep") if not tree.kids[k]]
    keys += [f"{lemma} {p}" for p in particles + prepositions]
    keys += [f"{lemma} {p} {q}" for p in particles for q in prepositions]
    for k in tree.children(i, "dobj", "acomp", "oprd", "nsubjpass"):
        keys.append(f"{lemma} {tree.lemma[k]}")
        keys += [f"{lemma} {tree.lemma[k]} {q}" for q in prepositions]
    keys += [f"{lemma} {name} {tree.lemma[k]}" for name, k in phrases]
    for k in tree.children(i, "xcomp", "ccomp"):
        keys += [f"{lemma} to {tree.lemma[k]}", f"{lemma} {tree.lemma[k]}", f"{lemma} to"]
    return keys


def _noun_keys(tree: Tree, i: int) -> list[str]:
    lemma = tree.lemma[i]
    keys = [lemma]
    for k in tree.kids[i]:
        if tree.dep[k] in ("compound", "amod", "nmod", "poss"):
            keys += [f"{tree.lower[k]}+{lemma}", f"{tree.lemma[k]}+{lemma}"]
    if i and tree.word[i - 1] == "-" and i > 1:
        keys.append(f"{tree.lower[i - 2]}+{lemma}")
    if i and tree.head[i - 1] == i:
        keys.append(f"{tree.lower[i - 1]}+{lemma}")
    for name, _, k in tree.preps(i):
        if tree.entity[k] not in ("DATE", "TIME"):  # not "an operation on Tuesday"
            keys += [f"{lemma} {name}", f"{lemma} {name} {tree.lemma[k]}"]
    return keys


def _complements(tree: Tree, i: int) -> Iterator[int]:
    for k in tree.children(i, "xcomp", "ccomp", "dobj", "acl"):
        yield k
        if tree.dep[k] == "ccomp":
            yield from tree.children(k, "xcomp")
    for name, _, k in tree.preps(i):
        if name in ("for", "of", "to", "with", "on", "against"):
            yield k


def _refined(tree: Tree, i: int, code: str) -> str:
    """The code of a promise, threat, demand or refusal by what is promised, threatened, demanded or refused."""
    kind = _BASE.get(code)
    if kind is None:
        return code
    for k in _complements(tree, i):
        part = "n" if tree.pos[k] == "NOUN" else "v"
        keys = _noun_keys(tree, k) if part == "n" else _verb_keys(tree, k)
        found = _best(tree, k, keys, part, objects(tree, k))
        typing = codes().get(found.code) if found else None
        if typing and (kind, typing.type) in _REFINED:
            return _REFINED[(kind, typing.type)]
    return code
