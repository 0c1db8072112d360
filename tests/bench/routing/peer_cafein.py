"""Measures cafein with its own British speeds."""

import os
import sys

if "--threads" in sys.argv and (threads := sys.argv[sys.argv.index("--threads") + 1]) != "0":
    os.environ["RAYON_NUM_THREADS"] = threads

from importlib.metadata import version

import cafein
import geopandas
import numpy as np
import shapely

import measure

asked = measure.arguments()
interpreter = measure.held_mb(field="VmRSS")
workers = asked.threads or None
made = {}


def build():
    made["network"] = cafein.StreetNetwork.from_osm(asked.extract, modes=("car",), country="GB")


def frame(places):
    return geopandas.GeoDataFrame({"id": [str(i) for i in range(len(places))]}, geometry=shapely.points(np.array(places)), crs=4326)


preparation_ms = measure.median_ms(build, runs=1)
preparation_mb = measure.held_mb()
network = made["network"]
places, points = frame(asked.lonlat), frame(asked.points)


def matrix(origins, destinations):
    return cafein.TravelTimeMatrix(network, origins, destinations, transport_mode="car", max_street_time=600, output_time_units="seconds", workers=workers)


def catchment(origin, bands):
    return cafein.Catchment(network, origin, transport_mode="car", budgets=[float(band) for band in bands], workers=workers)


measured = {
    "preparation_ms": preparation_ms,
    "matrix_500_ms": measure.median_ms(lambda: matrix(places, places), runs=3),
    "notes": {"customise_ms": "none: builds afresh"},
}
if not asked.brief:
    origins = [places.iloc[i : i + 1] for i in range(measure.ORIGINS)]
    measured["one_to_all_ms"] = measure.median_ms_of(lambda origin: matrix(origin, places), origins)
    measured["notes"]["one_to_all_ms"] = "has none: one to 500"
    measured["tree_30_min_ms"] = measure.median_ms_of(lambda origin: catchment(origin, [30]), origins)
    measured["notes"]["tree_30_min_ms"] = "has none: one catchment of 30 minutes"
    measured["isochrones_ms"] = measure.median_ms_of(lambda origin: catchment(origin, measure.BANDS), origins)
    measured["notes"]["isochrones_ms"] = "unions of hexagons"
    times, polygons = [], []
    for origin in origins if asked.judge else []:
        row = [None] * len(points)
        answer = matrix(origin, points)
        for to, seconds in zip(answer["to_id"], answer["travel_time"]):
            row[int(to)] = seconds / 60
        times.append(row)
        answer = catchment(origin, measure.JUDGED)
        polygons.append({int(band): shape for band, shape in zip(answer["budget"], answer.geometry)})
    if asked.judge:
        measured["agreement_percent"] = measure.agreement(polygons, times, asked.points)
measure.report(version=f"cafein {version('cafein')}", preparation_mb=preparation_mb, serving_mb=measure.held_mb(), interpreter_mb=interpreter, **measured)
