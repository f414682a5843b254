"""Weights of a network in whole numbers that give the same products on every processor.

Of ``--from``, a network in 8 bit, makes one in 7: ``python -m models.quantise --from old.onnx --to onrecord/data``.

Processors without VNNI add pairs of 8-bit products in 16 bits, which full 8-bit weights overflow: the same report then
reads otherwise on another machine. Weights of 7 bits cannot overflow. What that costs is won back by evening out the
inputs of each product first (SmoothQuant, Xiao et al. 2023): a few columns reach ten times as far as the others, and
one scale must hold them all.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, helper, numpy_helper
from onnxruntime import InferenceSession, SessionOptions
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer

from models.parts import rows
from onrecord.reading.encoder import HEADS
from onrecord.reading.encoder_windows import LONGEST, cut_pieces, cut_windows

SHARE = 0.7  # how much of a column's reach goes from the inputs to the weights
REPORTS = slice(7, 720, 60)  # twelve of the training part, on which the reach is measured
Fed = dict[str, NDArray[np.int64]]
Floats = NDArray[np.float32]


def measured_on(data: Path, tokenizer: Tokenizer) -> list[Fed]:
    """Windows of training reports, as the network is fed with them."""
    fed: list[Fed] = []
    for row in rows(data / "attribution.polnear-train.jsonl.gz")[REPORTS]:
        found = tokenizer.encode(row["text"], add_special_tokens=False)
        pieces = cut_pieces(row["text"], found.ids, found.offsets)
        fed.extend({"ids": w.ids[None], "kinds": w.kinds[None]} for w in cut_windows(pieces, [0], LONGEST))
    return fed


def quantise(whole: Path, target: Path, windows: Sequence[Fed]) -> None:
    """Writes a network of floats in 7 bit per column, inputs quantised in each run."""
    model = onnx.load(str(whole))
    even(model, windows)
    with tempfile.TemporaryDirectory() as folder:
        evened = Path(folder) / "evened.onnx"
        onnx.save(model, str(evened))
        quantize_dynamic(
            str(evened),
            str(target),
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather"],
        )


def even(model: ModelProto, windows: Sequence[Fed]) -> None:
    """Divides the inputs of each product by their reach, column by column, and multiplies its weights by the same."""
    weights = {i.name: i for i in model.graph.initializer}
    users: dict[str, list[NodeProto]] = defaultdict(list)
    for node in model.graph.node:
        if node.op_type == "MatMul" and node.input[1] in weights:
            users[node.input[0]].append(node)
    before: dict[str, NodeProto] = {}
    for name, reach in _reaches(model, list(users), windows).items():
        matrices = [numpy_helper.to_array(weights[node.input[1]]) for node in users[name]]
        scale = _scale(reach, np.max([np.abs(m).max(axis=1) for m in matrices], axis=0))
        for node, matrix in zip(users[name], matrices, strict=True):
            weights[node.input[1]].CopyFrom(numpy_helper.from_array(matrix * scale[:, None], node.input[1]))
        model.graph.initializer.append(numpy_helper.from_array(1 / scale, f"{name}_scale"))
        before[users[name][0].output[0]] = helper.make_node(
            "Mul", [name, f"{name}_scale"], [f"{name}_evened"], f"{name}_even"
        )
        for node in users[name]:
            node.input[0] = f"{name}_evened"
    _insert(model, before)


def _scale(reach: Floats, weight: Floats) -> Floats:
    scale = np.maximum(reach, 1e-3) ** SHARE / np.maximum(weight, 1e-3) ** (1 - SHARE)
    return np.asarray(scale / np.exp(np.log(scale).mean()), dtype=np.float32)


def _reaches(model: ModelProto, names: list[str], windows: Sequence[Fed]) -> dict[str, Floats]:
    """The largest amount in each column of these inputs over all windows."""
    probed = ModelProto()
    probed.CopyFrom(model)
    probed.graph.output.extend(helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in names)
    session = _session(probed.SerializeToString())
    most = {name: np.zeros(0, dtype=np.float32) for name in names}
    for fed in windows:
        for name, value in zip(names, session.run(names, fed), strict=True):
            reach = np.abs(value[0]).max(axis=0)
            most[name] = np.maximum(most[name], reach) if most[name].size else reach
    return most


def _insert(model: ModelProto, before: dict[str, NodeProto]) -> None:
    ordered: list[NodeProto] = []
    for node in model.graph.node:
        if node.output[0] in before:
            ordered.append(before[node.output[0]])
        ordered.append(node)
    del model.graph.node[:]
    model.graph.node.extend(ordered)


def restored(path: Path) -> ModelProto:
    """The network of a quantised file with its products in floats again: what its 8-bit weights stand for."""
    model = onnx.load(str(path))
    kept = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
    makers = {out: node for node in model.graph.node for out in node.output}
    users = {name: node for node in model.graph.node for name in node.input}
    plain: dict[str, NodeProto] = {}
    gone: set[str] = set()
    for node in model.graph.node:
        if node.op_type != "MatMulInteger":
            continue
        cast = users[node.output[0]]
        scaled = users[cast.output[0]]
        scales = makers[next(name for name in scaled.input if name != cast.output[0])]
        matrix = kept[node.input[1]].astype(np.float32) * kept[next(name for name in scales.input if name in kept)]
        model.graph.initializer.append(numpy_helper.from_array(matrix, f"{node.input[1]}_float"))
        quantised = makers[node.input[0]]
        plain[scaled.name] = helper.make_node(
            "MatMul", [quantised.input[0], f"{node.input[1]}_float"], [scaled.output[0]], f"{node.name}_float"
        )
        gone.update(n.name for n in (node, cast, scales, quantised))
    ordered = [plain.get(node.name, node) for node in model.graph.node if node.name not in gone]
    del model.graph.node[:]
    model.graph.node.extend(ordered)
    used = {name for node in ordered for name in node.input}
    left = [i for i in model.graph.initializer if i.name in used]
    del model.graph.initializer[:]
    model.graph.initializer.extend(left)
    return model


def strayed(whole: Path, small: Path, windows: Sequence[Fed]) -> Iterator[str]:
    """How far the quantised outputs lie from those in floats, by head."""
    sessions = [_session(path.read_bytes()) for path in (whole, small)]
    runs = [[session.run(list(HEADS), fed) for fed in windows] for session in sessions]
    for i, name in enumerate(HEADS):
        one, other = (np.concatenate([outputs[i][0] for outputs in run]) for run in runs)
        yield f"{name} root mean square of differences {_size(one - other):.4f}, of outputs {_size(one):.4f}"


def version(path: Path, form: int) -> str:
    """Format and the start of the file's SHA-256."""
    return f"{form}-{hashlib.sha256(path.read_bytes()).hexdigest()[:10]}"


def _size(values: Floats) -> float:
    return float(np.sqrt(np.mean(values * values)))


def _session(model: bytes) -> InferenceSession:
    options: Any = SessionOptions()
    options.log_severity_level = 3
    return InferenceSession(model, options, providers=["CPUExecutionProvider"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", dest="source", type=Path, required=True, help="a network in 8 bit")
    parser.add_argument("--to", dest="target", type=Path, required=True, help="a folder with encoder.json")
    parser.add_argument("--data", type=Path, default=Path("../shared/bench/data"))
    given = parser.parse_args()
    windows = measured_on(given.data, Tokenizer.from_file(str(given.target / "encoder-tokenizer.json")))
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        onnx.save(restored(given.source), str(whole))
        quantise(whole, given.target / "encoder.onnx", windows)
        print(*strayed(whole, given.target / "encoder.onnx", windows), sep="\n")
    described = json.loads((given.target / "encoder.json").read_text("utf-8"))
    described["version"] = version(given.target / "encoder.onnx", described["format"])
    (given.target / "encoder.json").write_text(json.dumps(described, indent=1) + "\n", "utf-8")
    print(described["version"])


if __name__ == "__main__":
    main()
