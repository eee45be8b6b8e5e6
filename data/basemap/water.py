"""GSHHG's rivers and lakes, named and thinned -> gshhg/*.geojson."""

import os

import gshhg
from common import in_detail, km2, near, rows, thinned, write_geojson
from topology import SCALE, area2


def write_water(folder):
    write_rivers(gshhg.read_rivers(os.path.join(folder, "binned_river_h.nc")))
    write_lakes(gshhg.read_lakes(os.path.join(folder, "binned_GSHHS_h.nc")))


def write_rivers(segments):
    """Named rivers are routes along the network, through the waypoints of rivers.csv; the rest has a rank only."""
    ranks = {0: 2, 1: 3, 2: 4, 3: 5, 4: 5, 5: 6, 6: 6, 7: 6}  # GMT's levels; 8-10 are canals
    inner = [(level, line) for level, line in segments if level in ranks and near(line)]
    network = gshhg.Network(inner)
    features, used = [], set()

    def add(properties, line):
        points = thinned(line)
        if len(points) > 2 or points[0] != points[-1]:
            geometry = {"type": "LineString", "coordinates": points}
            features.append({"type": "Feature", "properties": properties, "geometry": geometry})

    for row in rows("rivers.csv"):
        lines = []
        for part in row["waypoints"].split("|"):
            way = network.route([tuple(float(c) for c in w.split()) for w in part.split(">")])
            used.update(zip(way, way[1:]))
            lines.append(thinned([network.points[n] for n in way]))
        if row["name"] == "-":  # misplaced in the source, drawn by hand in streams.geojson
            continue
        properties = {k: row[k] for k in ("name", "name_ar", "rank") if row[k]}
        geometry = {"type": "MultiLineString", "coordinates": lines}
        features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    groups = {}
    for segment, line in network.rest(used):
        groups.setdefault((ranks[inner[segment][0]], True), []).append(line)
    for level, line in segments:
        if level <= 1 and not near(line):
            groups.setdefault((ranks[level], False), []).append(line)
    for (rank, _), lines in sorted(groups.items()):
        for line in gshhg.joined(lines):
            add({"rank": str(rank)}, line)
    write_geojson("gshhg/rivers.geojson", features)


def write_lakes(lakes):
    features, names = [], rows("lakes.csv")
    for size, rings in lakes:
        detail = near(rings[0])
        if size < (2 if detail else 150):
            continue
        xs, ys = [p[0] for p in rings[0]], [p[1] for p in rings[0]]
        box = (min(xs), min(ys), max(xs), max(ys))
        named = [r for r in names if box[0] <= float(r["lon"]) <= box[2] and box[1] <= float(r["lat"]) <= box[3]]
        if any(r["drop"] for r in named):
            continue
        rings = [r for r in rings if r is rings[0] or detail or km2([(x * SCALE, y * SCALE) for x, y in r]) > 30]
        shape = [thinned(r if (area2(r[:-1]) > 0) == (i == 0) else r[::-1]) for i, r in enumerate(rings)]
        rank = 1 if size > 3000 else 2 if size > 500 else 3 if size > 100 else 4 if size > 20 else 5
        properties = {k: named[0][k] for k in ("name", "name_ar") if named and named[0][k]}
        properties["rank"] = str(rank)
        geometry = {"type": "Polygon", "coordinates": [r for r in shape if len(r) > 3]}
        features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    write_geojson("gshhg/lakes.geojson", features)
