"""Measures pgRouting in a PostgreSQL of its own, on the benchmark's own reading of the extract."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import psycopg
import shapely

import measure
from network import Network

ROADS = "SELECT id, source, target, cost FROM roads"
asked = measure.arguments()
programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
if not programs:
    raise SystemExit("PostgreSQL's server is not there (Debian: postgresql-15-pgrouting)")
programs = programs[-1]
# PostgreSQL refuses to run as root; its own user takes its place. A socket's path must be short.
as_user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
user = "postgres" if as_user else pwd.getpwuid(os.getuid()).pw_name
home = Path(tempfile.mkdtemp(prefix="pg"))
if as_user:
    shutil.chown(home, "postgres")


def server(*words):
    subprocess.run([*as_user, *map(str, words)], check=True, stdout=subprocess.DEVNULL, cwd=home)


def ask(sql, *values):
    return database.execute(sql, values).fetchall()


def load():
    roads = made["roads"] = Network(asked.extract)
    database.execute("CREATE EXTENSION postgis; CREATE EXTENSION pgrouting")
    database.execute("CREATE TABLE junctions (id bigint, geom geometry(Point, 4326))")
    database.execute("CREATE TABLE roads (id bigint, source bigint, target bigint, cost double precision)")
    cursor = database.cursor()
    with cursor.copy("COPY junctions FROM STDIN") as copy:
        for i, (lon, lat) in enumerate(roads.lonlat.tolist()):
            copy.write_row((i, f"SRID=4326;POINT({lon} {lat})"))
    with cursor.copy("COPY roads FROM STDIN") as copy:
        for row in zip(range(len(roads.tail)), roads.tail.tolist(), roads.head.tolist(), (roads.seconds / 60).tolist()):
            copy.write_row(row)
    database.execute("ALTER TABLE junctions ADD PRIMARY KEY (id); ALTER TABLE roads ADD PRIMARY KEY (id)")
    database.execute("CREATE INDEX ON junctions USING gist (geom); CREATE INDEX ON roads (source); CREATE INDEX ON roads (target)")
    database.execute("ANALYZE")


def matrix(places):
    return ask("SELECT start_vid, end_vid, agg_cost FROM pgr_dijkstraCostMatrix(%s, %s::bigint[], true)", ROADS, places)


def reached(place, minutes):
    return ask("SELECT node, agg_cost FROM pgr_drivingDistance(%s, %s, %s, true)", ROADS, place, minutes)


def hulls(place, bands):
    """A concave hull for each band, of the junctions reached."""
    return ask(
        """WITH reached AS MATERIALIZED (SELECT agg_cost, geom FROM pgr_drivingDistance(%s, %s, %s, true) JOIN junctions ON node = id)
           SELECT band, ST_AsBinary(ST_ConcaveHull(ST_Collect(geom), 0.2)) FROM unnest(%s::float8[]) AS band JOIN reached ON agg_cost <= band GROUP BY band""",
        ROADS, place, float(bands[-1]), bands,
    )  # fmt: skip


def alpha_shapes(place, bands):
    """pgRouting's own shape for each band."""
    return ask(
        """WITH reached AS MATERIALIZED (SELECT agg_cost, geom FROM pgr_drivingDistance(%s, %s, %s, true) JOIN junctions ON node = id)
           SELECT band, ST_AsBinary(pgr_alphaShape(ST_Collect(geom))) FROM unnest(%s::float8[]) AS band JOIN reached ON agg_cost <= band GROUP BY band""",
        ROADS, place, float(bands[-1]), bands,
    )  # fmt: skip


def measured_matrix(places):
    """Milliseconds, and how they were found: each row is a search of its own, so many slow ones are told from 20."""
    of_20 = measure.median_ms(lambda: ask("SELECT count(agg_cost) FROM pgr_dijkstraCost(%s, %s::bigint[], %s::bigint[], true)", ROADS, places[:20], places), runs=1)
    if of_20 * 25 > 30_000:
        return of_20 * 25, "20 rows, times 25"
    return measure.median_ms(lambda: matrix(places), runs=3), "pgr_dijkstraCostMatrix"


made = {}
try:
    server(programs / "initdb", "-D", home / "data", "-U", user, "--auth=trust")
    # What a small machine is set to: enough for the tables to stay in memory.
    settings = f"-c listen_addresses= -c unix_socket_directories={home} -c shared_buffers=512MB -c work_mem=256MB -c max_parallel_workers_per_gather={0 if asked.threads else 2}"
    server(programs / "pg_ctl", "-D", home / "data", "-w", "-l", home / "log", "-o", settings, "start")
    with psycopg.connect(host=str(home), user=user, dbname="postgres", autocommit=True) as database:
        preparation_ms = measure.median_ms(load, runs=1)
        backend = ask("SELECT pg_backend_pid()")[0][0]
        preparation_mb = max(measure.held_mb(), measure.held_mb(backend))
        places = made["roads"].nearest(asked.lonlat).tolist()
        matrix_ms, how = measured_matrix(places)
        measured = {
            "preparation_ms": preparation_ms,
            "matrix_500_ms": matrix_ms,
            "notes": {"matrix_500_ms": how, "preparation_ms": "no reader of its own: read with osmium, copied, indexed", "customise_ms": "none needed: costs are read with every question"},
        }
        if not asked.brief:
            origins = places[: measure.ORIGINS]
            measured["one_to_all_ms"] = measure.median_ms_of(lambda place: reached(place, 1e6), origins, runs=1)
            measured["tree_30_min_ms"] = measure.median_ms_of(lambda place: reached(place, 30.0), origins, runs=1)
            measured["isochrones_ms"] = measure.median_ms_of(lambda place: hulls(place, measure.BANDS), origins, runs=1)
            try:
                shapes_ms = f"{measure.median_ms_of(lambda place: alpha_shapes(place, measure.BANDS), origins, runs=1, budget=10):,.0f} ms"
            except psycopg.Error as error:
                shapes_ms = f"failed: {str(error).splitlines()[0]}"
            measured["notes"]["isochrones_ms"] = f"concave hulls of junctions; pgr_alphaShape: {shapes_ms}"
            if asked.judge:
                nearest = made["roads"].nearest(asked.points)
                times, polygons = [], []
                for place in origins:
                    row = np.full(len(made["roads"].lonlat), np.inf)
                    for node, minutes in reached(place, 1e6):
                        row[node] = minutes
                    times.append(row[nearest].tolist())
                    polygons.append({int(band): shapely.from_wkb(bytes(shape)) for band, shape in hulls(place, measure.JUDGED)})
                measured["agreement_percent"] = measure.agreement(polygons, times, asked.points)
        release = ask("SELECT pgr_version()")[0][0]
        measure.report(version=f"pgRouting {release}", preparation_mb=preparation_mb, serving_mb=measure.held_mb(backend), **measured)
finally:
    subprocess.run([*as_user, str(programs / "pg_ctl"), "-D", str(home / "data"), "-m", "immediate", "stop"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=home)
    shutil.rmtree(home, ignore_errors=True)
