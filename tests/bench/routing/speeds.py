"""One table of speeds for all engines whose minutes are compared: data/speeds.toml, free flow, with the country's numbers in town as well.

Whether a road lies in a town is each engine's own guess, so town and country are made the same: limit and share are the rural ones; a signed
limit takes the place of the class's, and the share is taken of it all the same.
"""

import tomllib
from pathlib import Path

KMH_PER_MPH = 1.609344
CAR_ROADS = ["motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential", "living-street", "service"]
WITH_LINKS = {"motorway", "trunk", "primary", "secondary", "tertiary"}
_table = tomllib.loads((Path(__file__).resolve().parents[3] / "data/speeds.toml").read_text())["class"]
# km/h where no limit is signed, and the share of the limit that is driven, by class.
LIMITS = {name: _table[name]["rural_limit_mph"] * KMH_PER_MPH for name in CAR_ROADS}
SHARES = {name: _table[name]["rural_share"]["free-flow"] for name in CAR_ROADS}


def by_highway(numbers):
    """The numbers by OpenStreetMap's own words, slip roads with their roads, as the inside of a table in Lua."""
    rows = []
    for name, number in numbers.items():
        highway = name.replace("-", "_")
        rows += [f"{highway} = {number:.6f}"] + [f"{highway}_link = {number:.6f}"] * (name in WITH_LINKS)
    return ", ".join(rows)
