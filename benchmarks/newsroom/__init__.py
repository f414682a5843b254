"""An invented newsroom: reports whose truth is known, at any size, from a seed.

``python -m benchmarks newsroom --reports 2000 --seed 1 --to FOLDER`` writes ``reports.jsonl`` and ``truth.json``;
with ``--score`` the program reads them, and what it makes of them is measured (``score.py`` says how).

Worlds are made in ``world.py``, events cast in ``casting.py``, put into words in ``wording.py`` (with ``acts.json``),
told over time by ``plots.py`` and ``write.py``; ``truth.py`` writes down what is true of them.
"""
