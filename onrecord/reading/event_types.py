"""Types of event mentions: PLOVER where it fits, else onrecord's own scheme for general news, else none."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.reading.event_anchors import Anchor, title_stem
from onrecord.reading.event_lexicon import Pattern, Typing, codes, patterns, wanted
from onrecord.reading.event_tree import Tree

_ADJECTIVES = {"dead": "DEATH", "injured": "INJURY", "wounded": "INJURY", "hurt": "INJURY", "missing": "MOVE"}
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
_BASE = {"130": "THREATEN", "100": "REQUEST", "120": "REJECT", "030": "AGREE"}


def type_of(tree: Tree, anchor: Anchor) -> Typing | None:
    """What the lexicon makes of an anchor with its particles, prepositions and objects; None if it has no type."""
    i = anchor.token
    if anchor.kind == "speech":
        return codes()["STATEMENT"]
    if anchor.kind == "light":
        return None
    if anchor.kind == "adjective":
        return codes().get(_ADJECTIVES.get(tree.lower[i], ""))
    if anchor.kind == "noun":
        found = _best(_noun_keys(tree, i), "n", [])
    elif anchor.kind == "title":
        found = _best(
            [title_stem(tree.lower[i]) or ""], "v", [tree.lemma[j] for j in range(i + 1, min(i + 6, len(tree)))]
        )
    else:
        found = _best(_verb_keys(tree, i), "v", objects(tree, i))
    if found is None or found.code not in codes():
        return None
    return codes()[_refined(tree, i, found.code)]


def _best(keys: list[str], part: str, lemmas: list[str]) -> Pattern | None:
    table, best, score = patterns(part), None, 0
    for key in keys:
        length = 1 + 2 * (key.count(" ") + key.count("+"))
        for pattern in table.get(key, ()):
            worth = length
            if pattern.wants:
                if not _asked_for(pattern.wants, lemmas):
                    continue
                worth += 3 if pattern.wants != "*" else 1
            if worth > score:
                best, score = pattern, worth
    return best


def _asked_for(wants: str, lemmas: list[str]) -> bool:
    return bool(lemmas) if wants == "*" else any(wanted(wants, lemma) for lemma in lemmas)


def objects(tree: Tree, i: int) -> list[str]:
    """Lemmas of a verb's objects: direct, of its prepositions, the subject if it is passive, and infinitives."""
    lemmas: list[str] = []
    for k in tree.children(i, "dobj", "nsubjpass", "oprd", "acomp"):
        lemmas += [tree.lemma[c] for c in tree.conjuncts(k)]
        lemmas += [tree.lemma[m] for m in tree.children(k, "compound")]
    for name, _, k in tree.preps(i):
        if name in ("for", "of", "on", "to", "from", "in", "with", "out", "against", "at", "into"):
            lemmas += [tree.lemma[c] for c in tree.conjuncts(k)]
    lemmas += [tree.lemma[k] for k in tree.children(i, "xcomp", "ccomp")]
    if tree.dep[i] in ("acl", "relcl") and tree.tag[i] in ("VBN", "VBD"):
        lemmas.append(tree.lemma[tree.head[i]])
    return lemmas


def _verb_keys(tree: Tree, i: int) -> list[str]:
    """The verb alone and with what its patterns may name: particles, prepositions, objects, infinitives."""
    lemma = tree.lemma[i]
    keys = [lemma, f"be {tree.lower[i]}"] if tree.tag[i] == "VBN" else [lemma]
    particles = [tree.lower[k] for k in tree.children(i, "prt", "advmod")]
    prepositions = [name for name, _, _ in tree.preps(i)]
    if not prepositions:
        prepositions = [tree.lower[k] for k in tree.children(i, "prep")]
    keys += [f"{lemma} {p}" for p in particles + prepositions]
    keys += [f"{lemma} {p} {q}" for p in particles for q in prepositions]
    for k in tree.children(i, "dobj", "acomp", "oprd", "nsubjpass"):
        keys.append(f"{lemma} {tree.lemma[k]}")
        keys += [f"{lemma} {tree.lemma[k]} {q}" for q in prepositions]
    for _, prep, k in tree.preps(i):
        keys.append(f"{lemma} {tree.lower[prep]} {tree.lemma[k]}")
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
        found = _best(keys, part, objects(tree, k))
        typing = codes().get(found.code) if found else None
        if typing and (kind, typing.type) in _REFINED:
            return _REFINED[(kind, typing.type)]
    return code
