"""Which reports of the training data are kept out of training, to set or measure things without touching -dev."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

HELD_OUT_REPORTS = 20  # PolNeAR's reports whose number divides by this set the decoding of attributions


def rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf8") as lines:
        return [json.loads(line) for line in lines if line.strip()]
