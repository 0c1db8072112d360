"""What every engine's program shares: its arguments, medians of several runs, peak memory, agreement of polygons with times."""

import argparse
import csv
import json
import os
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path

# Places from which a tree, a row or isochrones are made; each is measured by itself and the median is told.
ORIGINS = 20
BANDS = [5, 10, 15, 20, 30]
JUDGED = [10, 15, 30]
# Points further than this are in no polygon and would only flatter the agreement.
NEAR_MINUTES = 45


def arguments():
    """EXTRACT PLACES WORK [--threads N] [--brief]: brief leaves all but preparation and matrix out."""
    # Stopped from outside, a program still puts its own things away.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    parser = argparse.ArgumentParser()
    parser.add_argument("extract", type=Path)
    parser.add_argument("places", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--variant", default="")
    parser.add_argument("--threads", type=int, default=1, help="0: as many as the engine takes by itself")
    parser.add_argument("--judge", action="store_true", help="measure how far polygons agree with times as well")
    parser.add_argument("--brief", action="store_true")
    asked = parser.parse_args()
    with asked.places.open() as file:
        rows = list(csv.DictReader(file))
    asked.lonlat = [(float(row["lon"]), float(row["lat"])) for row in rows if row["role"] == "place"]
    asked.points = [(float(row["lon"]), float(row["lat"])) for row in rows if row["role"] == "point"]
    asked.work.mkdir(parents=True, exist_ok=True)
    return asked


def pairs(count):
    """The 2,000 pairs whose minutes are compared: pair k leaves from place k mod n."""
    return [(k % count, (k % count + 1 + 97 * (1 + k // count)) % count) for k in range(2000)]


def median_ms(work, runs=5, budget=20.0):
    """Median milliseconds of up to `runs` runs of `work`, no more begun once `budget` seconds are gone."""
    spent = []
    while len(spent) < runs and sum(spent) < budget:
        begun = time.perf_counter()
        work()
        spent.append(time.perf_counter() - begun)
    return 1000 * statistics.median(spent)


def median_ms_of(work, items, runs=3, budget=20.0):
    """Median milliseconds of `work(item)` over all items, each `runs` times."""
    work(items[0])
    spent = []
    for item in list(items) * runs:
        if sum(spent) > budget:
            break
        begun = time.perf_counter()
        work(item)
        spent.append(time.perf_counter() - begun)
    return 1000 * statistics.median(spent)


def command(*words, **options):
    """Runs a program to its end: milliseconds it took, MiB it held at most."""
    begun = time.perf_counter()
    process = subprocess.Popen([str(word) for word in words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    output = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{Path(str(words[0])).name} ended with {process.returncode}: {output.strip()[-400:]}")
    return 1000 * (time.perf_counter() - begun), used.ru_maxrss / 1024


def held_mb(process="self", field="VmHWM"):
    """MiB that a process holds (VmRSS) or has held at most (VmHWM)."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith(field):
            return int(line.split()[1]) / 1024
    raise ValueError(field)


def agreement(polygons, minutes, points):
    """Per cent of points on which a polygon's verdict is that of the engine's own time.

    polygons: for each origin, {minutes: shapely geometry}; minutes: for each origin, the times to the points (None: not reached).
    """
    import numpy
    import shapely

    lon, lat = numpy.array(points).T
    agreed = asked = 0
    for bands, row in zip(polygons, minutes):
        times = numpy.array([numpy.inf if value is None else value for value in row], dtype=float)
        for band in JUDGED:
            within = shapely.contains_xy(bands[band], lon, lat) if band in bands else numpy.zeros(len(times), dtype=bool)
            near = (times <= NEAR_MINUTES) | within
            agreed += int(((times <= band) == within)[near].sum())
            asked += int(near.sum())
    return 100 * agreed / asked


def report(**measured):
    """Prints what was measured as the last line of output."""
    print("\n" + json.dumps(measured))
