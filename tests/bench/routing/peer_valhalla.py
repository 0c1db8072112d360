"""Measures Valhalla with its own car costs."""

import json
from importlib.metadata import version
from pathlib import Path

import shapely
import valhalla
from valhalla.config import get_config

import measure

asked = measure.arguments()
tiles = asked.work / "tiles"
tiles.mkdir(exist_ok=True)
config = get_config(tile_extract="", tile_dir=tiles)
for source in ("admin", "timezone", "landmarks"):
    config["mjolnir"].pop(source, None)
if asked.threads:
    config["mjolnir"]["concurrency"] = asked.threads
config["service_limits"]["auto"].update(max_locations=10_000, max_matrix_location_pairs=10_000_000)
config["service_limits"]["isochrone"]["max_contours"] = len(measure.BANDS)
# Its default takes minutes and gigabytes for 500 × 500; this is the one a large table wants.
default_algorithm = config["thor"]["source_to_target_algorithm"]
config["thor"]["source_to_target_algorithm"] = "timedistancematrix"
file = asked.work / "valhalla.json"
file.write_text(json.dumps(config))
build_ms, build_mb = measure.command(Path(valhalla.__file__).parent / "bin/valhalla_build_tiles", "-c", file, asked.extract)

interpreter = measure.held_mb(field="VmRSS")
actor = None


def load():
    global actor
    actor = valhalla.Actor(config)


loaded_ms = measure.median_ms(load, runs=1)


def locations(places):
    return [{"lon": lon, "lat": lat} for lon, lat in places]


def matrix(sources, targets):
    """The answer's bytes: reading them is not the engine's work."""
    return actor.matrix(json.dumps({"sources": locations(sources), "targets": locations(targets), "costing": "auto", "verbose": False}))


def minutes(sources, targets):
    rows = json.loads(matrix(sources, targets))["sources_to_targets"]["durations"]
    return [[None if seconds is None else seconds / 60 for seconds in row] for row in rows]


def isochrones(place, bands, **how):
    return actor.isochrone(
        json.dumps({"locations": locations([place]), "costing": "auto", "polygons": True, "contours": [{"time": band} for band in bands], **how})
    )


def matrix_500():
    """Milliseconds, and how they were found: rows are worked out one by one, so many slow ones are told from 20."""

    def rows_20():
        matrix(asked.lonlat[:20], asked.lonlat)

    rows_20()
    of_20 = measure.median_ms(rows_20, runs=3)
    if of_20 * 25 > 45_000:
        return of_20 * 25, "timedistancematrix; 20 rows, times 25"
    return measure.median_ms(lambda: matrix(asked.lonlat, asked.lonlat), runs=3), "timedistancematrix"


matrix_ms, how = matrix_500()
measured = {"preparation_ms": build_ms + loaded_ms, "matrix_500_ms": matrix_ms, "notes": {"matrix_500_ms": how, "customise_ms": "none: builds its tiles afresh"}}
if not asked.brief:
    origins = asked.lonlat[: measure.ORIGINS]
    measured["one_to_all_ms"] = measure.median_ms_of(lambda place: matrix([place], asked.lonlat), origins, runs=1)
    measured["notes"]["one_to_all_ms"] = "has none: one to 500"
    measured["tree_30_min_ms"] = measure.median_ms_of(lambda place: isochrones(place, [30]), origins, runs=1)
    measured["notes"]["tree_30_min_ms"] = "has none: one contour of 30 minutes"
    measured["isochrones_ms"] = measure.median_ms_of(lambda place: isochrones(place, measure.BANDS), origins)
    if asked.judge:
        times = [minutes([place], asked.points)[0] for place in origins]

        def judged(**how):
            polygons = []
            for place in origins:
                features = json.loads(isochrones(place, measure.JUDGED, **how))["features"]
                polygons.append({feature["properties"]["contour"]: shapely.make_valid(shapely.from_geojson(json.dumps(feature["geometry"]))) for feature in features})
            return measure.agreement(polygons, times, asked.points)

        usual, finest = judged(), judged(denoise=0, generalize=0)
        measured["agreement_percent"] = max(usual, finest)
        measured["notes"]["agreement_percent"] = f"as set {usual:.2f}; without denoising and generalising {finest:.2f}"
    serving_mb = measure.held_mb()
    config["thor"]["source_to_target_algorithm"] = default_algorithm
    load()
    default_ms = measure.median_ms(lambda: matrix(asked.lonlat[:20], asked.lonlat[:20]), runs=1)
    measured["notes"]["matrix_500_ms"] += f"; as set ({default_algorithm}), 20 × 20 alone takes {default_ms:,.0f} ms"
else:
    serving_mb = measure.held_mb()
measure.report(version=f"Valhalla {version('pyvalhalla')}", preparation_mb=build_mb, serving_mb=serving_mb, interpreter_mb=interpreter, **measured)
