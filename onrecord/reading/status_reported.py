"""The future of the past: reported "would", deeds no longer to be done, nouns that take up a plan."""

from __future__ import annotations

from onrecord.reading.event_lexicon import words
from onrecord.reading.event_tree import Tree
from onrecord.reading.status_signatures import signatures, status_words

_LISTS = words()
_RESOLVING = _LISTS["status_reported.resolving"]  # who says so by these settles it, and does not guess
_BODIES = _LISTS["status_reported.bodies"]  # what acts for a state, a firm or a union, and speaks for it
_PRONOUNS = frozenset({"it", "he", "she", "they", "we", "i"})
_IN_THE_MAKING = frozenset({"preparation", "planning", "prospect", "pipeline", "works", "making", "offing", "diary"})
_SPEECHES = frozenset(
    {"statement", "message", "letter", "interview", "note", "speech", "post", "memo", "memorandum", "email", "e-mail"}
)
_DEFINITE = _LISTS["status_contexts.definite"]
_CLAUSES = frozenset({"ccomp", "advcl", "relcl", "acl", "parataxis", "conj"})
_OVER = frozenset({"after", "during", "following", "since", "despite", "amid", "throughout"})
_DONE_WITH = _LISTS["aspectual_verbs"] | _LISTS["occur_verbs"]


def backshifted(tree: Tree, i: int, ahead: frozenset[int]) -> bool:
    """Is "would" the "will" of a past plan or of speech that settles the matter, not a guess at others' deeds?

    So where the cue announces or the noun above is a plan, where who speaks is who acts, and where the deed is dated
    ahead: what has a day is arranged. ``ahead`` are first tokens of times after the report.
    """
    clause = _top(tree, i)
    above = tree.head[clause]
    if tree.dep[clause] in ("relcl", "acl"):
        content = tree.dep[clause] == "acl" or tree.child(clause, "mark") is not None
        said = content and tree.lemma[above] in _SPEECHES  # "said in a statement | that it would"
        if _plan_noun(tree, above) or (said and dated_ahead(tree, i, ahead)):
            return True
        cue = _said_in(tree, above) if said else None
        return cue is not None and (tree.lemma[cue] in _RESOLVING or _same_agent(tree, cue, i))
    if any(tree.lower[k] == "under" and _plan_below(tree, k) for k in tree.children(i, "prep")):
        return True
    if tree.dep[clause] == "ccomp" and tree.pos[above] in ("VERB", "AUX"):
        if tree.lemma[above] in _RESOLVING:
            return True
        speech = tree.lemma[above] in _LISTS["speech_verbs"]
        return speech and (_same_agent(tree, above, i) or dated_ahead(tree, i, ahead))
    return dated_ahead(tree, i, ahead) and any(tree.lower[k] == "according" for k in tree.kids[i])


def _said_in(tree: Tree, speech: int) -> int | None:
    """The verb whose content was hung on "in a statement"."""
    preposition = tree.head[speech]
    verb = tree.head[preposition]
    return verb if tree.lower[preposition] == "in" and tree.lemma[verb] in _LISTS["speech_verbs"] | _RESOLVING else None


def _top(tree: Tree, i: int) -> int:
    """The first of the clauses that a clause is coordinate with: "said it would close the mill and open another"."""
    for _ in range(6):
        if tree.dep[i] != "conj" or tree.pos[tree.head[i]] not in ("VERB", "AUX"):
            return i
        i = tree.head[i]
    return i


def _plan_noun(tree: Tree, i: int) -> bool:
    found = signatures("n").get(tree.lemma[i])
    return (found is not None and found.affirmed == "plan") or tree.lemma[i] in ("announcement", "deal", "bill")


def _plan_below(tree: Tree, preposition: int) -> bool:
    return any(_plan_noun(tree, k) for k in tree.children(preposition, "pobj"))


def _same_agent(tree: Tree, cue: int, deed: int) -> bool:
    """Does who speaks do the deed, or the body it speaks for: "it", the same name, a ministry and the government?"""
    who, actor = tree.child(cue, "nsubj", "nsubjpass"), tree.child(deed, "nsubj", "nsubjpass")
    if who is None or actor is None:
        return False
    if tree.lower[actor] in _PRONOUNS:
        return tree.child(cue, "dobj", "dative") is None
    mine, theirs = _names(tree, who), _names(tree, actor)
    if mine & theirs:
        return True
    return tree.lemma[actor] in _BODIES and tree.lemma[who] in _BODIES and not theirs


def _names(tree: Tree, i: int) -> set[str]:
    """The names in a noun phrase, by which a body and who speaks for it are known to belong together."""
    first, last = tree.edges(i)
    return {tree.lower[j] for j in range(first, last + 1) if tree.pos[j] == "PROPN"}


def dated_ahead(tree: Tree, i: int, ahead: frozenset[int]) -> bool:
    """Does a time after the report hang below a verb, in its own clause?"""
    queue, seen = list(tree.kids[i]), 0
    while queue and seen < 80:
        k = queue.pop()
        seen += 1
        if k in ahead:
            return True
        queue += [m for m in tree.kids[k] if tree.dep[m] not in _CLAUSES]
    return False


def given_up(tree: Tree, i: int, ahead: frozenset[int]) -> bool:
    """ "will no longer meet", "would not meet after all": a plan called off, not a habit laid down ("import grain")."""
    if _after_all(tree, i):
        return True
    return longer(tree, i) and (dated_ahead(tree, i, ahead) or not _habit(tree, i))


def longer(tree: Tree, i: int) -> bool:
    """Is a verb negated by "no longer", "not any longer"?"""
    return any(tree.lower[k] == "longer" and tree.dep[k] in ("advmod", "npadvmod", "neg") for k in tree.kids[i])


def _after_all(tree: Tree, i: int) -> bool:
    """ "after all", wherever the parser hangs it in the verb's clause."""
    after = [k for k in range(i + 1, min(len(tree) - 1, i + 25)) if tree.lower[k] == "after"]
    return any(tree.lower[k + 1] == "all" and tree.sentence[k] == tree.sentence[i] and _closes(tree, k) for k in after)


def _closes(tree: Tree, k: int) -> bool:
    """Does "after all" stand alone, rather than in "after all the talks"?"""
    return k + 2 >= len(tree) or tree.pos[k + 2] in ("PUNCT", "SPACE", "CCONJ", "PRON")


def _habit(tree: Tree, i: int) -> bool:
    """A state, or a deed done to a kind of thing: "import grain", "accept cheques"."""
    thing = tree.child(i, "dobj")
    if thing is not None and tree.lemma[thing] in _LISTS["event_nouns"] and tree.lemma[i] in _LISTS["light_verbs"]:
        return False  # "hold a vote"
    if tree.lemma[i] in _LISTS["state_verbs"]:
        return True
    if thing is None or tree.pos[thing] in ("PROPN", "PRON"):
        return False
    return tree.child(thing, "det", "poss", "nummod") is None and tree.lemma[thing] not in _LISTS["event_nouns"]


def in_the_making(tree: Tree, verb: int) -> bool:
    """ "has been in preparation", "is being prepared for", "is at the planning stage": there is a plan, no deed yet."""
    for _, preposition, noun in tree.preps(verb):
        if tree.lower[preposition] in ("in", "under") and tree.lemma[noun] in _IN_THE_MAKING:
            return True
        if tree.lemma[noun] in ("stage", "phase") and any(tree.lower[k] == "planning" for k in tree.kids[noun]):
            return True
    return False


def presupposes(tree: Tree, i: int) -> bool:
    """ "It is unclear why the bus stopped": it stopped. A question after why, how, who … asks about what is so."""
    return any(tree.tag[k] in ("WRB", "WP", "WP$", "WDT") for k in tree.kids[i])


def presupposed(tree: Tree, noun: int, verb: int) -> bool:
    """ "nobody had expected the blast": a definite thing that was not foreseen came all the same."""
    past = tree.tag[verb] == "VBD" or any(tree.lower[k] in ("had", "did", "'d") for k in tree.children(verb, "aux"))
    passive_past = tree.tag[verb] == "VBN" and any(
        tree.lower[k] in ("was", "were") for k in tree.children(verb, "auxpass")
    )
    return (past or passive_past) and definite(tree, noun)


def definite(tree: Tree, noun: int) -> bool:
    """Does a noun have "the", "this" or an owner?"""
    return any(tree.lower[k] in _DEFINITE or tree.dep[k] == "poss" for k in tree.kids[noun])


def carries(tree: Tree, noun: int) -> bool:
    """A word for what is said or feared, "claims", "concerns": who denies it denies what it says, not the saying."""
    known = signatures("n").get(tree.lemma[noun])
    return tree.pos[noun] == "NOUN" and known is not None and known.affirmed in ("said", "belief", "fear")


def like_it(tree: Tree, noun: int) -> bool:
    """ "had never seen a flood like it", "like this": the one it is held against has taken place."""
    return any(
        tree.lower[k] == "like" and any(tree.lower[m] in ("it", "this", "that", "these", "those") for m in tree.kids[k])
        for k in tree.children(noun, "prep")
    )


def of_nothing(tree: Tree, i: int) -> bool:
    """Does a word hang on a "nothing" below its verb: "nothing wrong with the vote", "nothing like the blast"?"""
    for _ in range(4):
        i = tree.head[i]
        if tree.pos[i] in ("VERB", "AUX"):
            return False
        if tree.lower[i] == "nothing":
            return True
    return False


def past_of_its_own(tree: Tree, i: int) -> bool:
    """Is an event noun told as done where it stands: "the visit ended", "after the visit", "Monday's", "killed"?"""
    lists = status_words()
    if any(tree.lower[k] in lists["past_adjectives"] for k in tree.children(i, "amod")):
        return True
    head = tree.head[i]
    if tree.dep[i] == "pobj" and tree.lower[head] in _OVER:
        return True
    if tree.dep[i] in ("nsubj", "nsubjpass", "dobj"):
        objects = tree.child(head, "dobj")
        told = {tree.lemma[head], f"{tree.lemma[head]} {tree.lower[objects]}" if objects is not None else ""}
        return bool(told & _DONE_WITH) or (tree.dep[i] == "nsubj" and tree.lemma[head] in _LISTS["quantities.dead"])
    return False


__all__ = [
    "backshifted",
    "dated_ahead",
    "definite",
    "given_up",
    "in_the_making",
    "longer",
    "past_of_its_own",
    "presupposed",
    "presupposes",
]
