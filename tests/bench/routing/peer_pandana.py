"""Measures pandana, on the benchmark's own reading of the extract."""

import os
import sys

if "--threads" in sys.argv and (threads := sys.argv[sys.argv.index("--threads") + 1]) != "0":
    os.environ["OMP_NUM_THREADS"] = threads

from importlib.metadata import version

import numpy as np
import pandana
import pandas as pd

import measure
from network import Network

asked = measure.arguments()
interpreter = measure.held_mb(field="VmRSS")
made = {}


def read():
    made["roads"] = Network(asked.extract)


def build():
    roads = made["roads"]
    weights = pd.DataFrame({"minutes": roads.seconds / 60})
    made["network"] = pandana.Network(
        pd.Series(roads.lonlat[:, 0]), pd.Series(roads.lonlat[:, 1]), pd.Series(roads.tail), pd.Series(roads.head), weights, twoway=False
    )


read_ms, build_ms = measure.median_ms(read, runs=1), measure.median_ms(build, runs=1)
preparation_mb = measure.held_mb()
network = made["network"]
places = made["roads"].nearest(asked.lonlat)
from_, to = np.repeat(places, len(places)), np.tile(places, len(places))
measured = {
    "preparation_ms": read_ms + build_ms,
    "matrix_500_ms": measure.median_ms(lambda: network.shortest_path_lengths(from_, to)),
    "notes": {
        "preparation_ms": f"no reader of its own: read with osmium {read_ms / 1000:.1f} s, its own part {build_ms / 1000:.1f} s",
        "customise_ms": "none: builds afresh",
        "isochrones_ms": "none",
    },
}
if not asked.brief:
    measured["one_to_all_ms"] = measure.median_ms_of(lambda node: network.nodes_in_range([node], 1e5), places[: measure.ORIGINS])
    measured["tree_30_min_ms"] = measure.median_ms_of(lambda node: network.nodes_in_range([node], 30.0), places[: measure.ORIGINS])
    minutes = network.shortest_path_lengths(from_, to)
    measured["pair_minutes"] = [minutes[a * len(places) + b] for a, b in measure.pairs(len(places))]
measure.report(version=f"pandana {version('pandana')}", preparation_mb=preparation_mb, serving_mb=measure.held_mb(), interpreter_mb=interpreter, **measured)
