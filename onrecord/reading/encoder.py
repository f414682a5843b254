"""The encoder: one pass of a small network over a report gives what the later steps weigh.

Step ``ENCODER`` sets ``page.scores``: a `Scores`, or ``None`` where the weights are not installed or there is no
text, so that callers fall back to rules. Its methods take code-point offsets into ``page.text``:

- ``scores.factuality(start, end) -> float | None``: -3 … +3, the author's commitment to the predicate at this span;
- ``scores.anchor(start, end) -> float``: 0 … 1, is this span the anchor of an event (``anchor_by`` per scheme);
- ``scores.event_type(start, end) -> dict[str, float]``: probability of each of PLOVER's sixteen types, given that the
  anchor at this span is of PLOVER at all; empty if nothing is known;
- ``scores.attribution(start, end) -> dict[str, float]``: mean probability of ``source``, ``cue``, ``content``;
- ``scores.sense(anchor, sentence) -> str``: a vector by which mentions of one event are near each other;
- ``scores.token_tags(starts, ends)`` and ``scores.link(...)``: for the attribution step;
- ``scores.token_names(starts, ends)``: for the names step.

The network is all-MiniLM-L6-v2 (Wang et al. 2020, Reimers and Gurevych 2019) fine-tuned by ``models/train.py``; its
card is ``models/README.md``. Weights: ``onrecord/data/encoder.onnx`` (7 bit), run by onnxruntime on one thread.
"""

from __future__ import annotations

import json
from base64 import b64encode
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.encoder_windows import LONGEST, Pieces, Window, cut_pieces, cut_windows
from onrecord.reading.page import Page, step

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

DATA = Path(__file__).parent.parent / "data"
HEADS = ("tags", "links", "meaning", "names")
SENSES = "senses"  # made by models/linking/senses.py, after the heads
Floats = NDArray[np.float32]


def weights_version(folder: Path = DATA) -> str:
    """The weights' version as their description states it, "none" if there are no weights."""
    try:
        described = json.loads((folder / "encoder.json").read_text("utf-8"))
    except FileNotFoundError:
        return "none"
    return str(described["version"])


WEIGHTS_VERSION = weights_version()


@dataclass(frozen=True)
class Encoder:
    """Loaded weights, tokenizer and description."""

    session: InferenceSession
    tokenizer: Tokenizer
    described: dict[str, Any]

    def score(self, text: str, sentences: Sequence[int]) -> Scores | None:
        """Scores of a text, ``sentences`` being its sentences' starts; None for a text without words.

        Time is linear in the text's length: a sentence longer than a window is cut.
        """
        found = self.tokenizer.encode(text, add_special_tokens=False)
        if not found.ids:
            return None
        pieces = cut_pieces(text, found.ids, found.offsets)
        windows = cut_windows(pieces, sentences, LONGEST)
        (tags, links, meaning, names, senses), outside = self._run(windows, len(pieces.ids))
        number = np.zeros(len(pieces.ids), dtype=np.int64)
        for i, window in enumerate(windows):
            number[window.pieces[window.pieces >= 0]] = i
        return Scores(
            self.described,
            pieces,
            softmax(tags),
            links,
            outside,
            meaning,
            softmax(names),
            senses,
            number,
            sorted(sentences),
        )

    def _run(self, windows: list[Window], size: int) -> tuple[list[Floats], Floats]:
        """Each head's outputs by piece, and the link vectors of every window's first position: "elsewhere"."""
        whole: list[Floats] = []
        outside = np.zeros((0, 0), dtype=np.float32)
        for number, window in enumerate(windows):
            # One window a run: nothing is padded, so the network needs no mask.
            outputs = self.session.run([*HEADS, SENSES], {"ids": window.ids[None], "kinds": window.kinds[None]})
            if not whole:
                whole = [np.zeros((size, output.shape[-1]), dtype=np.float32) for output in outputs]
                outside = np.zeros((len(windows), outputs[1].shape[-1]), dtype=np.float32)
            outside[number] = outputs[1][0, 0]
            real = window.pieces >= 0
            for full, output in zip(whole, outputs, strict=True):
                full[window.pieces[real]] = output[0][real]
        return whole, outside


def softmax(scores: Floats) -> Floats:
    """Probabilities along the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return result


def packed(vector: NDArray[np.floating[Any]]) -> str:
    """A vector's direction: signed bytes, the greatest number 127, in base64."""
    scaled = np.round(vector * (127 / max(1e-9, float(np.abs(vector).max()))))
    return b64encode(scaled.astype(np.int8).tobytes()).decode("ascii")


@dataclass
class Scores:
    """What the encoder says of one report, piece by piece; offsets are the report's code points."""

    described: dict[str, Any]  # encoder.json: labels of the heads, version
    pieces: Pieces
    tags: Floats  # (pieces, 7) probabilities, in the order of described["tags"]
    links: Floats  # (pieces, 4 × width): content asks cue, cue answers, cue asks source, source answers
    outside: Floats  # (windows, 4 × width): the same of each window's start, which stands for "elsewhere"
    meaning: Floats  # (pieces, …): factuality, anchors per scheme, pooling weight, types
    names: Floats  # (pieces, 23) probabilities, in the order of described["names"]
    senses: Floats  # (pieces, 2 × width): what a piece gives to the vectors of its mention, and of its sentence's
    windows: NDArray[np.int64]  # (pieces,) number of the window each stood in
    sentences: list[int]  # starts
    _linked: dict[tuple[int, str], tuple[int, Floats]] = field(default_factory=dict)

    def reach(self, start: int, end: int) -> tuple[int, int]:
        """First and last + 1 of the pieces that overlap a span; equal if none does."""
        first = bisect_right(self._ends, start)
        return first, max(first, bisect_left(self._starts, end))

    @cached_property
    def _starts(self) -> list[int]:
        found: list[int] = self.pieces.starts.tolist()
        return found

    @cached_property
    def _ends(self) -> list[int]:
        found: list[int] = self.pieces.ends.tolist()
        return found

    def factuality(self, start: int, end: int) -> float | None:
        a, b = self.reach(start, end)
        return min(3.0, max(-3.0, float(self.meaning[a:b, 0].mean()))) if a < b else None

    def anchor_by(self, start: int, end: int) -> dict[str, float]:
        """Probability of an event's anchor by annotation scheme: ``ecb``, ``uds`` (predicates), ``uw``."""
        a, b = self.reach(start, end)
        schemes = self.described["anchors"]
        if a >= b:
            return dict.fromkeys(schemes, 0.0)
        scores = 1 / (1 + np.exp(-self.meaning[a:b, 1 : 1 + len(schemes)]))
        return {name: float(p) for name, p in zip(schemes, scores.max(axis=0), strict=True)}

    def anchor(self, start: int, end: int) -> float:
        by = self.anchor_by(start, end)
        return max(by["ecb"], by["uw"])

    def token_anchors(self, starts: Sequence[int], ends: Sequence[int], scheme: str) -> Floats:
        """(tokens,) probabilities of an event's anchor by one scheme, 0 where a token has no piece."""
        chances = 1 / (1 + np.exp(-self.meaning[:, 1 + self.described["anchors"].index(scheme)]))
        first = np.searchsorted(self.pieces.ends, np.asarray(starts), side="right")
        last = np.searchsorted(self.pieces.starts, np.asarray(ends), side="left")
        best = np.maximum.reduceat(np.append(chances, 0.0), np.column_stack((first, last)).ravel())[::2]
        return np.where(first < last, best, 0.0).astype(np.float32)

    def event_type(self, start: int, end: int) -> dict[str, float]:
        a, b = self.reach(start, end)
        if a >= b:
            return {}
        first = 2 + len(self.described["anchors"])
        own = softmax(self.meaning[a:b, first:].mean(axis=0))
        return {name: float(p) for name, p in zip(self.described["types"], own, strict=True)}

    def sense(self, anchor: tuple[int, int], sentence: tuple[int, int]) -> str:
        """The vector of a mention in its sentence, given their spans: signed bytes in base64, "" without a piece."""
        vector = self.sense_vector(anchor, sentence)
        return packed(vector) if vector.size else ""

    def sense_vector(self, anchor: tuple[int, int], sentence: tuple[int, int]) -> Floats:
        """The same in numbers, none without a piece."""
        (a, b), (c, d) = self.reach(*anchor), self.reach(*sentence)
        width = self.senses.shape[1] // 2
        if a >= b or c >= d:
            return np.zeros(0, dtype=np.float32)
        found: Floats = self.senses[a:b, :width].mean(axis=0) + self.senses[c:d, width:].mean(axis=0)
        return found

    def attribution(self, start: int, end: int) -> dict[str, float]:
        a, b = self.reach(start, end)
        if a >= b:
            return {}
        mean = self.tags[a:b].mean(axis=0)
        return {role: float(sum(self._columns(mean, role))) for role in ("source", "cue", "content")}

    def _columns(self, row: Floats, role: str) -> list[float]:
        return [float(row[i]) for i, name in enumerate(self.described["tags"]) if name.endswith(f"-{role}")]

    def token_tags(self, starts: Sequence[int], ends: Sequence[int]) -> Floats:
        """(tokens, 7) tag probabilities: the begin tags of a token's first piece, the others as its pieces' mean."""
        first = np.searchsorted(self.pieces.ends, np.asarray(starts), side="right")
        last = np.searchsorted(self.pieces.starts, np.asarray(ends), side="left")
        summed = np.concatenate(
            (np.zeros((1, self.tags.shape[1]), dtype=np.float64), self.tags.cumsum(axis=0, dtype=np.float64))
        )
        count = np.maximum(1, last - first)[:, None]
        mean = (summed[np.maximum(first, last)] - summed[first]) / count
        begins = [i for i, name in enumerate(self.described["tags"]) if name.startswith("B-")]
        rests = [self.described["tags"].index("I-" + self.described["tags"][i][2:]) for i in begins]
        at = np.minimum(first, len(self.tags) - 1)
        role = mean[:, begins] + mean[:, rests]
        share = self.tags[at][:, begins] / np.maximum(1e-9, self.tags[at][:, begins] + self.tags[at][:, rests])
        mean[:, begins], mean[:, rests] = role * share, role * (1 - share)
        return np.asarray(mean, dtype=np.float32)

    def token_names(
        self, starts: NDArray[np.int64], ends: NDArray[np.int64]
    ) -> tuple[tuple[str, ...], Floats, NDArray[np.bool_]]:
        """Labels; (tokens, 1 + labels) mean chances, of no name first; and whether each token rather begins a name."""
        names = self.described["names"]
        labels = tuple(name[2:] for name in names if name.startswith("B-"))
        begin = [names.index(f"B-{n}") for n in labels]
        inside = [names.index(f"I-{n}") for n in labels]
        first = np.searchsorted(self.pieces.ends, starts, side="right")
        last = np.searchsorted(self.pieces.starts, ends, side="left")
        known = first < last
        at = np.minimum(first, len(self.names) - 1)
        joint = np.concatenate((self.names[:, :1], self.names[:, begin] + self.names[:, inside]), axis=1)
        summed = np.concatenate((np.zeros((1, joint.shape[1])), joint.cumsum(axis=0, dtype=np.float64)))
        chances = (summed[np.maximum(first, last)] - summed[first]) / np.maximum(1, last - first)[:, None]
        chances[~known] = 0.0
        begins = self.names[at][:, begin].sum(axis=1) > self.names[at][:, inside].sum(axis=1)
        return labels, np.asarray(chances, dtype=np.float32), begins

    def link(self, asking: tuple[int, int], answering: Sequence[tuple[int, int]], to: str) -> tuple[list[float], float]:
        """Probability that a span (code points) leads to each of others: a content to a cue, or a cue to its source.

        ``to`` is ``cue`` or ``source``. The second value is the probability that it leads out of its window or
        nowhere. Spans of other windows have probability 0.
        """
        a, b = self.reach(*asking)
        if a >= b:
            return [0.0] * len(answering), 1.0
        window = int(self.windows[a])
        low, whole = self._links_of(window, to)
        b = a + int(np.searchsorted(self.windows[a:b], window, side="right"))
        chances = whole[a - low : b - low].mean(axis=0)
        size = len(chances) - 1  # the last is the window's start
        found = []
        for start, end in answering:
            c, d = self.reach(start, end)
            c, d = max(c - low, 0), min(d - low, size)
            found.append(float(chances[c:d].sum()) if c < d else 0.0)
        return found, max(0.0, 1.0 - sum(found))

    def _links_of(self, window: int, to: str) -> tuple[int, Floats]:
        """A window's first piece, and the chance that each of its pieces leads to each other one, or out of it."""
        key = (window, to)
        if key not in self._linked:
            low, high = (int(np.searchsorted(self.windows, window, side=side)) for side in ("left", "right"))
            width = self.links.shape[1] // 4
            ask, answer = (0, width) if to == "cue" else (2 * width, 3 * width)
            answers = np.vstack(
                (self.links[low:high, answer : answer + width], self.outside[window, answer : answer + width])
            )
            self._linked[key] = low, softmax(self.links[low:high, ask : ask + width] @ answers.T / width**0.5)
        return self._linked[key]


@lru_cache(maxsize=1)
def load_encoder(folder: Path = DATA) -> Encoder | None:
    """The installed encoder, or None where its weights are missing."""
    path = folder / "encoder.onnx"
    if not path.is_file():
        return None
    from onnxruntime import ExecutionMode, InferenceSession, SessionOptions
    from tokenizers import Tokenizer

    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.execution_mode = ExecutionMode.ORT_SEQUENTIAL
    session = InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(folder / "encoder-tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return Encoder(session, tokenizer, json.loads((folder / "encoder.json").read_text("utf-8")))


def _run(page: Page) -> None:
    encoder = load_encoder()
    if encoder is None or not page.sentences:
        page.scores = None
        return
    page.scores = encoder.score(page.text[: page.sentences[-1].end], [s.start for s in page.sentences])


ENCODER = step("encoder", needs=["sentences"], adds=["scores"], run=_run)

__all__ = ["ENCODER", "WEIGHTS_VERSION", "Encoder", "Scores", "load_encoder", "packed", "weights_version"]
