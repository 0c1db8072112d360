"""Measures needsmap and the routing engines that a user would pick, side by side in one run, and prints tables and ratios.

Usage: run.py [--json FILE] [--only osrm-ch,needsmap,…] [--longest SECONDS] [EXTRACT.osm.pbf …]      (without extracts: the real and the tiled one beside the project)
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[2]
ROADS = PROJECT.parent / "shared/roads"
EXTRACTS = [ROADS / "rutland-2022-07-20.osm.pbf", ROADS / "rutland_2022_tiled_x25_SYNTHETIC.osm.pbf"]
# Name: title, program, the package it needs, whether more threads than one change anything.
PEERS = {
    "osrm-ch": ("OSRM, contraction hierarchies", ["peer_osrm.py", "--variant", "ch"], "osrm-bindings", True),
    "osrm-mld": ("OSRM, multi-level Dijkstra", ["peer_osrm.py", "--variant", "mld"], "osrm-bindings", False),
    "osrm-equal": ("OSRM CH, equal speeds, turns free", ["peer_osrm.py", "--variant", "equal"], "osrm-bindings", False),
    "valhalla": ("Valhalla", ["peer_valhalla.py"], "pyvalhalla", True),
    "pandana": ("pandana", ["peer_pandana.py"], "pandana", True),
    "cafein": ("cafein", ["peer_cafein.py"], "cafein[h3]", True),
    "routingkit": ("RoutingKit CCH", ["peer_routingkit.py"], "routingkit-cch", False),
    "pgrouting": ("pgRouting", ["peer_pgrouting.py"], "psycopg[binary]", False),
}
COLUMNS = [
    ("preparation_ms", "preparation", 12), ("memory_mb", "MiB", 7), ("matrix_500_ms", "500 × 500", 12), ("one_to_all_ms", "one to all", 11),
    ("tree_30_min_ms", "tree 30 min", 12), ("isochrones_ms", "isochrones", 11), ("customise_ms", "customise", 10), ("agreement_percent", "agree %", 8),
]  # fmt: skip
# What is aimed at: measure, peer, how many times faster.
AIMS = [
    ("matrix_500_ms", "osrm-ch", 3), ("matrix_500_ms", "valhalla", 30), ("isochrones_ms", "valhalla", 5), ("preparation_ms", "osrm-ch", 5),
]  # fmt: skip


def python_312():
    """A Python 3.12 (several engines have packages for it alone), or the newest there is."""
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for name in ["python3.12", *sorted(map(str, kept.glob("3.12*/bin/python3.12"))), sys.executable]:
        if shutil.which(name) and subprocess.run([name, "--version"], capture_output=True).returncode == 0:
            return name
    raise SystemExit("no Python was found")


def installed():
    """A virtual environment outside the project with each line of requirements.txt: its Python, and why a line could not be installed."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or tempfile.gettempdir()) / "needsmap-routing-peers"
    stamp, wanted = folder / "installed.json", (HERE / "requirements.txt").read_text()
    python = folder / "bin/python"
    if stamp.exists():
        known = json.loads(stamp.read_text())
        if known["wanted"] == wanted and not known["failed"]:
            return python, {}
    print(f"== installing the engines by {python_312()} (some minutes, once)", flush=True)
    subprocess.run([python_312(), "-m", "venv", folder], check=True)
    failed = {}
    for line in wanted.splitlines():
        if line and not line.startswith("#"):
            run = subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", line], capture_output=True, text=True)
            if run.returncode != 0:
                failed[line.split("==")[0]] = (run.stderr.strip().splitlines() or ["no word from pip"])[-1]
    stamp.write_text(json.dumps({"wanted": wanted, "failed": failed}))
    return python, failed


def answer(words, longest, environment=None):
    """Runs a program for so many seconds at most and reads the JSON of its last line; {"failed": why} where there is none."""
    begun = time.perf_counter()
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **(environment or {})}
    process = subprocess.Popen(list(map(str, words)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=PROJECT, env=environment, start_new_session=True)
    try:
        output, errors = process.communicate(timeout=longest)
    except BaseException as stopped:
        # With all that it has started; it is given time to put its own things away.
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate()
        if isinstance(stopped, subprocess.TimeoutExpired):
            return {"failed": f"gave up after {longest} s"}
        raise
    lines = [line for line in output.splitlines() if line.startswith("{")]
    if process.returncode != 0 or not lines:
        return {"failed": f"failed: {(errors.strip().splitlines() or ['no answer'])[-1]}"}
    measured = json.loads(lines[-1])
    measured["whole_s"] = time.perf_counter() - begun
    measured.setdefault("memory_mb", measured.get("peak_memory_mb") or max(measured.get("preparation_mb", 0), measured.get("serving_mb", 0)))
    return measured


def needsmap(extract, places, threads, longest):
    """needsmap's own half, by the same places."""
    if 'name = "routing"' not in (PROJECT / "Cargo.toml").read_text():
        return {"failed": "not measured: its program (cargo bench --bench routing) is not there"}
    words = ["cargo", "bench", "--locked", "--offline", "--quiet", "--bench", "routing", "--", extract, places, "--json"]
    return answer(words, longest, {"RAYON_NUM_THREADS": str(threads)} if threads else {})


def row(title, measured):
    """One line of the table."""
    if "failed" in measured:
        return f"{title:36} {measured['failed']}"
    cells = []
    for key, _, width in COLUMNS:
        value = measured.get(key)
        digits = 2 if key == "agreement_percent" or (value is not None and value < 10) else 0 if value is not None and value >= 100 else 1
        cells.append(f"{'–' if value is None else f'{value:,.{digits}f}':>{width}}")
    return f"{title:36}" + "".join(cells)


def compare(a, b):
    """Median relative difference of two engines' minutes, per cent, and of how many pairs; None where one has none."""
    a, b = a.get("pair_minutes"), b.get("pair_minutes")
    if not a or not b:
        return None
    apart = sorted(abs(x - y) / y for x, y in zip(a, b) if x is not None and y)
    return 100 * apart[len(apart) // 2], len(apart)


def ratios(results, tiled):
    """Lines that say how needsmap stands to the aims."""
    own = results.get("needsmap", {"failed": "was not asked for"})
    if "failed" in own:
        return [f"none: needsmap {own['failed']}"]
    lines = []
    for key, peer, aim in AIMS:
        other = results.get(peer, {}).get(key)
        if other and own.get(key):
            ratio = other / own[key]
            lines.append(f"{key.removesuffix('_ms').replace('_', ' ')}: {ratio:,.1f} × as fast as {PEERS[peer][0]} (aim {aim}): {'reached' if ratio >= aim else 'MISSED'}")
    limits = [("customise_ms", 20, "ms", False), ("agreement_percent", 99.4, "%", True)] + [("memory_mb", 250, "MiB", False)] * tiled
    for key, limit, unit, least in limits:
        if own.get(key) is not None:
            reached = own[key] >= limit if least else own[key] < limit
            lines.append(f"{key.rsplit('_', 1)[0]}: {own[key]:,.2f} {unit} (aim {'at least' if least else 'under'} {limit}): {'reached' if reached else 'MISSED'}")
    return lines


def bench(extract, python, failed, asked, work):
    """Measures everything on one extract, prints as it goes, and gives the results."""
    tiled = "SYNTHETIC" in extract.name
    places = work / "places.csv"
    subprocess.run([python, HERE / "network.py", extract, places], check=True)
    print(f"\n== {extract.name}: milliseconds, one thread each; 20 places for rows, trees and isochrones of 5, 10, 15, 20, 30 minutes", flush=True)
    print(" " * 36 + "".join(f"{title:>{width}}" for _, title, width in COLUMNS), flush=True)
    results = {}
    for name in ["needsmap", *PEERS]:
        if (asked.only and name not in asked.only) or (name == "osrm-equal" and tiled):
            continue
        for threads in [1, 0]:
            key = name if threads else f"{name}, all cores"
            if name == "needsmap":
                title, measured = name, needsmap(extract, places, threads, asked.longest)
            else:
                title, program, package, differs = PEERS[name]
                if not threads and (not differs or "failed" in results[name]):
                    continue
                if package in failed:
                    measured = {"failed": f"could not be installed: {failed[package]}"}
                else:
                    folder = work / key.replace(", ", "-").replace(" ", "-")
                    extra = (["--judge"] * (not tiled)) if threads else ["--brief"]
                    measured = answer([python, HERE / program[0], extract, places, folder, *program[1:], "--threads", threads, *extra], asked.longest)
                    shutil.rmtree(folder, ignore_errors=True)
            results[key] = measured
            print(row(title if threads else "  all cores", measured), flush=True)
            if "failed" in measured:
                break
    print("notes", flush=True)
    for name, measured in results.items():
        for key, note in measured.get("notes", {}).items():
            if "all cores" not in name or key == "preparation_ms":
                print(f"  {name}, {key.removesuffix('_ms').replace('_', ' ')}: {note}")
        if "interpreter_mb" in measured and "all cores" not in name:
            print(f"  {name}, MiB: preparation {measured['preparation_mb']:.0f}, serving {measured['serving_mb']:.0f}, of which interpreter and libraries {measured['interpreter_mb']:.0f}")
    print("minutes at equal speeds, median difference over 2,000 pairs", flush=True)
    for one, other in [("needsmap", "osrm-equal"), ("needsmap", "routingkit"), ("routingkit", "osrm-equal"), ("pandana", "routingkit")]:
        if one in results and other in results:
            found = compare(results[one], results[other])
            print(f"  {one} and {other}: " + (f"{found[0]:.2f} % ({found[1]} pairs)" if found else "not told by both"))
    print("ratios", flush=True)
    for line in ratios(results, tiled):
        print(f"  {line}", flush=True)
    return results


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("extracts", nargs="*", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--only", type=lambda names: set(names.split(",")))
    parser.add_argument("--longest", type=int, default=480, help="seconds that one engine may take for one extract")
    asked = parser.parse_args()
    python, failed = installed()
    for package, reason in failed.items():
        print(f"{package}: could not be installed: {reason}")
    everything = {}
    for extract in [path.resolve() for path in asked.extracts] or EXTRACTS:
        if not extract.exists():
            print(f"skipped: {extract.name} is absent")
            continue
        with tempfile.TemporaryDirectory() as work:
            everything[extract.name] = bench(extract, python, failed, asked, Path(work))
    if asked.json:
        asked.json.write_text(json.dumps(everything, indent=1))


main()
