"""Extracted text is found again in the source of its page."""

from __future__ import annotations

import html
import sys
from subprocess import run

from hypothesis import given
from hypothesis import strategies as st

from onrecord.inputs.alignment import align


def test_entities_tags_and_wrapped_lines() -> None:
    source = "<title>Ferry</title>\n<p>The &ldquo;old&rdquo; <b>ferry</b>\n   sails &amp; returns.</p>"
    source += "<script>The old ferry</script>"
    text = "The “old” ferry sails & returns."
    runs = align(text, source)
    assert all(text[a : a + n] == source[b : b + n] for a, b, n in runs)
    found = {text[a : a + n]: b for a, b, n in runs}
    assert found["old"] == source.index("old&rdquo;")
    assert found["ferry"] == source.index("ferry</b>")


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=30), max_size=8), st.text(max_size=40))
def test_runs_are_equal_stretches_in_order(paragraphs: list[str], noise: str) -> None:
    source = "".join(f"<p>{html.escape(p)}</p><i {noise}>" for p in paragraphs)
    text = "\n".join(" ".join(p.split()) for p in paragraphs)
    last = 0
    for start, at, length in align(text, source):
        assert length > 0
        assert last <= start
        assert text[start : start + length] == source[at : at + length]
        last = start + length


def test_nothing_heavy_is_imported_with_the_room() -> None:
    heavy = "trafilatura lxml htmldate py3langid charset_normalizer babel numpy"
    code = f"import sys, onrecord.inputs; print([m for m in {heavy.split()} if m in sys.modules])"
    done = run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
