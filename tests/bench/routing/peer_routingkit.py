"""Measures RoutingKit's customisable contraction hierarchies, on the benchmark's own reading of the extract."""

from importlib.metadata import version

import numpy as np
import routingkit_cch as kit

import measure
from network import Network

asked = measure.arguments()
interpreter = measure.held_mb(field="VmRSS")
made = {}


def read():
    made["roads"] = Network(asked.extract)


def build():
    roads = made["roads"]
    lon, lat = roads.lonlat.T.tolist()
    tail, head = roads.tail.tolist(), roads.head.tolist()
    made["weights"] = np.rint(roads.seconds * 1000).astype(int).tolist()
    order = kit.compute_order_inertial(len(lon), tail, head, lat, lon)
    made["hierarchy"] = kit.CCH(order, tail, head, False)
    made["metric"] = kit.CCHMetric(made["hierarchy"], made["weights"])


read_ms, build_ms = measure.median_ms(read, runs=1), measure.median_ms(build, runs=1)
preparation_mb = measure.held_mb()
metric = made["metric"]
customise_ms = measure.median_ms(lambda: metric.reset(made["weights"]))
places = made["roads"].nearest(asked.lonlat).tolist()


def matrix():
    to_places = kit.CCHOneToMany(metric, places)
    return [to_places.distances_from(place) for place in places]


measured = {
    "preparation_ms": read_ms + build_ms,
    "matrix_500_ms": measure.median_ms(matrix),
    "customise_ms": customise_ms,
    "notes": {
        "preparation_ms": f"no reader of its own: read with osmium {read_ms / 1000:.1f} s, its own part {build_ms / 1000:.1f} s",
        "isochrones_ms": "none",
        "tree_30_min_ms": "none",
    },
}
if not asked.brief:
    to_all = kit.CCHOneToMany(metric, list(range(len(made["roads"].lonlat))))
    measured["one_to_all_ms"] = measure.median_ms_of(to_all.distances_from, places[: measure.ORIGINS])
    del to_all
    took = matrix()
    measured["pair_minutes"] = [None if took[a][b] is None else took[a][b] / 60_000 for a, b in measure.pairs(len(places))]
measure.report(version=f"RoutingKit CCH {version('routingkit-cch')}", preparation_mb=preparation_mb, serving_mb=measure.held_mb(), interpreter_mb=interpreter, **measured)
