"""The shipped weights give the same products on every processor; needs the train extra."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from onrecord.reading.encoder import DATA, HEADS

onnx = pytest.importorskip("onnx")
quantise = pytest.importorskip("models.quantise")


def products(path: Path) -> list[np.ndarray]:
    model = onnx.load(str(path))
    kept = {i.name: onnx.numpy_helper.to_array(i) for i in model.graph.initializer}
    return [kept[node.input[1]] for node in model.graph.node if node.op_type == "MatMulInteger"]


def drawn(count: int) -> list[dict[str, np.ndarray]]:
    rng, kinds = np.random.default_rng(7), np.zeros((1, 40), dtype=np.int64)
    return [{"ids": rng.integers(1000, 20000, (1, 40)), "kinds": kinds} for _ in range(count)]


def test_no_pair_of_products_overflows_sixteen_bits() -> None:
    found = products(DATA / "encoder.onnx")
    assert len(found) == 29
    assert max(int(np.abs(matrix.astype(int)).max()) for matrix in found) * 255 * 2 < 2**15


def test_restored_network_is_near(tmp_path: Path) -> None:
    windows = drawn(3)
    whole = tmp_path / "whole.onnx"
    onnx.save(quantise.restored(DATA / "encoder.onnx"), str(whole))
    lines = list(quantise.strayed(whole, DATA / "encoder.onnx", windows))
    assert [line.split()[0] for line in lines] == list(HEADS)
    for line in lines:
        words = line.split()
        assert 0 < float(words[-4].rstrip(",")) < 0.1 * float(words[-1])


def test_evening_leaves_what_the_network_says(tmp_path: Path) -> None:
    windows = drawn(1)
    model = quantise.restored(DATA / "encoder.onnx")
    plain, evened = tmp_path / "plain.onnx", tmp_path / "evened.onnx"
    onnx.save(model, str(plain))
    quantise.even(model, windows)
    onnx.save(model, str(evened))
    for line in quantise.strayed(plain, evened, windows):
        assert float(line.split()[-4].rstrip(",")) < 1e-3
