"""Exports trained weights for use: ``python -m models.export --from /tmp/encoder --to onrecord/data``.

ONNX, matrix products and vocabulary in 8 bit (per channel, dynamic); writes ``encoder.onnx``, ``encoder.json``
and ``encoder-tokenizer.json``, and says how far 8-bit outputs lie from 32-bit ones.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from pathlib import Path

import numpy as np
import torch
from onnxruntime import InferenceSession
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from models.heads import ANCHORS, LINK, TAGS, TYPES, Network
from models.train import load_tokenizer, start_weights

FORMAT = 1


def trained(folder: Path) -> tuple[Network, int]:
    state = torch.load(folder / "checkpoint.pt", weights_only=True)
    network = Network(start_weights())
    network.load_state_dict(state["network"])
    return network.eval(), int(state["step"])


def export(source: Path, target: Path) -> None:
    network, step = trained(source)
    target.mkdir(parents=True, exist_ok=True)
    ids = torch.randint(1000, 20000, (2, 24))
    given = (ids, torch.zeros_like(ids), torch.ones_like(ids))
    with tempfile.TemporaryDirectory() as folder:
        whole, ready = Path(folder) / "whole.onnx", Path(folder) / "ready.onnx"
        axes = {name: {0: "windows", 1: "pieces"} for name in ("ids", "kinds", "mask", "tags", "links", "meaning")}
        torch.onnx.export(
            network,
            given,
            str(whole),
            input_names=["ids", "kinds", "mask"],
            output_names=["tags", "links", "meaning"],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        quant_pre_process(str(whole), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(
            str(ready),
            str(target / "encoder.onnx"),
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather"],
        )
        _compare(whole, target / "encoder.onnx", given)
    digest = hashlib.sha256((target / "encoder.onnx").read_bytes()).hexdigest()[:10]
    described = {
        "format": FORMAT,
        "version": f"{FORMAT}-{digest}",
        "steps": step,
        "tags": list(TAGS),
        "anchors": list(ANCHORS),
        "types": list(TYPES),
        "link": LINK,
    }
    (target / "encoder.json").write_text(json.dumps(described, indent=1) + "\n")
    load_tokenizer().save(str(target / "encoder-tokenizer.json"), pretty=False)
    print(described["version"], (target / "encoder.onnx").stat().st_size // 1024, "KiB")


def _compare(whole: Path, small: Path, given: tuple[torch.Tensor, ...]) -> None:
    fed = {name: tensor.numpy() for name, tensor in zip(("ids", "kinds", "mask"), given, strict=True)}
    outputs = [InferenceSession(str(p), providers=["CPUExecutionProvider"]).run(None, fed) for p in (whole, small)]
    for name, one, other in zip(("tags", "links", "meaning"), *outputs, strict=True):
        print(name, f"mean difference {np.abs(one - other).mean():.4f} of {np.abs(one).mean():.4f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="source", type=Path, required=True)
    parser.add_argument("--to", dest="target", type=Path, required=True)
    given = parser.parse_args()
    export(given.source, given.target)


if __name__ == "__main__":
    main()
