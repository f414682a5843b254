"""The dependency tree of a page as plain lists: the event rules walk it often, and spaCy's tokens are slow to walk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.model import TextSpan
from onrecord.reading.event_lexicon import classes, patterns, title_stem, words
from onrecord.reading.page import Page
from onrecord.reading.words import strings_of, words_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KEY = "onrecord_tree"
_TOPICAL = 4  # different words of a topic that make a report one of it
_DEPTH = 60  # no chain of heads is followed further
_CLAUSES = frozenset({"relcl", "acl", "appos", "advcl", "punct", "parataxis", "cc", "conj", "prep_after", "ccomp"})


@dataclass(frozen=True, slots=True)
class _Spoken:
    """The words of a topic in a report: the tokens of each sentence, and how many different ones."""

    by_sentence: dict[int, list[int]]
    different: int


@dataclass(slots=True)
class Tree:
    """Token properties by index; ``kids`` are in order. Offsets are the report's."""

    word: list[str]  # as written
    lower: list[str]
    lemma: list[str]  # lower case
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    kids: list[list[int]]
    start: list[int]
    end: list[int]
    sentence: list[int]  # index of page.sentences
    entity: list[str]  # spaCy's entity label or ""
    at: dict[int, int]  # token index by start offset
    spoken: dict[str, _Spoken] = field(default_factory=dict)  # by topic

    def __len__(self) -> int:
        return len(self.word)

    def child(self, i: int, *deps: str) -> int | None:
        """The first child with one of these relations."""
        for k in self.kids[i]:
            if self.dep[k] in deps:
                return k
        return None

    def children(self, i: int, *deps: str) -> list[int]:
        return [k for k in self.kids[i] if self.dep[k] in deps]

    def preps(self, i: int) -> Iterator[tuple[str, int, int]]:
        """(preposition, its token, its object) for each prepositional phrase of a token, chains ("out of") joined."""
        for k in self.kids[i]:
            if self.dep[k] not in ("prep", "dative", "agent"):
                continue
            inner = self.child(k, "pobj", "pcomp")
            if inner is not None:
                yield self.lower[k], k, inner
            for next_one in self.kids[k]:
                if self.dep[next_one] == "prep":
                    deeper = self.child(next_one, "pobj", "pcomp")
                    if deeper is not None:
                        yield self.lower[next_one], next_one, deeper

    def speaks_of(self, topic: str, i: int) -> bool:
        """Whether the sentence of a token, in its other words, or the report as a whole speaks of a topic."""
        if topic not in self.spoken:
            members = classes()[topic]
            tokens = [k for k in range(len(self)) if self.lemma[k] in members]
            by_sentence: dict[int, list[int]] = {}
            for k in tokens:
                by_sentence.setdefault(self.sentence[k], []).append(k)
            self.spoken[topic] = _Spoken(by_sentence, len({self.lemma[k] for k in tokens}))
        found = self.spoken[topic]
        return found.different >= _TOPICAL or any(k != i for k in found.by_sentence.get(self.sentence[i], ()))

    def within(self, i: int, spans: Iterable[TextSpan]) -> bool:
        """Whether a token begins in one of these spans, say of a cue."""
        return any(span.start <= self.start[i] < span.end for span in spans)

    def ancestors(self, i: int) -> Iterator[int]:
        """Heads from the nearest up, within a bounded depth."""
        for _ in range(_DEPTH):
            head = self.head[i]
            if head == i:
                return
            yield head
            i = head

    def conjuncts(self, i: int) -> list[int]:
        """The token and what is coordinated below it."""
        found: list[int] = []
        queue = [i]
        while queue and len(found) < 20:
            now = queue.pop(0)
            found.append(now)
            queue += [k for k in self.kids[now] if self.dep[k] == "conj"]
        return found

    def _named_of(self, k: int) -> bool:
        """ "the Bank of Velmar", not "accused Rossi of fraud"."""
        return any(self.pos[m] == "PROPN" for m in self.kids[k])

    def edges(self, i: int) -> tuple[int, int]:
        """First and last token of the noun phrase of a token, without relative clauses, appositions and conjuncts."""
        first = last = i
        kids = (k for k in self.kids[i] if self.tag[k] != "WRB")  # not "when a bus"
        queue = [(k, 0) for k in kids if self.dep[k] not in _CLAUSES and self.pos[k] != "SPACE"]
        seen = 0
        while queue and seen < 200:
            k, depth = queue.pop()
            seen += 1
            if self.dep[k] == "prep" and (self.lower[k] != "of" or depth > 3 or self.child(k, "pcomp") is not None):
                continue
            if self.dep[k] == "prep" and self.pos[i] == "PROPN" and not self._named_of(k):
                continue
            first, last = min(first, k), max(last, k)
            inner = (m for m in self.kids[k] if self.dep[m] not in ("relcl", "acl", "advcl", "punct"))
            queue += [(m, depth + 1) for m in inner if self.pos[m] != "SPACE"]
        return first, last


# The small pipeline's lemmas of verbs in a silent e that look like doubled ones: "hopes" as "hop".
_LEMMAS = {
    "hop": "hope",
    "stag": "stage",
    "hat": "hate",
    "slat": "slate",
    "rag": "rage",
    "fin": "fine",
    "wag": "wage",
    "sham": "shame",
    "premier": "premiere",
    "instal": "install",
    "wan": "want",
    "pende": "pend",
}


def _lemma(lemma: str, word: str) -> str:
    fuller = _LEMMAS.get(lemma)
    if fuller is None or lemma == word.lower() or lemma + lemma[-1] in word.lower():
        return lemma
    return fuller


def build(doc: Doc, page: Page) -> Tree:
    read = words_of(page)
    columns = doc.to_array(["HEAD", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE"]).T
    head = [i + h for i, h in enumerate(columns[0].astype("int64").tolist())]
    strings = doc.vocab.strings
    lemma, pos, tag, dep, entity = (strings_of(strings, column.tolist()) for column in columns[1:])
    kids: list[list[int]] = [[] for _ in head]
    for i, h in enumerate(head):
        if h != i:
            kids[h].append(i)
    start, word = read.start, read.text
    tree = Tree(
        word=word,
        lower=read.lower,
        lemma=[_lemma(found.lower(), w) for found, w in zip(lemma, word, strict=True)],
        pos=pos,
        tag=tag,
        dep=dep,
        head=head,
        kids=kids,
        start=start,
        end=[s + len(w) for s, w in zip(start, word, strict=True)],
        sentence=_sentences(start, page),
        entity=entity,
        at={s: i for i, s in enumerate(start)},
    )
    _join_bare_verbs(tree)
    _mend_subjunctives(tree)
    _mend_headline_infinitives(tree)
    _mend_infinitives(tree)
    _mend_particles(tree)
    _mend_gerunds(tree)
    _mend_headline_verbs(tree)
    _mend_days_of_saying(tree)
    return tree


_BARE_COMPLEMENTS = frozenset(["see", "hear", "watch", "make", "let", "help", "have"])


def _join_bare_verbs(tree: Tree) -> None:
    """ "hopes to see her sign and send": a bare verb is coordinate with the bare verb before it, not a finite one."""
    for i, dep in enumerate(tree.dep):
        if dep != "conj" or tree.tag[i] != "VB" or tree.tag[tree.head[i]] not in ("VBZ", "VBD", "VBP", "VBG"):
            continue
        head = tree.head[i]
        if any(tree.dep[k] == "aux" for k in tree.kids[i]) or any(tree.tag[k] == "MD" for k in tree.kids[head]):
            continue
        for j in range(i - 1, max(head, i - 40), -1):
            if tree.tag[j] == "VB" or (tree.tag[j] == "VBP" and tree.lemma[tree.head[j]] in _BARE_COMPLEMENTS):
                tree.kids[head].remove(i)
                tree.kids[j].append(i)
                tree.head[i] = j
                break


def _mend_gerunds(tree: Tree) -> None:
    """ "ruled out sending troops": a gerund right behind a particle is what the verb is about, no adverbial."""
    for i, dep in enumerate(tree.dep):
        behind = dep == "advcl" and tree.tag[i] == "VBG" and i > 0 and tree.dep[i - 1] == "prt"
        if behind and tree.head[i - 1] == tree.head[i] and tree.child(tree.head[i], "dobj") is None:
            tree.dep[i] = "xcomp"


def _mend_subjunctives(tree: Tree) -> None:
    """ "demanded that Keller resign": a bare verb after "that" which the tagger takes for a noun."""
    for i, dep in enumerate(tree.dep):
        if dep != "ccomp" or tree.tag[i] != "NN":
            continue
        mark = tree.child(i, "mark")
        names = [k for k in tree.children(i, "compound", "nmod") if mark is not None and mark < k < i]
        if mark is None or tree.lower[mark] != "that" or not names or tree.child(i, "det", "poss", "cop") is not None:
            continue
        tree.pos[i], tree.tag[i] = "VERB", "VB"
        tree.dep[names[-1]] = "nsubj"


def _mend_headline_infinitives(tree: Tree) -> None:
    """ "Varland to expel envoy": "to" taken for a preposition, the verb for an attribute of its object."""
    for i, tag in enumerate(tree.tag):
        verb = i + 1
        if tag != "TO" or tree.dep[i] != "prep" or verb >= len(tree) or tree.tag[verb] != "VB":
            continue
        thing, who = tree.head[verb], tree.head[i]
        if tree.head[thing] != i or tree.dep[who] != "ROOT" or tree.pos[who] not in ("NOUN", "PROPN"):
            continue
        _hang(tree, verb, who, "acl")
        _hang(tree, i, verb, "aux")
        _hang(tree, thing, verb, "dobj")
        tree.pos[verb] = "VERB"


def _mend_infinitives(tree: Tree) -> None:
    """ "Farmers are to march through Tarn": what stands behind "to" is a verb, whatever the tagger takes it for."""
    for i, dep in enumerate(tree.dep):
        if (
            dep == "xcomp"
            and tree.tag[i] in ("NN", "NNP")
            and any(tree.tag[k] == "TO" for k in tree.children(i, "aux"))
        ):
            tree.pos[i], tree.tag[i], tree.lemma[i] = "VERB", "VB", tree.lower[i]


def _mend_particles(tree: Tree) -> None:
    """ "calls off the strike": the particle takes no object, its verb does."""
    for i, dep in enumerate(tree.dep):
        if dep == "prt":
            for k in tree.children(i, "pobj"):
                _hang(tree, k, tree.head[i], "dobj")


def _mend_headline_verbs(tree: Tree) -> None:
    """ "Court rejects appeal by banker", taken for rejects that appeal."""
    lists = words()
    for i in range(1, len(tree) - 1):
        stem = title_stem(tree.lower[i])
        noun, own = i + 1, tree.head[i - 1] == i and tree.dep[i - 1] == "compound"
        if stem is None or not own or tree.tag[i] != "NNS" or tree.dep[i] != "nsubj" or tree.head[i] != noun:
            continue
        if (
            tree.dep[noun] != "ROOT"
            or tree.tag[noun] != "VBP"
            or tree.lemma[noun] not in lists["event_nouns"] | set(patterns("n"))
        ):
            continue
        if any(tree.dep[k] not in ("nsubj", "prep", "npadvmod", "dep") for k in tree.kids[noun]):
            continue
        tree.kids[noun].remove(i)
        tree.head[i], tree.dep[i], tree.pos[i], tree.tag[i], tree.lemma[i] = i, "ROOT", "VERB", "VBZ", stem
        _hang(tree, i - 1, i, "nsubj")
        tree.head[noun], tree.dep[noun], tree.pos[noun], tree.tag[noun] = i, "dobj", "NOUN", "NN"
        tree.kids[i] = sorted([*tree.kids[i], noun])


_WEEKDAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])


def _mend_days_of_saying(tree: Tree) -> None:
    """ "said on Friday Keller would resign": the day is that of the saying, and no part of the name behind it."""
    for day in range(2, len(tree) - 2):
        if tree.lower[day] not in _WEEKDAYS or tree.lower[day - 1] != "on":
            continue
        on, says = day - 1, day - 2
        if tree.dep[says] in ("dobj", "dative"):  # "told reporters on Friday"
            says = tree.head[says]
        if tree.lemma[says] not in words()["speech_verbs"]:
            continue
        told = [k for k in tree.children(says, "ccomp") if k > day and tree.child(k, "mark") is None]
        if not told:
            continue
        who = tree.head[day]
        if tree.dep[day] == "compound" and day < who < told[0] and tree.dep[who] in ("pobj", "nsubj", "nsubjpass"):
            if tree.dep[who] == "pobj" and tree.child(told[0], "nsubj", "nsubjpass") is None:
                passive = tree.child(told[0], "auxpass") is not None
                _hang(tree, who, told[0], "nsubjpass" if passive else "nsubj")
            _hang(tree, day, on, "pobj")
        if tree.head[on] == told[0]:
            _hang(tree, on, says, "prep")


def _hang(tree: Tree, i: int, head: int, dep: str) -> None:
    """Moves a token below another head."""
    tree.kids[tree.head[i]].remove(i)
    tree.kids[head] = sorted([*tree.kids[head], i])
    tree.head[i], tree.dep[i] = head, dep


def _sentences(start: list[int], page: Page) -> list[int]:
    """Index of the sentence of each token: both run in order."""
    found, index, last = [], 0, len(page.sentences) - 1
    for offset in start:
        while index < last and page.sentences[index + 1].start <= offset:
            index += 1
        found.append(index)
    return found


def tree_of(page: Page) -> Tree:
    """The page's tree, built once."""
    tree = page.doc.user_data.get(_KEY)
    if tree is None:
        tree = page.doc.user_data[_KEY] = build(page.doc, page)
    assert isinstance(tree, Tree)
    return tree
