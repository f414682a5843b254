"""Parts of speech, morphology, lemmas by memory: what the pipeline's rules give for a word, tag and dependency.

spaCy's attribute ruler and rule lemmatizer look at one token at a time, but for a few contractions ("gonna", "let's")
and a verb after an expletive. They cost as much as the parse; a token seen before need not be ruled on again. What
comes out is the same, token by token, as without the memory (a test holds that).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

RULED = ("attribute_ruler", "lemmatizer")
MOST = 300_000  # kinds of token kept, some 200 bytes each
# First and second words of the ruler's patterns of two tokens: texts with both take the long way.
_PAIRS = (("ai", "gon", "got", "let", "c'm", "y", "y'"), ("n't", "nt", "na", "ta", "'s", "’s", "n’t", "on", "all"))
_APART = "¤"  # stands between words that are ruled on together, so that none is the other's neighbour
_GIVEN: list[int | str] = ["TAG", "POS", "MORPH", "LEMMA"]

Key = tuple[int, int, int, bool]  # word, tag, dependency (one for all that no rule tells apart), after an expletive?


class WordMemo:
    """Takes over two components of a pipeline. Equal in result, a fifth of the cost."""

    def __init__(self, nlp: Language) -> None:
        self._ruler, self._lemmatizer = (nlp.get_pipe(name) for name in RULED)
        _index_by_hash(self._lemmatizer)
        nlp.select_pipes(disable=[*nlp.disabled, *RULED])
        self._strings = nlp.vocab.strings
        self._firsts, self._seconds = (np.array([self._strings.add(w) for w in ws], dtype=np.uint64) for ws in _PAIRS)
        self._known: dict[Key, tuple[int, ...]] = {}
        self._asked = _dependencies_asked(nlp.get_pipe("attribute_ruler").patterns)  # type: ignore[attr-defined]
        self._alike: dict[tuple[bool, ...], int] = {}  # the first dependency met that answers all rules so
        self._stands_for: dict[int, int] = {}

    @staticmethod
    def fits(nlp: Language) -> bool:
        """Is this one of the stock English pipelines, whose rules are known to look at single tokens?"""
        stock = nlp.lang == "en" and str(nlp.meta.get("name")).startswith("core_web_")
        held = stock and all(name in nlp.pipe_names for name in RULED)
        return held and getattr(nlp.get_pipe("lemmatizer"), "mode", "") == "rule"

    def __call__(self, doc: Doc) -> Doc:
        if not len(doc):
            return doc
        columns = doc.to_array(["ORTH", "TAG", "DEP", "LOWER"]).reshape(-1, 4)
        if (np.isin(columns[:-1, 3], self._firsts) & np.isin(columns[1:, 3], self._seconds)).any():
            return self._ruled(doc)
        expletive = self._strings["expl"]
        follows = np.concatenate(([False], columns[:-1, 2] == expletive))
        orths, tags, deps = columns[:, :3].T.tolist()
        keys: list[Key] = list(zip(orths, tags, map(self._kind, deps), follows.tolist(), strict=True))
        if len(self._known) > MOST:
            self._known.clear()
        missing = list(dict.fromkeys(k for k in keys if k not in self._known))
        if missing:
            self._learn(doc, missing)
        rows = np.array([self._known[k] for k in keys], dtype=np.uint64)
        doc.from_array(_GIVEN, rows)  # type: ignore[arg-type]
        for i in np.flatnonzero(columns[:, 1] == self._strings["_SP"]).tolist():
            doc[i].dep_ = "dep"
        return doc

    def _kind(self, dep: int) -> int:
        """A dependency that all rules take for this one."""
        kind = self._stands_for.get(dep)
        if kind is None:
            name = self._strings[dep] if dep else ""
            answers = tuple((name in names) == wanted for wanted, names in self._asked)
            kind = self._stands_for[dep] = self._alike.setdefault((not dep, *answers), dep)
        return kind

    def _ruled(self, doc: Doc) -> Doc:
        ruled: Doc = self._lemmatizer(self._ruler(doc))
        return ruled

    def _learn(self, doc: Doc, keys: list[Key]) -> None:
        """Rules on these kinds of token, each set apart from the next."""
        from spacy.tokens import Doc

        words: list[str] = []
        tags: list[str] = []
        deps: list[str] = []
        at: list[int] = []
        for orth, tag, dep, follows in keys:
            words += [_APART, self._strings[orth]]
            tags += ["EX" if follows else "SYM", self._strings[tag] if tag else ""]
            deps += ["expl" if follows else "dep", self._strings[dep] if dep else ""]
            at.append(len(words) - 1)
        made = self._ruled(Doc(doc.vocab, words=words, tags=tags, deps=deps, heads=list(range(len(words)))))
        found: NDArray[Any] = made.to_array(_GIVEN)
        for key, row in zip(keys, found[at].tolist(), strict=True):
            self._known[key] = tuple(row)


def _index_by_hash(lemmatizer: Any) -> None:
    """The known lemmas of each part of speech as sets: as they are shipped each form is looked for along a list."""
    index = lemmatizer.lookups.get_table("lemma_index", {})
    for part, lemmas in list(index.items()):
        index[part] = frozenset(lemmas)


def _dependencies_asked(patterns: Iterable[dict[str, Any]]) -> list[tuple[bool, frozenset[str]]]:
    """What the rules ask of a token's dependency: to be, or not to be, one of some names.

    Raises:
        ValueError: if they ask for anything else.
    """
    found: dict[tuple[bool, frozenset[str]], None] = {}
    for rule in patterns:
        for token in (token for pattern in rule["patterns"] for token in pattern if "DEP" in token):
            asked = token["DEP"]
            terms = {"IN": [asked]} if isinstance(asked, str) else asked
            if not terms.keys() <= {"IN", "NOT_IN"}:
                raise ValueError(f"a rule asks of dependencies what is not understood: {asked}")
            found.update(((how == "IN", frozenset(names)), None) for how, names in terms.items())
    return list(found)


__all__ = ["WordMemo"]
