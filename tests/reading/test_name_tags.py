"""Names by the encoder: labels of names, times and numbers on the doc, and a user's own pipeline believed."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.tokens import Doc, Span

from onrecord.model import Report, report_id
from onrecord.reading import encoder
from onrecord.reading.name_tags import NAMES, named
from onrecord.reading.page import Page
from onrecord.reading.reader import Reader

weights = pytest.mark.skipif(encoder.WEIGHTS_VERSION == "none", reason="the encoder's weights are not in this checkout")

TEXT = (
    "President Maria Kestrel met officials of the World Health Organization in Nairobi on Tuesday. "
    "The Kenyan government spent $5 million, or 12 percent of the third budget, on 40 boats."
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def page_of(reader: Reader, text: str) -> Page:
    address = "memory:names"
    report = Report(report_id(address, text, None, None, None, None), address, text)
    page = Page(report, next(iter(reader.docs([report]))))
    for item in reader.steps:
        item.run(page)
        if item is NAMES:
            break
    return page


@weights
def test_labels(reader: Reader) -> None:
    found = {span.text: span.label_ for span in page_of(reader, TEXT).doc.ents}
    assert found["Maria Kestrel"] == "PERSON"
    assert found["Nairobi"] == "GPE"
    assert found["Kenyan"] == "NORP"
    assert {found[t] for t in found if "World Health Organization" in t} == {"ORG"}
    assert found["Tuesday"] == "DATE"
    assert (found["$5 million"], found["12 percent"], found["third"], found["40"]) == (
        "MONEY", "PERCENT", "ORDINAL", "CARDINAL",
    )  # fmt: skip


@weights
def test_a_users_own_names_are_believed(reader: Reader) -> None:
    page = page_of(reader, TEXT)
    page.doc.set_ents([Span(page.doc, 0, 2, "PRODUCT")])
    NAMES.run(page)
    assert [(s.text, s.label_) for s in page.doc.ents] == [("President Maria", "PRODUCT")]


class Given:
    """Scores that answer what they are given, for three tokens."""

    def __init__(self, chances: list[list[float]], begins: list[bool]) -> None:
        self._answer = (("PERSON", "ORG"), np.array(chances, dtype=np.float32), np.array(begins))

    def token_names(self, starts: object, ends: object) -> object:
        return self._answer


@pytest.mark.parametrize(
    ("chances", "begins", "expected"),
    [
        ([[0.1, 0.8, 0.1], [0.2, 0.7, 0.1], [0.9, 0.1, 0.0]], [True, False, False], [(0, 2, "PERSON")]),
        (
            [[0.1, 0.8, 0.1], [0.2, 0.7, 0.1], [0.9, 0.1, 0.0]],
            [True, True, False],
            [(0, 1, "PERSON"), (1, 2, "PERSON")],
        ),
        ([[0.1, 0.8, 0.1], [0.2, 0.1, 0.7], [0.9, 0.1, 0.0]], [True, False, False], [(0, 1, "PERSON"), (1, 2, "ORG")]),
        ([[1.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.1, 0.0, 0.9]], [False, False, False], [(2, 3, "ORG")]),
    ],
)
def test_stretches(
    reader: Reader, chances: list[list[float]], begins: list[bool], expected: list[tuple[int, int, str]]
) -> None:
    doc = Doc(reader.nlp.vocab, words=["Ada", "Bell", "left"])
    assert named(doc, Given(chances, begins)) == expected  # type: ignore[arg-type]
