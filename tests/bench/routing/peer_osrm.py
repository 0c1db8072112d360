"""Measures OSRM: contraction hierarchies (ch), multi-level Dijkstra (mld), and its hierarchies at equal speeds without costs of turns (equal)."""

import shutil
from importlib.metadata import version
from pathlib import Path

import osrm

import measure
import speeds

asked = measure.arguments()
package = Path(osrm.__file__).parent
threads = [] if asked.threads == 0 else ["-t", asked.threads]
NO_TURNS = """
-- The car profile with needsmap's speeds; turns, surfaces and gates cost nothing.
local car = dofile("{car}")
local setup, process_way = car.setup, car.process_way
local shares = {{ {shares} }}
function car.setup()
  local profile = setup()
  profile.properties.weight_name = 'duration'
  profile.properties.u_turn_penalty = 0
  profile.properties.continue_straight_at_waypoint = false
  profile.properties.use_turn_restrictions = false
  profile.speed_reduction = 1
  profile.speeds = Sequence {{ highway = {{ {limits} }} }}
  profile.service_penalties = {{}}
  profile.barrier_penalties = {{ gate = 0, lift_gate = 0 }}
  profile.surface_speeds, profile.tracktype_speeds, profile.smoothness_speeds, profile.bridge_speeds = {{}}, {{}}, {{}}, {{}}
  return profile
end
function car.process_way(profile, way, result, relations)
  process_way(profile, way, result, relations)
  local share = shares[way:get_value_by_key('highway')] or 1
  result.forward_speed = result.forward_speed * share
  result.backward_speed = result.backward_speed * share
end
function car.process_turn(profile, turn)
  turn.duration = 0
  turn.weight = 0
end
return car
"""


def equal_profile():
    """The profile without costs of turns, beside a copy of the ones it builds on."""
    profiles = asked.work / "profiles"
    shutil.copytree(package / "share/profiles", profiles, dirs_exist_ok=True)
    file = profiles / "equal.lua"
    file.write_text(NO_TURNS.format(car=profiles / "car.lua", limits=speeds.by_highway(speeds.LIMITS), shares=speeds.by_highway(speeds.SHARES)))
    return file


profile = equal_profile() if asked.variant == "equal" else package / "share/profiles/car.lua"
extract = asked.work / "roads.osm.pbf"
shutil.copy(asked.extract, extract)
steps = [("osrm-extract", "-p", profile, *threads, extract)]
if asked.variant == "mld":
    steps += [("osrm-partition", *threads, asked.work / "roads.osrm"), ("osrm-customize", *threads, asked.work / "roads.osrm")]
else:
    steps += [("osrm-contract", *threads, asked.work / "roads.osrm")]
took = {step[0]: measure.command(package / "bin" / step[0], *step[1:]) for step in steps}

interpreter = measure.held_mb(field="VmRSS")
engine = None


def load():
    global engine
    engine = osrm.OSRM(
        algorithm="MLD" if asked.variant == "mld" else "CH", storage_config=str(asked.work / "roads.osrm"), max_locations_distance_table=5000, use_shared_memory=False
    )


loaded_ms = measure.median_ms(load, runs=1)
places = asked.lonlat


def table(coordinates, sources, destinations):
    question = osrm.TableParameters(coordinates=coordinates, sources=sources, destinations=destinations, annotations=["duration"], generate_hints=False)
    question.skip_waypoints = True
    return engine.Table(question)


def matrix():
    return table(places, [], [])["durations"]


matrix()
measured = {
    "preparation_ms": sum(ms for ms, _ in took.values()) + loaded_ms,
    "matrix_500_ms": measure.median_ms(matrix),
    "notes": {"preparation_ms": ", ".join(f"{name} {ms / 1000:.1f} s" for name, (ms, _) in took.items())},
}
if asked.variant == "mld":
    measured["customise_ms"] = took["osrm-customize"][0]
    measured["notes"]["customise_ms"] = "the whole of osrm-customize"
else:
    measured["notes"]["customise_ms"] = "none: contracts afresh"
if not asked.brief:
    everywhere = list(range(len(places)))
    measured["one_to_all_ms"] = measure.median_ms_of(lambda origin: table(places, [origin], everywhere)["durations"], range(measure.ORIGINS))
    measured["notes"]["one_to_all_ms"] = "has none: one to 500"
    measured["notes"]["tree_30_min_ms"] = "none"
    measured["notes"]["isochrones_ms"] = "none"
    minutes = matrix()
    measured["pair_minutes"] = [None if minutes[a][b] is None else minutes[a][b] / 60 for a, b in measure.pairs(len(places))]
peak = measure.held_mb()
measure.report(version=f"OSRM {version('osrm-bindings')}", preparation_mb=max(mb for _, mb in took.values()), serving_mb=peak, interpreter_mb=interpreter, **measured)
