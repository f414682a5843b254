"""How far a negation reaches: "did not end well" ended, "does not always end" may, "cannot be held" is a norm."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.reading.event_lexicon import words
from onrecord.reading.event_tree import Tree
from onrecord.reading.status_signatures import signatures, status_words

_LISTS = words()
_MANY, _ALL = frozenset({"many", "much", "enough"}), frozenset({"all", "every", "each", "both"})
_ANYBODY = frozenset({"you", "one", "nobody", "no-one", "none", "anyone", "anybody"})
_REQUESTS = frozenset({"ask", "plan", "wish", "maybe"})
_CHARGES = frozenset({"charge", "accuse", "convict", "indict", "acquit", "count", "charges", "suspicion", "conviction"})
_PUBLISHING = frozenset({"release", "publish", "reveal", "disclose", "announce", "share", "divulge", "publicise"})
# Who does not see much growth sees hardly any.
_MINDING = frozenset(
    {"see", "expect", "hear", "find", "think", "know", "have", "want", "feel", "anticipate", "foresee"}
)
_OPENERS = frozenset({'"', "'", "“", "‘", "''", "``", ":", ";", "—", "–", "-"})
FOILING = frozenset({"thwart", "foil", "defeat", "repel", "frustrate", "scupper", "derail"})
_BEING = frozenset({"place", "force", "sight", "card", "cards", "horizon", "agenda", "table", "prospect", "question"})
_VOTED_DOWN = frozenset({"defeat", "veto", "quash"})
_UNDOING = frozenset({"reverse", "overturn", "undo"})
_BILLS = frozenset({"bill", "motion", "referendum", "amendment"})
_CARRYING = frozenset({"pass", "win", "get", "gain", "secure", "clear", "succeed", "reach", "muster", "carry"})
_CLUES = frozenset({"information", "tip", "clue", "evidence", "lead"})
_APOSTROPHES = frozenset({"'", "’", "‘", "´", "`"})


def part_only(tree: Tree, i: int, negations: Sequence[int]) -> str:
    """What a negated verb leaves: "maybe" of "does not always end", "done" of "did not end well", "" of "did not end".

    A negation denies what stands in its focus: an adverb of extent or manner, or a quantity, where there is one.
    """
    if not negations:
        return ""
    lists, first = status_words(), min(negations)
    below = tree.children(i, "advmod", "npadvmod")
    below += [m for k in tree.children(i, "acomp") for m in tree.children(k, "advmod")]
    below += [m for k in tree.children(i, "prep") for m in tree.children(k, "pobj") if tree.lower[m] == "way"]
    for k in below:
        if (tree.lower[k] in lists["extent_adverbs"] and k > first) or tree.lower[k] in lists["habit_adverbs"]:
            return "maybe"
        if (_manner(tree, k) and k > i) or _compared(tree, k) or _that_way(tree, k):
            return "done"
    if any(_that_way(tree, k) for k in tree.children(i, "dobj")):
        return "done"
    things = tree.children(i, "dobj") if tree.lemma[i] not in _MINDING else ()
    if any(_whole(tree, k) for k in things):
        return "maybe"
    if any(tree.lower[k] in ("much", "enough") or _so_many(tree, k) for k in things):
        return "done"
    return "done" if any(_by_chance(tree, k) for k in tree.children(i, "prep")) else ""


def _manner(tree: Tree, k: int) -> bool:
    """ "well", "very long"; not "so far", "as well", "much less"."""
    if k + 1 < len(tree) and tree.lower[k + 1] in ("less", "more"):
        return False
    return tree.lower[k] in status_words()["manner_adverbs"] and not any(
        tree.lower[m] in ("so", "as", "too") for m in tree.kids[k]
    )


def _whole(tree: Tree, noun: int) -> bool:
    """ "all the prisoners", "every offer"."""
    return any(tree.lower[k] in _ALL and tree.dep[k] in ("det", "predet") for k in tree.kids[noun])


def _so_many(tree: Tree, noun: int) -> bool:
    """ "too many storms", "more than ten tons"."""
    for k in tree.kids[noun]:
        if tree.lower[k] in _MANY and tree.dep[k] in ("amod", "det", "nummod"):
            return True
        below = {tree.lower[m] for m in tree.kids[k]}
        if tree.dep[k] == "nummod" and "than" in below and below & {"more", "fewer", "less"}:
            return True
    return False


def _compared(tree: Tree, k: int) -> bool:
    """ "never spoke longer than ten minutes"."""
    return tree.tag[k] == "RBR" and any(tree.lower[m] == "than" for m in tree.kids[k])


def _that_way(tree: Tree, k: int) -> bool:
    """ "has not played out that way"."""
    return tree.lower[k] == "way" and any(tree.lower[m] in ("that", "this") for m in tree.kids[k])


def _by_chance(tree: Tree, k: int) -> bool:
    """ "did not win by accident"."""
    below = {tree.lower[m] for m in tree.kids[k]}
    return tree.lower[k] in ("by", "on") and bool(below & {"accident", "chance", "luck", "purpose", "coincidence"})


def anybody(tree: Tree, i: int) -> bool:
    """Is a verb with "cannot" told of anyone, or of no one named: "you can't say that", "no one can be held"?"""
    who = tree.child(i, "nsubj", "nsubjpass")
    if who is None:
        return False
    none = any(tree.lower[k] == "no" and tree.dep[k] == "det" for k in tree.kids[who])
    return tree.lower[who] in _ANYBODY or none or tree.dep[who] == "nsubjpass"


def forbidding(tree: Tree, i: int) -> bool:
    """ "Don't shoot", she said: an imperative of its own, no clause whose subject the parser has missed."""
    if [tree.lower[k] for k in tree.children(i, "aux")] != ["do"] or tree.child(i, "neg") is None:
        return False
    if tree.child(i, "nsubj", "nsubjpass", "expl", "mark") is not None:
        return False
    before = tree.child(i, "aux")
    k = before - 1 if before is not None else -1
    opens = k < 0 or tree.sentence[k] != tree.sentence[i] or tree.pos[k] == "SPACE" or tree.word[k] in _OPENERS
    led_in = tree.dep[i] == "ROOT" or any(m < k for m in tree.children(i, "advcl", "intj", "npadvmod"))
    return opens or tree.lower[k] in ("but", "please", "so") or (tree.word[k] == "," and led_in)


def lost_apostrophe(tree: Tree, i: int) -> bool:
    """ "didn’ t", "hadnt": a contraction that its page has torn apart or run together."""
    if tree.lower[i] in status_words()["run_together"]:
        return True
    torn = (k for k in (i, i - 3) if k >= 0 and k + 2 < len(tree) and tree.sentence[k] == tree.sentence[i])
    return any(
        tree.word[k + 1] in _APOSTROPHES
        and tree.lower[k + 2] == "t"
        and f"{tree.lower[k]}t" in status_words()["run_together"]
        for k in torn
    )


def cannot_help(tree: Tree, i: int) -> bool:
    """ "cannot help laughing", "can't help but notice"; not "cannot help the wounded"."""
    if tree.lemma[i] != "help" or tree.child(i, "dobj") is not None or tree.child(i, "neg") is None:
        return False
    able = any(tree.lower[k] in ("can", "ca", "could") for k in tree.children(i, "aux"))
    but = any(tree.lower[k] == "but" for k in tree.kids[i])
    return able and (but or any(tree.tag[k] == "VBG" for k in tree.children(i, "xcomp")))


def disallows(tree: Tree, i: int) -> bool:
    """ "never allows", "is not allowed to", said of what holds, not of one occasion."""
    if tree.lemma[i] not in ("allow", "permit", "let", "authorise", "authorize", "entitle", "license"):
        return False
    forms = [tree.tag[k] for k in tree.children(i, "aux", "auxpass")]
    return tree.tag[i] in ("VBZ", "VBP") or "VBZ" in forms or "VBP" in forms


def refused(tree: Tree, noun: int) -> bool:
    """Is a noun what was turned down: "rejected the motion", "the appeal was dismissed"?"""
    verb = tree.head[noun]
    known = signatures("v").get(tree.lemma[verb])
    turned_down = known is not None and known.affirmed == "denial" and tree.dep[noun] in ("dobj", "nsubjpass")
    return turned_down and asked_for(tree, noun, tree.lemma[verb])


def failing(tree: Tree, noun: int) -> bool:
    """Is a noun a plan or a bill that was voted down: "the plan failed to pass", "the motion was defeated"?"""
    verb = tree.head[noun]
    if not _voted_on(tree, noun):
        return False
    if tree.dep[noun] == "pobj":  # "voted | down a bill"
        return tree.lower[verb] == "down" and tree.lemma[tree.head[verb]] == "vote"
    if tree.dep[noun] in ("nsubjpass", "dobj"):
        down = tree.lemma[verb] == "vote" and any(tree.lower[k] == "down" for k in tree.children(verb, "prt"))
        return down or tree.lemma[verb] in _VOTED_DOWN
    below = tree.child(verb, "xcomp")
    carried = below is not None and tree.lemma[below] in _CARRYING
    return tree.dep[noun] == "nsubj" and tree.lemma[verb] == "fail" and (carried or tree.lemma[noun] in _BILLS)


def _voted_on(tree: Tree, noun: int) -> bool:
    known = signatures("n").get(tree.lemma[noun])
    return tree.lemma[noun] in _BILLS or (known is not None and known.affirmed in ("plan", "ask"))


def undone(tree: Tree, noun: int) -> bool:
    """ "reversed its decision", "the ruling was overturned": what was decided is not to be."""
    known = signatures("n").get(tree.lemma[noun])
    plan = known is not None and known.affirmed == "plan"
    return plan and tree.dep[noun] in ("dobj", "nsubjpass") and tree.lemma[tree.head[noun]] in _UNDOING


def filed_for(tree: Tree, noun: int) -> int | None:
    """The verb of "filed for bankruptcy", for the noun."""
    verb = tree.head[tree.head[noun]]
    return verb if tree.lower[tree.head[noun]] == "for" and tree.lemma[verb] == "file" else None


def kept_from(tree: Tree, noun: int, averting: frozenset[str]) -> bool:
    """Is a noun what was thwarted: "foiled an attempt", "the plot was foiled"?"""
    head = tree.head[noun]
    return tree.dep[noun] in ("dobj", "nsubjpass") and tree.lemma[head] in averting and tree.pos[head] == "VERB"


def tried(tree: Tree, noun: int) -> bool:
    """ "attempt", "bid", "plot": it was made, whether or not what it was for came about."""
    known = signatures("n").get(tree.lemma[noun])
    return (known is not None and known.affirmed in ("try", "plan")) or tree.lemma[noun] in ("plot", "conspiracy")


def asked_for(tree: Tree, noun: int, verb: str = "reject") -> bool:
    """ "motion", "request", "proposal": who rejects it does not say that it was not made; who denies a plan does."""
    lemma = tree.lemma[noun]
    known = signatures("n").get(lemma)
    if lemma in _LISTS["status_contexts.speech_acts"] or (known is not None and known.affirmed == "ask"):
        return True
    return verb != "deny" and known is not None and known.affirmed in _REQUESTS


def charged(tree: Tree, noun: int) -> bool:
    """Is a crime named as a charge: "charged with attempted murder", "counts of attempted theft"?"""
    return any(tree.lemma[k] in _CHARGES for k in tree.ancestors(noun))


def unpublished(tree: Tree, noun: int, verb: int) -> bool:
    """ "Results of the test have not been released": there are some."""
    if tree.lemma[verb] not in _PUBLISHING:
        return False
    of = [m for k in tree.children(noun, "prep") if tree.lower[k] == "of" for m in tree.children(k, "pobj")]
    return any(tree.pos[m] == "PROPN" or any(tree.dep[k] in ("det", "poss") for k in tree.kids[m]) for m in of)


def placed(tree: Tree, verb: int) -> bool:
    """Does a copula tell where or with what a thing is, not whether it is: "in line with policy", not "in place"?"""
    return any(tree.lemma[noun] not in _BEING and k > verb for _, k, noun in tree.preps(verb))


def bare_state(tree: Tree, noun: int) -> bool:
    """ "was not under attack", "is not at war": what there is none of has no article."""
    head = tree.head[noun]
    state = tree.lower[head] in ("under", "at", "in") and tree.lemma[tree.head[head]] == "be" and head > tree.head[head]
    return state and not any(tree.dep[k] in ("det", "poss", "amod", "compound") for k in tree.kids[noun])


def sought(tree: Tree, i: int) -> bool:
    """Is it what information that is asked for may lead to: a reward for it, "anyone with", "if you have"?"""
    clue = tree.head[i]
    if tree.lemma[i] != "lead" or tree.lemma[clue] not in _CLUES or tree.tag[i] == "VBD" or tree.dep[i] == "ROOT":
        return False
    governor = tree.head[clue]
    asked = tree.dep[clue] == "pobj" and tree.lower[governor] in ("for", "with")
    return asked or (tree.dep[clue] == "dobj" and tree.lemma[governor] in ("have", "seek", "want", "provide"))


__all__ = [
    "FOILING",
    "anybody",
    "asked_for",
    "bare_state",
    "cannot_help",
    "charged",
    "disallows",
    "failing",
    "filed_for",
    "forbidding",
    "kept_from",
    "lost_apostrophe",
    "part_only",
    "placed",
    "refused",
    "sought",
    "tried",
    "undone",
    "unpublished",
]
