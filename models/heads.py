"""The network: MiniLM with two more piece kinds, and small heads that share its one pass; and its larger teacher."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel, MPNetModel

from onrecord.reading.encoder_windows import KINDS

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
TYPES = (
    "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONCEDE", "CONSULT", "COOPERATE",
    "MOBILIZE", "PROTEST", "REJECT", "REQUEST", "RETREAT", "SANCTION", "SUPPORT", "THREATEN",
)  # fmt: skip
NAMES = (
    "PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE",
)  # fmt: skip
NAME_TAGS = ("O", *(f"{place}-{name}" for name in NAMES for place in "BI"))
ANCHORS = ("ecb", "uds", "uw")  # one detector per annotation scheme: they disagree on what an event is
NO_DROPOUT = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}  # slow on CPU; two passes do not overfit
LINK = 48  # width of each of the four link vectors: content asks cue, cue answers, cue asks source, source answers


class Heads(nn.Module):
    """Per piece ``tags`` (7), ``links`` (4 × 48), ``names`` (23) and ``meaning`` (factuality, anchors, types)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.drop = nn.Dropout(0.1)
        self.tags = nn.Linear(width, len(TAGS))
        self.links = nn.Linear(width, 4 * LINK)
        self.meaning = nn.Sequential(
            nn.Linear(width, 192), nn.GELU(), nn.Linear(192, 1 + len(ANCHORS) + 1 + len(TYPES))
        )
        self.names = nn.Linear(width, len(NAME_TAGS))

    def answers(self, hidden: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        hidden = self.drop(hidden)
        return self.tags(hidden), self.links(hidden), self.meaning(hidden), self.names(hidden)


class Network(Heads):
    """What ships: MiniLM."""

    def __init__(self, weights: Path) -> None:
        body = BertModel.from_pretrained(weights, add_pooling_layer=False, attn_implementation="sdpa", **NO_DROPOUT)
        super().__init__(body.config.hidden_size)
        self.body = body
        kinds = nn.Embedding(KINDS, body.config.hidden_size)
        with torch.no_grad():
            kinds.weight.copy_(body.embeddings.token_type_embeddings.weight[:1].expand(KINDS, -1))
        body.embeddings.token_type_embeddings = kinds
        body.embeddings.word_embeddings.weight.requires_grad_(False)

    def forward(self, ids: Tensor, kinds: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Without a mask all windows are of one length."""
        hidden = self.body(input_ids=ids, token_type_ids=kinds, attention_mask=mask).last_hidden_state
        return self.answers(hidden)


class Teacher(Heads):
    """A four times deeper network (MPNet, width 768) that only labels text for the one that ships; runs in bfloat16."""

    def __init__(self, weights: Path, start: Path) -> None:
        body = MPNetModel.from_pretrained(weights, add_pooling_layer=False, **NO_DROPOUT)
        super().__init__(body.config.hidden_size)
        self.body = body
        self.kinds = nn.Embedding(KINDS, body.config.hidden_size)
        nn.init.zeros_(self.kinds.weight)
        body.embeddings.word_embeddings.weight.requires_grad_(False)
        self.register_buffer("its_ids", _translated(start, weights), persistent=False)

    def forward(self, ids: Tensor, kinds: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """As ``Network``: the ids are BERT's, both read the same pieces."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            embedded = self.body.embeddings.word_embeddings(self.its_ids[ids]) + self.kinds(kinds)
            hidden = self.body(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return self.answers(hidden.float())


_ITS_NAMES = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}


def _translated(start: Path, weights: Path) -> Tensor:
    """MPNet's id of each of BERT's pieces: one vocabulary, in another order."""
    ours, theirs = (json.loads((p / "tokenizer.json").read_text())["model"]["vocab"] for p in (start, weights))
    unknown = theirs["[UNK]"]
    table = torch.full((len(ours),), unknown, dtype=torch.long)
    for piece, number in ours.items():
        table[number] = theirs.get(_ITS_NAMES.get(piece, piece), unknown)
    return table


def link_scores(asks: Tensor, answers: Tensor, mask: Tensor) -> Tensor:
    """(batch, from, to) scores of links between positions of one window."""
    scores: Tensor = asks @ answers.transpose(1, 2) / LINK**0.5
    return scores.masked_fill(mask[:, None, :] == 0, -1e4)
