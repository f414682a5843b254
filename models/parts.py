"""Which reports of the training data are kept out of training, to set or measure things without touching -dev."""

from __future__ import annotations

HELD_OUT_REPORTS = 20  # PolNeAR's reports whose number divides by this set the decoding of attributions
