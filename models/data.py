"""Training examples from the public data in ``../shared/bench/data``: read in place, never copied, no -dev part."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from models.heads import ANCHORS, NAME_TAGS, TAGS, TYPES
from models.names import Named
from models.parts import rows
from onrecord.reading.encoder_windows import Pieces, Window, cut_pieces, cut_windows

IGNORED = -100
HELD_OUT = 5  # PLV sentences whose number divides by this are kept for measuring
_TAG = {name: i for i, name in enumerate(TAGS)}
_NAME = {name: i for i, name in enumerate(NAME_TAGS)}


@dataclass
class Example:
    """One window with what is known of it; arrays are per position, ``IGNORED`` or NaN where nothing is known."""

    ids: np.ndarray
    kinds: np.ndarray
    names: np.ndarray
    tags: np.ndarray | None = None
    to_cue: np.ndarray | None = None  # of content positions: the position of their cue's first piece, 0 outside
    to_source: np.ndarray | None = None  # of cue positions
    soft: np.ndarray | None = None  # (positions, tags): how likely the larger network finds each
    factuality: np.ndarray | None = None
    anchors: np.ndarray | None = None  # (positions, schemes): 0, 1 or NaN
    types: list[tuple[int, int, int, tuple[int, ...]]] = field(default_factory=list)  # start, end, anchor or -1, types


@dataclass
class Soft:
    """What the teacher makes of one document, per piece."""

    tags: np.ndarray  # (pieces, 7), probabilities
    value: np.ndarray  # factuality; NaN where no event is likely
    to_cue: np.ndarray  # of content pieces: the first piece of their cue; IGNORED elsewhere
    to_source: np.ndarray  # of cue pieces


class Cutter:
    """Text to pieces and windows."""

    def __init__(self, tokenizer: Any) -> None:
        self.tokenizer = tokenizer

    def pieces(self, text: str) -> Pieces:
        found = self.tokenizer.encode(text, add_special_tokens=False)
        return cut_pieces(text, found.ids, found.offsets)


def _inside(pieces: Pieces, start: int, end: int) -> np.ndarray:
    return np.flatnonzero((pieces.starts < end) & (pieces.ends > start))


def name_tags(pieces: Pieces, named: Named, at: int = 0) -> np.ndarray:
    """Per piece the tag of its name, ``IGNORED`` where the teachers differ; ``at``: where the text begins."""
    tags = np.zeros(len(pieces.ids), dtype=np.int64)
    write_names(tags, pieces, named, at)
    return tags


def write_names(tags: np.ndarray, pieces: Pieces, named: Named, at: int) -> None:
    for start, end, label in named.names:
        inside = _inside(pieces, at + start, at + end)
        tags[inside] = _NAME[f"I-{label}"]
        tags[inside[:1]] = _NAME[f"B-{label}"]
    for start, end in named.unsure:
        tags[_inside(pieces, at + start, at + end)] = IGNORED


def attribution_documents(path: Path, cutter: Cutter, nlp: Any, named: list[Named]) -> list[dict[str, Any]]:
    """PolNeAR reports: pieces, sentence starts, and per piece its tags and the pieces its links lead to."""
    found = []
    source = rows(path)
    docs = nlp.pipe((r["text"] for r in source), batch_size=8)
    for row, doc, names in zip(source, docs, named, strict=True):
        pieces = cutter.pieces(row["text"])
        size = len(pieces.ids)
        tags = np.zeros(size, dtype=np.int64)
        to_cue = np.full(size, IGNORED, dtype=np.int64)
        to_source = np.full(size, IGNORED, dtype=np.int64)
        for item in row["attributions"]:
            at = {role: [_inside(pieces, a, b) for a, b in item[role]] for role in ("source", "cue", "content")}
            for role, spans in at.items():
                for span in spans:
                    tags[span] = _TAG[f"I-{role}"]
                    tags[span[:1]] = _TAG[f"B-{role}"]
            firsts = {role: next((int(s[0]) for s in spans if len(s)), -1) for role, spans in at.items()}
            for span in at["content"]:
                to_cue[span] = firsts["cue"]
            for span in at["cue"]:
                to_source[span] = firsts["source"]
        starts = [s.start_char for s in doc.sents]
        found.append({"pieces": pieces, "starts": starts, "tags": tags, "to_cue": to_cue, "to_source": to_source})
        found[-1]["names"] = name_tags(pieces, names)
    return found


def _placed(window: Window, values: np.ndarray, empty: float) -> np.ndarray:
    """Values of pieces at their positions in the window."""
    inside = window.pieces >= 0
    placed = np.where(inside if values.ndim == 1 else inside[:, None], values[window.pieces], empty)
    return placed.astype(values.dtype)


def _linked(window: Window, targets: np.ndarray) -> np.ndarray:
    """Link targets as positions: 0 (the window's start) for one that lies outside, or does not exist."""
    where = {int(p): i for i, p in enumerate(window.pieces) if p >= 0}
    placed = _placed(window, targets, IGNORED)
    return np.array([t if t == IGNORED else where.get(int(t), 0) for t in placed], dtype=np.int64)


def attribution_examples(documents: list[dict[str, Any]], seed: int, vary: bool = True) -> Iterator[Example]:
    """With soft labels where a document has them."""
    chance = random.Random(seed)
    for doc in documents:
        first = chance.randrange(20, 180) if vary else 0
        for window in cut_windows(doc["pieces"], doc["starts"], first=first):
            yield Example(
                window.ids,
                window.kinds,
                _placed(window, doc["names"], IGNORED),
                tags=_placed(window, doc["tags"], IGNORED),
                to_cue=_linked(window, doc["to_cue"]),
                to_source=_linked(window, doc["to_source"]),
                soft=_placed(window, doc["soft"].tags, np.nan) if "soft" in doc else None,
            )


def plain_documents(texts: list[str], named: list[Named], cutter: Cutter) -> list[dict[str, Any]]:
    """Texts of which only the names are known, cut into windows at line and sentence ends."""
    found = []
    for text, names in zip(texts, named, strict=True):
        pieces = cutter.pieces(text)
        starts = [0, *(m.end() for m in _SENTENCE_END.finditer(text))]
        found.append({"pieces": pieces, "starts": starts, "names": name_tags(pieces, names)})
    return found


def plain_examples(documents: list[dict[str, Any]], seed: int, share: float) -> Iterator[Example]:
    """Windows of some of the documents, with soft labels where a document has them."""
    chance = random.Random(seed)
    for doc in chance.sample(documents, round(len(documents) * share)):
        for window in cut_windows(doc["pieces"], doc["starts"], first=chance.randrange(20, 180)):
            example = Example(window.ids, window.kinds, _placed(window, doc["names"], IGNORED))
            if "soft" in doc:
                example.soft = _placed(window, doc["soft"].tags, np.nan)
                example.factuality = _placed(window, doc["soft"].value.astype(np.float32), np.nan)
                example.to_cue = _linked(window, doc["soft"].to_cue)
                example.to_source = _linked(window, doc["soft"].to_source)
            yield example


def unnamed_documents(texts: list[str], cutter: Cutter) -> list[dict[str, Any]]:
    """Texts of which nothing is known."""
    documents = plain_documents(texts, [Named((), ())] * len(texts), cutter)
    for doc in documents:
        doc["names"] = np.full(len(doc["pieces"].ids), IGNORED, dtype=np.int64)
    return documents


def plain_texts(at: Path) -> list[str]:
    """Varied news for names alone: whole reports, claims and headlines of parts whose own labels are not read."""
    found = [r["text"][:3000] for r in rows(at / "same-event.ecbplus-train.jsonl.gz")]
    found += [r["text"][:2500] for r in rows(at / "same-event.gva-news.jsonl.gz")[::6]]
    found += [r["text"][:1500] for r in rows(at / "event-types.ngec-synthetic.jsonl.gz")[::20]]
    pairs = [f"{r['claim_a']}\n{r['claim_b']}" for r in rows(at / "claims.claimdiff-weak-train.jsonl.gz")]
    found += ["\n".join(pairs[i : i + 4]) for i in range(0, len(pairs), 4)]
    headlines = [f"{r['claim']}\n{r['headline']}" for r in rows(at / "stance.emergent.jsonl.gz")]
    return found + ["\n".join(headlines[i : i + 6]) for i in range(0, len(headlines), 6)]


_SENTENCE_END = re.compile(r"[.!?]['”\"]?\s+|\n+")


def factuality_texts(path: Path, scheme: str) -> list[dict[str, Any]]:
    return [{"text": r["text"], "events": r["events"], "scheme": scheme} for r in rows(path)]


def event_texts(path: Path) -> list[dict[str, Any]]:
    """ECB+: scored lines with a line before and after; anchors are judged in the scored ones only."""
    found = []
    for row in rows(path):
        text = row["text"]
        for start, end in row["scored"]:
            left = text.rfind("\n", 0, max(0, start - 1)) + 1 if start else 0
            right = text.find("\n", min(len(text), end + 1))
            right = len(text) if right < 0 else right
            if right - left > 1500:
                left, right = start, end
            events = [
                {"start": m["start"] - left, "end": m["end"] - left, "factuality": None}
                for m in row["mentions"]
                if left <= m["start"] and m["end"] <= right
            ]
            found.append(
                {"text": text[left:right], "events": events, "scheme": "ecb", "judged": (start - left, end - left)}
            )
    return found


def type_texts(path: Path, nlp: Any) -> list[dict[str, Any]]:
    """PLV sentences with the token where the paths of actor and recipient meet."""
    found = []
    source = rows(path)
    docs = nlp.pipe((r["text"] for r in source), batch_size=32)
    for row, doc in zip(source, docs, strict=True):
        number = int(row["id"].rsplit("-", 1)[1])
        tops = [_top(doc, row["text"].find(row[role] or "\0"), row[role] or "") for role in ("actor", "recipient")]
        meeting = _meeting(*tops) if all(tops) else None
        anchor = (meeting.idx, meeting.idx + len(meeting)) if meeting is not None else None
        held_out = number % HELD_OUT == 0
        found.append({"text": row["text"], "type": row["type"], "anchor": anchor, "held_out": held_out})
    return found


def _top(doc: Any, start: int, words: str) -> Any:
    span = doc.char_span(start, start + len(words), alignment_mode="expand") if start >= 0 else None
    return span.root if span is not None and len(span) else None


def _meeting(one: Any, other: Any) -> Any:
    path = [one, *one.ancestors]
    ours = {t.i for t in path}
    for token in [other, *other.ancestors]:
        if token.i in ours:
            return token
    return None


_SENTENCE = re.compile(r"\S.{20,400}?[.!?]['”\"]?(?=\s|$)", re.DOTALL)


def story_texts(path: Path) -> list[dict[str, Any]]:
    """Synthetic stories: headline and first sentence, each of the story's type."""
    found = []
    for row in rows(path):
        found.append({"text": row["prompt"].split("\n")[0].strip(), "type": row["label"]})
        if opening := _SENTENCE.match(row["text"].lstrip()):
            found.append({"text": opening.group().replace("\n", " "), "type": row["label"]})
    return found


def type_ids(name: str) -> tuple[int, ...]:
    return tuple(TYPES.index(n) for n in (("CONCEDE", "RETREAT") if name == "YIELD" else (name,)))


def sentence_example(texts: list[dict[str, Any]], cutter: Cutter, longest: int = 192) -> Example:
    """Several unrelated texts in one window, a paragraph each."""
    joined = ""
    places = []
    for item in texts:
        places.append(len(joined))
        joined += item["text"] + "\n"
    pieces = cutter.pieces(joined)
    count = len(pieces.ids)
    factuality = np.full(count, np.nan, dtype=np.float32)
    anchors = np.full((count, len(ANCHORS)), np.nan, dtype=np.float32)
    names = np.zeros(count, dtype=np.int64)
    segments = []
    for item, at in zip(texts, places, strict=True):
        inside = _inside(pieces, at, at + len(item["text"]))
        write_names(names, pieces, item["named"], at)
        if "scheme" in item:
            column = ANCHORS.index(item["scheme"])
            a, b = item.get("judged", (0, len(item["text"])))
            anchors[_inside(pieces, at + a, at + b), column] = 0.0
            for event in item["events"]:
                here = _inside(pieces, at + event["start"], at + event["end"])
                here = here[~np.isnan(anchors[here, column])]
                anchors[here, column] = 1.0
                if event["factuality"] is not None:
                    factuality[here] = event["factuality"]
        if "type" in item and len(inside):
            anchor = _inside(pieces, at + item["anchor"][0], at + item["anchor"][1]) if item.get("anchor") else []
            segments.append(
                (int(inside[0]), int(inside[-1]) + 1, int(anchor[0]) if len(anchor) else -1, type_ids(item["type"]))
            )
    window = cut_windows(pieces, [], longest=10_000)[0]
    where = {int(p): i for i, p in enumerate(window.pieces) if p >= 0}
    types = [(where[a], where[b - 1] + 1, where.get(c, -1), t) for a, b, c, t in segments if where[b - 1] < longest]
    placed = np.where((window.pieces >= 0)[:, None], anchors[window.pieces], np.nan).astype(np.float32)
    return Example(
        window.ids[:longest],
        window.kinds[:longest],
        _placed(window, names, IGNORED)[:longest],
        factuality=_placed(window, factuality, np.nan)[:longest],
        anchors=placed[:longest],
        types=types,
    )


def sentence_examples(texts: list[dict[str, Any]], cutter: Cutter, seed: int) -> Iterator[Example]:
    """Shuffled texts, one to four in a window of at most about 400 characters."""
    chance = random.Random(seed)
    order = list(texts)
    chance.shuffle(order)
    group: list[dict[str, Any]] = []
    size, most = 0, chance.randint(1, 4)
    for item in order:
        length = len(item["text"])
        if group and (len(group) >= most or size + length > 400):
            yield sentence_example(group, cutter)
            group, size, most = [], 0, chance.randint(1, 4)
        group.append(item)
        size += length
    if group:
        yield sentence_example(group, cutter)
