"""Reads an extract into a network for the engines that have no reader of their own, and draws the places that all engines are asked about.

Usage: network.py EXTRACT PLACES.csv      writes the places
"""

import csv
import random
import re
import sys
from collections import Counter

import numpy as np
import osmium

import speeds

PLACES = 500
POINTS = 2000
CLOSED = {"no", "private", "agricultural", "forestry", "emergency", "psv", "bus", "military", "delivery", "customers"}
OPEN = {"yes", "permissive", "designated", "destination", "residents"}
PASSABLE = {"cattle_grid", "gate", "lift_gate", "toll_booth", "border_control", "sally_port", "no", "entrance", "height_restrictor", "arch", "kerb"}
# Nobody sets out from the middle of a motorway.
LIVED_BY = {"residential", "unclassified", "tertiary", "secondary", "primary", "living-street"}


def road_class(tags):
    """The class of a way that cars may use, or None."""
    highway = tags.get("highway", "").removesuffix("_link").replace("_", "-")
    if highway not in speeds.LIMITS or tags.get("area") == "yes":
        return None
    for key in ("motorcar", "motor_vehicle", "vehicle", "access"):
        value = tags.get(key)
        if value in CLOSED:
            return None
        if value in OPEN:
            break
    return highway


def limit_kmh(tags):
    """The signed speed limit, or None."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(mph|km/h|kmh)?", tags.get("maxspeed", ""))
    return float(found[1]) * (speeds.KMH_PER_MPH if found[2] == "mph" else 1.0) if found else None


def direction(tags, highway):
    """1: along the way only, -1: against it only, 0: both."""
    value = tags.get("oneway")
    if value in ("-1", "reverse"):
        return -1
    if value in ("yes", "true", "1") or (value is None and (highway == "motorway" or tags.get("junction") == "roundabout")):
        return 1
    return 0


def ways(extract):
    """Every way that cars may use: class, km/h, direction, ids of its nodes, and the nodes' lon and lat."""
    kept = []
    for way in osmium.FileProcessor(str(extract)).with_locations().with_filter(osmium.filter.EntityFilter(osmium.osm.WAY)).with_filter(osmium.filter.KeyFilter("highway")):
        highway = road_class(way.tags)
        if highway is None:
            continue
        nodes = [(node.ref, node.lon, node.lat) for node in way.nodes if node.location.valid()]
        if len(nodes) > 1:
            ids, lon, lat = zip(*nodes)
            kept.append((highway, (limit_kmh(way.tags) or speeds.LIMITS[highway]) * speeds.SHARES[highway], direction(way.tags, highway), ids, lon, lat))
    return kept


def barriers(extract):
    """Nodes that no car passes."""
    nodes = osmium.FileProcessor(str(extract), osmium.osm.NODE).with_filter(osmium.filter.KeyFilter("barrier"))
    return {node.id for node in nodes if node.tags["barrier"] not in PASSABLE and node.tags.get("access") not in OPEN and node.tags.get("bollard") != "rising"}


def metres(lon, lat):
    """Lengths of the pieces of a line on the sphere."""
    x, y = np.radians(lon), np.radians(lat)
    half = np.sin(np.diff(y) / 2) ** 2 + np.cos(y[:-1]) * np.cos(y[1:]) * np.sin(np.diff(x) / 2) ** 2
    return 2 * 6_371_008.8 * np.arcsin(np.sqrt(half))


class Network:
    """Junctions and directed links of the largest part in which every junction reaches every other."""

    def __init__(self, extract):
        read, shut = ways(extract), barriers(extract)
        uses = Counter(node for way in read for node in way[3])
        tail, head, seconds, ids, where = [], [], [], {}, []

        def junction(node, lon, lat):
            if node not in ids:
                ids[node] = len(where)
                where.append((lon, lat))
            return ids[node]

        for _, kmh, one_way, nodes, lon, lat in read:
            along = np.concatenate([[0.0], np.cumsum(metres(np.array(lon), np.array(lat)))])
            last = len(nodes) - 1
            cuts = [i for i, node in enumerate(nodes) if i in (0, last) or uses[node] > 1 or node in shut]
            for a, b in zip(cuts, cuts[1:]):
                # Beyond a barrier the same node is another junction, for each link by itself.
                from_ = junction((nodes[a], len(tail)) if nodes[a] in shut else nodes[a], lon[a], lat[a])
                to = junction((nodes[b], len(tail) + 1) if nodes[b] in shut else nodes[b], lon[b], lat[b])
                took = (along[b] - along[a]) * 3.6 / kmh
                for ends in [(from_, to)] * (one_way >= 0) + [(to, from_)] * (one_way <= 0):
                    tail.append(ends[0]), head.append(ends[1]), seconds.append(took)
        self.lonlat, self.tail, self.head, self.seconds = np.array(where), np.array(tail), np.array(head), np.array(seconds)
        self._keep_largest_part()

    def _keep_largest_part(self):
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components

        count = len(self.lonlat)
        _, part = connected_components(coo_array((np.ones(len(self.tail)), (self.tail, self.head)), shape=(count, count)), connection="strong")
        kept = part == np.bincount(part).argmax()
        renamed = np.cumsum(kept) - 1
        links = kept[self.tail] & kept[self.head]
        self.lonlat, self.seconds = self.lonlat[kept], self.seconds[links]
        self.tail, self.head = renamed[self.tail[links]], renamed[self.head[links]]

    def nearest(self, lonlat):
        """The junctions nearest to places."""
        from scipy.spatial import KDTree

        scale = np.array([np.cos(np.radians(self.lonlat[:, 1].mean())), 1.0])
        return KDTree(self.lonlat * scale).query(np.array(lonlat) * scale)[1]


def draw_places(extract, file):
    """Writes 500 places and 2,000 points on roads where people live, drawn by length of road, always the same for the same extract."""
    chance = random.Random(4)
    pieces = []
    for highway, _, _, _, lon, lat in ways(extract):
        if highway in LIVED_BY:
            pieces += [(length, lon[i : i + 2], lat[i : i + 2]) for i, length in enumerate(metres(np.array(lon), np.array(lat)))]
    drawn = chance.choices(pieces, weights=[piece[0] for piece in pieces], k=PLACES + POINTS)
    with open(file, "w", newline="") as out:
        table = csv.writer(out)
        table.writerow(["id", "role", "lon", "lat"])
        for i, (_, lon, lat) in enumerate(drawn):
            share = chance.random()
            table.writerow([i, "place" if i < PLACES else "point", f"{lon[0] + share * (lon[1] - lon[0]):.7f}", f"{lat[0] + share * (lat[1] - lat[0]):.7f}"])


if __name__ == "__main__":
    draw_places(sys.argv[1], sys.argv[2])
