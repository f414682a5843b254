"""Labels text by the larger network: ``python -m models.soft --data … --parts … --teacher … --larger …``.

What it writes (``soft.pickle`` beside the teacher) is what ``models.train --soft`` learns from: of each piece how
likely each tag is, factuality where an event is likely (Hinton, Vinyals and Dean 2015), and where its links lead: from
contents to cues, from cues to sources. Text: PolNeAR's training part, the plain texts that serve
the names head, and more plain texts.
"""

from __future__ import annotations

import argparse
import pickle
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch

from models import data
from models.data import IGNORED, Soft
from models.heads import ANCHORS, LINK, TAGS, Teacher, link_scores
from models.parts import rows
from models.train import checkpoint, inputs, load_tokenizer, start_weights
from onrecord.reading.encoder_windows import Window, cut_windows

AT_ONCE = 16  # windows
CUES, CONTENTS = (3, 4), (5, 6)  # of TAGS
LIKELY = 0.5  # from which an event's factuality is taught


def blank(size: int) -> Soft:
    tags = np.zeros((size, len(TAGS)), dtype=np.float16)
    nowhere = np.full(size, IGNORED, dtype=np.int64)
    return Soft(tags, np.full(size, np.nan, dtype=np.float16), nowhere, nowhere.copy())


def trained(folder: Path, larger: Path) -> Teacher:
    network = Teacher(larger, start_weights())
    network.load_state_dict(checkpoint(folder)["network"])
    return network.eval()


def label(network: Teacher, documents: list[dict[str, Any]]) -> list[Soft]:
    """Each document once, cut into windows as in use."""
    found = [blank(len(d["pieces"].ids)) for d in documents]
    windows = [(i, w) for i, d in enumerate(documents) for w in cut_windows(d["pieces"], d["starts"])]
    windows.sort(key=lambda item: len(item[1].ids))
    began = time.time()
    for at in range(0, len(windows), AT_ONCE):
        batch = windows[at : at + AT_ONCE]
        _label_batch(network, batch, found)
        if at // AT_ONCE % 100 == 0:
            print(f"{at}/{len(windows)} windows {time.time() - began:.0f}s", flush=True)
    return found


def _label_batch(network: Teacher, batch: list[tuple[int, Window]], found: list[Soft]) -> None:
    with torch.inference_mode():
        ids, kinds, mask = inputs([window for _, window in batch])
        tags, links, meaning, _ = network(ids, kinds, mask)
        ask_cue, cue, ask_source, source = links.split(LINK, dim=-1)
        to_cue = link_scores(ask_cue, cue, mask).argmax(-1).numpy()
        to_source = link_scores(ask_source, source, mask).argmax(-1).numpy()
        chances = tags.softmax(-1)
        events = meaning[..., 1 : 1 + len(ANCHORS)].sigmoid().amax(-1)
    for row, (number, window) in enumerate(batch):
        size = len(window.ids)
        inside = window.pieces >= 0
        at = window.pieces[inside]
        soft = found[number]
        soft.tags[at] = chances[row, :size].numpy()[inside]
        value = np.where(events[row, :size].numpy() > LIKELY, meaning[row, :size, 0].numpy(), np.nan)
        soft.value[at] = value[inside]
        roles = chances[row, :size].argmax(-1).numpy()[inside]
        _write_links(soft.to_cue, window, at[np.isin(roles, CONTENTS)], to_cue[row, :size])
        _write_links(soft.to_source, window, at[np.isin(roles, CUES)], to_source[row, :size])


def _write_links(links: np.ndarray, window: Window, asking: np.ndarray, answers: np.ndarray) -> None:
    """The piece that each asking piece's link leads to, where it lies in the window: another may see more of it."""
    position = {int(p): i for i, p in enumerate(window.pieces) if p >= 0}
    for piece in asking.tolist():
        answer = window.pieces[answers[position[piece]]]
        if answer >= 0:
            links[piece] = answer


def more_texts(at: Path) -> list[str]:
    """News beyond what the names head reads; none of its own labels are used."""
    found = [r["text"][:2500] for i, r in enumerate(rows(at / "same-event.gva-news.jsonl.gz")) if i % 6]
    stories = rows(at / "event-types.ngec-synthetic.jsonl.gz")
    return found + [r["text"][:2000] for i, r in enumerate(stories) if i % 2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--parts", type=Path, required=True, help="the folder in which models.train kept its parts")
    parser.add_argument("--teacher", type=Path, required=True, help="the folder of models.train --larger")
    parser.add_argument("--larger", type=Path, required=True, help="the folder with MPNet's weights")
    given = parser.parse_args()
    torch.set_num_threads(2)
    parts = pickle.loads((given.parts / "parts.pickle").read_bytes())
    network = trained(given.teacher, given.larger)
    more = data.unnamed_documents(more_texts(given.data), data.Cutter(load_tokenizer()))
    found = {name: label(network, parts[name]) for name in ("attribution", "plain")}
    found["more"] = label(network, more)
    (given.teacher / "soft.pickle").write_bytes(pickle.dumps({"documents": more, "soft": found}))


if __name__ == "__main__":
    main()
