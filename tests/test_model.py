"""Ids: made of their parts, the same in every version of the program."""

from __future__ import annotations

import base64
import hashlib

import pytest

from onrecord.model import make_id


@pytest.mark.parametrize(
    ("parts", "canonical"),
    [
        (("event", "rtarn.v1", 2.5, None), '[1,"j","event","rtarn.v1",2.5,null]'),
        ((("é", "\ud800"), {"b": 1, "a": True}), '[1,"j",["é","\ud800"],{"a":true,"b":1}]'),
    ],
)
def test_an_id_is_base_32_of_the_hash_of_its_canonical_parts(parts: tuple[object, ...], canonical: str) -> None:
    digest = hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).digest()
    assert make_id("j", *parts) == "j" + base64.b32encode(digest[:10]).decode().lower()
