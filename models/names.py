"""Names for the entity head: what two stock pipelines agree on, the rest left out of the loss.

Teachers: ``en_core_web_sm`` (the pipeline whose named-entity component the head replaces) and ``en_core_web_md``, both
trained by Explosion on OntoNotes 5 (MIT). A word they label differently is not judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from models.heads import NAMES

LABELS = frozenset(NAMES)


@dataclass(frozen=True)
class Named:
    """``names``: start, end, label of what both found; ``unsure``: stretches on which they differ. Code points."""

    names: tuple[tuple[int, int, str], ...]
    unsure: tuple[tuple[int, int], ...]


def load_teacher(name: str) -> Any:
    """A spaCy pipeline, by package name or folder, that only finds names."""
    import importlib

    import spacy

    nlp = spacy.load(name) if "/" in name else importlib.import_module(name).load()
    keep = {"ner", "tok2vec"} & set(nlp.pipe_names)
    nlp.select_pipes(enable=sorted(keep))
    return nlp


def name_all(texts: Sequence[str], teachers: Sequence[str], processes: int = 1) -> Iterator[Named]:
    found = [_spans(load_teacher(t), texts, processes) for t in teachers]
    for spans in zip(*found, strict=True):
        yield agreed([set(s) for s in spans])


def _spans(nlp: Any, texts: Sequence[str], processes: int) -> Iterator[list[tuple[int, int, str]]]:
    for doc in nlp.pipe(texts, batch_size=64, n_process=processes):
        yield [(s.start_char, s.end_char, s.label_) for s in doc.ents if s.label_ in LABELS]


def agreed(spans: Sequence[set[tuple[int, int, str]]]) -> Named:
    """What all teachers found alike, and where any stands alone."""
    same = set.intersection(*spans)
    alone: Iterable[tuple[int, int, str]] = set.union(*spans) - same
    return Named(tuple(sorted(same)), tuple(sorted((a, b) for a, b, _ in alone)))
