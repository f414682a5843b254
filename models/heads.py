"""The network: MiniLM with two more piece kinds, and small heads that share its one pass."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

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


class Network(nn.Module):
    """Per piece ``tags`` (7), ``links`` (4 × 48), ``names`` (23) and ``meaning`` (factuality, anchors, types)."""

    def __init__(self, weights: Path) -> None:
        super().__init__()
        self.body = BertModel.from_pretrained(
            weights, add_pooling_layer=False, attn_implementation="sdpa", **NO_DROPOUT
        )
        kinds = nn.Embedding(KINDS, self.body.config.hidden_size)
        with torch.no_grad():
            kinds.weight.copy_(self.body.embeddings.token_type_embeddings.weight[:1].expand(KINDS, -1))
        self.body.embeddings.token_type_embeddings = kinds
        self.body.embeddings.word_embeddings.weight.requires_grad_(False)
        width = self.body.config.hidden_size
        self.drop = nn.Dropout(0.1)
        self.tags = nn.Linear(width, len(TAGS))
        self.links = nn.Linear(width, 4 * LINK)
        self.meaning = nn.Sequential(
            nn.Linear(width, 192), nn.GELU(), nn.Linear(192, 1 + len(ANCHORS) + 1 + len(TYPES))
        )

        self.names = nn.Linear(width, len(NAME_TAGS))

    def forward(self, ids: Tensor, kinds: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Without a mask all windows are of one length."""
        hidden = self.body(input_ids=ids, token_type_ids=kinds, attention_mask=mask).last_hidden_state
        hidden = self.drop(hidden)
        return self.tags(hidden), self.links(hidden), self.meaning(hidden), self.names(hidden)


def link_scores(asks: Tensor, answers: Tensor, mask: Tensor) -> Tensor:
    """(batch, from, to) scores of links between positions of one window."""
    scores: Tensor = asks @ answers.transpose(1, 2) / LINK**0.5
    return scores.masked_fill(mask[:, None, :] == 0, -1e4)
