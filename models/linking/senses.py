"""Gives the encoder a head ``senses``: vectors by which mentions of one event are near each other.

    python models/linking/senses.py ../shared/bench/data onrecord/data READINGS SENSES

On ECB+ train, read with the program itself (READINGS keeps the readings). What the network's second, fourth and last
layers make of a mention, and its third of the mention's sentence, is brought down to 64 numbers by linear
discriminants: directions in which mentions of one event differ least beside different events (Fisher 1936; as in
PLDA, Ioffe 2006). The network's own weights stay as they are. SENSES gets a pickle of each mention's vector by a
projection that did not see its topic, for ``train_events.py``. Run from the checkout with ``PYTHONPATH=.``, after
``models.export``.
"""

from __future__ import annotations

import json
import pickle
import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, helper, numpy_helper
from train_events import FOLDS, folds_of, readings_of, topics_of
from train_stories import rows_of

from models.quantise import version
from onrecord.model import Reading, global_id
from onrecord.reading.encoder import SENSES, load_encoder, packed

LAYERS = 6
OF_MENTION = (1, 3, 5)  # layers, from nought
OF_SENTENCE = (2,)
WIDTH = 384
SIZE = 64
SHRINK = 0.5  # how far differences within an event are taken to be alike in all directions
Floats = NDArray[np.float64]


def layers_of(model: ModelProto) -> list[str]:
    """The outputs of the network's layers: the sum that closes the second norm of each."""
    norms = [
        n.output[0] for n in model.graph.node if n.op_type == "Add" and any("LayerNorm.bias" in i for i in n.input)
    ]
    found = norms[1::2]
    if len(found) != LAYERS:
        raise ValueError(f"{len(found)} layers found, {LAYERS} expected")
    return found


def with_head(model: ModelProto, mention: Floats, sentence: Floats, middle: Floats) -> ModelProto:
    """The network with a head of two halves: what a piece gives to its mention, and to its sentence's mentions."""
    made = ModelProto()
    made.CopyFrom(model)
    graph, layers = made.graph, layers_of(model)
    halves = []
    for name, chosen, matrix in (("mention", OF_MENTION, mention), ("sentence", OF_SENTENCE, sentence)):
        graph.initializer.append(numpy_helper.from_array(matrix.astype(np.float32), f"{SENSES}.{name}"))
        graph.node.append(helper.make_node("Concat", [layers[i] for i in chosen], [f"{SENSES}/{name}/layers"], axis=-1))
        graph.node.append(
            helper.make_node("MatMul", [f"{SENSES}/{name}/layers", f"{SENSES}.{name}"], [f"{SENSES}/{name}"])
        )
        halves.append(f"{SENSES}/{name}")
    bias = np.concatenate([-middle, np.zeros(len(middle))]).astype(np.float32)
    graph.initializer.append(numpy_helper.from_array(bias, f"{SENSES}.bias"))
    graph.node.append(helper.make_node("Concat", halves, [f"{SENSES}/halves"], axis=-1))
    graph.node.append(helper.make_node("Add", [f"{SENSES}/halves", f"{SENSES}.bias"], [SENSES]))
    graph.output.append(helper.make_tensor_value_info(SENSES, TensorProto.FLOAT, [1, "pieces", 2 * len(middle)]))
    onnx.checker.check_model(made)
    return made


def empty(model: ModelProto) -> ModelProto:
    """The network with a head that says nothing."""
    mention, sentence = (np.zeros((WIDTH * len(chosen), SIZE)) for chosen in (OF_MENTION, OF_SENTENCE))
    return with_head(model, mention, sentence, np.zeros(SIZE))


def open_layers(model: ModelProto) -> ModelProto:
    """The network with a head that passes on the layers themselves, to learn from."""
    size = WIDTH * (len(OF_MENTION) + len(OF_SENTENCE))
    mention, sentence = np.zeros((WIDTH * len(OF_MENTION), size)), np.zeros((WIDTH * len(OF_SENTENCE), size))
    mention[:, : len(mention)] = np.eye(len(mention))
    sentence[:, len(mention) :] = np.eye(len(sentence))
    return with_head(model, mention, sentence, np.zeros(size))


def layers_by_mention(model: ModelProto, readings: list[Reading]) -> dict[str, Floats]:
    """What the layers make of each mention and its sentence, by global event id."""
    from onnxruntime import InferenceSession

    encoder = load_encoder()
    if encoder is None:
        raise ValueError("the encoder's weights are not installed")
    opened = replace(encoder, session=InferenceSession(open_layers(model).SerializeToString()))
    found: dict[str, Floats] = {}
    for reading in readings:
        scores = opened.score(reading.report.text, [s.start for s in reading.sentences])
        for event in reading.events:
            sentence = reading.sentences[event.sentence]
            whole = scores.sense_vector((event.anchor.start, event.anchor.end), (sentence.start, sentence.end))
            if whole.size:
                found[global_id(reading.report.id, event.id)] = whole.astype(np.float64)
    return found


def discriminants(vectors: Floats, clusters: list[str]) -> tuple[Floats, Floats]:
    """(middle, projection): the directions in which different events differ most beside mentions of one."""
    middle = vectors.mean(axis=0)
    groups: dict[str, list[int]] = defaultdict(list)
    for row, cluster in enumerate(clusters):
        groups[cluster].append(row)
    means = np.array([vectors[rows].mean(axis=0) for rows in groups.values()]) - middle
    strayed = np.concatenate([vectors[rows] - vectors[rows].mean(axis=0) for rows in groups.values()])
    within = strayed.T @ strayed / max(1, len(vectors) - len(groups))
    level = np.trace(within) / len(within)
    within = (1 - SHRINK) * within + SHRINK * level * np.eye(len(within))
    sizes, axes = np.linalg.eigh(within)
    whiten = axes / np.sqrt(sizes)
    spread, turned = np.linalg.eigh(whiten.T @ (means.T @ means / len(means)) @ whiten)
    projection: Floats = whiten @ turned[:, np.argsort(-spread)[:SIZE]]
    return middle, projection


def main(data: str, target: str, kept: str, senses: str) -> None:
    path = Path(target) / "encoder.onnx"
    model = without_head(onnx.load(str(path)))
    onnx.save(empty(model), str(path))  # the program itself asks for the head
    rows = rows_of(Path(data) / "same-event.ecbplus-train.jsonl.gz")
    topics = topics_of(rows, readings := readings_of(rows, Path(kept)))
    layers = layers_by_mention(model, readings)
    fold, known = folds_of(topics), {m: c for topic in topics for m, c in topic.clusters.items() if m in layers}
    topic_of = {d.report: topic.name for topic in topics for d in topic.digests}
    part = {mention: fold[topic_of[mention.rsplit(".", 1)[0]]] for mention in layers}
    unseen: dict[str, str] = {}
    for number in range(FOLDS):
        learnt = [m for m in known if part[m] != number]
        middle, projection = discriminants(np.array([layers[m] for m in learnt]), [known[m] for m in learnt])
        asked = [m for m in layers if part[m] == number]
        unseen.update((m, packed((layers[m] - middle) @ projection)) for m in asked)
    Path(senses).write_bytes(pickle.dumps(unseen))
    middle, projection = discriminants(np.array([layers[m] for m in known]), list(known.values()))
    at = WIDTH * len(OF_MENTION)
    onnx.save(with_head(model, projection[:at], projection[at:], middle @ projection), str(path))
    described: dict[str, Any] = json.loads((Path(target) / "encoder.json").read_text("utf-8"))
    described["version"] = version(path, described["format"])
    (Path(target) / "encoder.json").write_text(json.dumps(described, indent=1) + "\n", "utf-8")
    print(len(layers), "mentions,", len(known), "of known events;", described["version"])


def without_head(model: ModelProto) -> ModelProto:
    """The network as it was before this script gave it a head."""
    graph = model.graph
    for found in (graph.node, graph.initializer, graph.output):
        for item in [x for x in found if _of_head(x)]:
            found.remove(item)
    return model


def _of_head(item: Any) -> bool:
    name = item.output[0] if hasattr(item, "op_type") else item.name
    return str(name).startswith(SENSES)


if __name__ == "__main__":
    main(*sys.argv[1:])
