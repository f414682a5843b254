"""Exports trained weights for use: ``python -m models.export --from /tmp/encoder --to onrecord/data``.

ONNX for one window a run, without a mask, matrix products in 7 bit (see ``models.quantise``), vocabulary in 8; writes
``encoder.onnx``, ``encoder.json`` and ``encoder-tokenizer.json``, and says how far its outputs lie from 32-bit ones.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn
from torch.nn import functional

from models.heads import ANCHORS, LINK, NAME_TAGS, TAGS, TYPES, Network
from models.quantise import measured_on, quantise, strayed, version
from models.train import checkpoint, load_tokenizer, start_weights
from onrecord.reading.encoder import HEADS

FORMAT = 2
INPUTS = ("ids", "kinds")


def normed(norm: nn.LayerNorm, hidden: Tensor) -> Tensor:
    """The norm in plain steps, which onnxruntime makes faster on a CPU than its own norm (by 8 % of the whole)."""
    centred = hidden - hidden.mean(-1, keepdim=True)
    variance = (centred * centred).mean(-1, keepdim=True)
    return centred * torch.rsqrt(variance + norm.eps) * norm.weight + norm.bias


class Lean(nn.Module):
    """The same network for windows of one length: no mask to broadcast, queries, keys and values in one product."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, kinds: Tensor) -> tuple[Tensor, ...]:
        body = self.network.body
        places = torch.arange(ids.shape[1])[None]
        embedded = body.embeddings
        hidden = embedded.word_embeddings(ids) + embedded.token_type_embeddings(kinds)
        hidden = embedded.LayerNorm(hidden + embedded.position_embeddings(places))
        for layer in body.encoder.layer:
            hidden = self._layer(layer, hidden)
        heads = self.network
        return heads.tags(hidden), heads.links(hidden), heads.meaning(hidden), heads.names(hidden)

    def _layer(self, layer: Any, hidden: Tensor) -> Tensor:
        own, out = layer.attention.self, layer.attention.output
        scale = own.attention_head_size**-0.5
        weight = torch.cat([own.query.weight * scale, own.key.weight, own.value.weight])
        bias = torch.cat([own.query.bias * scale, own.key.bias, own.value.bias])
        asks, answers, values = (self._split(own, t) for t in (hidden @ weight.t() + bias).chunk(3, dim=-1))
        mixed = torch.softmax(asks @ answers.transpose(-1, -2), dim=-1) @ values
        mixed = mixed.transpose(1, 2).reshape(hidden.shape[0], hidden.shape[1], -1)
        hidden = normed(out.LayerNorm, hidden + out.dense(mixed))
        wide = functional.gelu(layer.intermediate.dense(hidden))
        return normed(layer.output.LayerNorm, hidden + layer.output.dense(wide))

    def _split(self, own: Any, states: Tensor) -> Tensor:
        shape = (states.shape[0], states.shape[1], own.num_attention_heads, own.attention_head_size)
        return states.view(shape).transpose(1, 2)


def trained(folder: Path) -> tuple[Network, int]:
    state = checkpoint(folder)
    network = Network(start_weights())
    network.load_state_dict(state["network"])
    return network.eval(), int(state["step"])


def export(source: Path, target: Path, data: Path) -> None:
    network, step = trained(source)
    target.mkdir(parents=True, exist_ok=True)
    ids = torch.randint(1000, 20000, (1, 24))
    given = (ids, torch.zeros_like(ids))
    with tempfile.TemporaryDirectory() as folder:
        whole, ready = Path(folder) / "whole.onnx", Path(folder) / "ready.onnx"
        axes = {name: {0: "windows", 1: "pieces"} for name in (*INPUTS, *HEADS)}
        torch.onnx.export(
            Lean(network),
            given,
            str(whole),
            input_names=list(INPUTS),
            output_names=list(HEADS),
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        quant_pre_process(str(whole), str(ready), skip_symbolic_shape=True)
        windows = measured_on(data, load_tokenizer())
        quantise(ready, target / "encoder.onnx", windows)
        print(*strayed(whole, target / "encoder.onnx", windows), sep="\n")
    described = {
        "format": FORMAT,
        "version": version(target / "encoder.onnx", FORMAT),
        "steps": step,
        "tags": list(TAGS),
        "anchors": list(ANCHORS),
        "types": list(TYPES),
        "link": LINK,
        "names": list(NAME_TAGS),
    }
    (target / "encoder.json").write_text(json.dumps(described, indent=1) + "\n")
    load_tokenizer().save(str(target / "encoder-tokenizer.json"), pretty=False)
    print(described["version"], (target / "encoder.onnx").stat().st_size // 1024, "KiB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="source", type=Path, required=True)
    parser.add_argument("--to", dest="target", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=Path("../shared/bench/data"))
    given = parser.parse_args()
    export(given.source, given.target, given.data)


if __name__ == "__main__":
    main()
