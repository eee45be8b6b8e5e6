"""Faces and arcs -> admin.topojson and claims.geojson: countries, provinces, areas of unsettled status, borders."""

import json
import os

from common import HERE, dump, table, write_geojson
from topology import SCALE, path, trace

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


def on_cut(a, b):
    """Edges that only close a polygon at the antimeridian or at the pole are nobody's border."""
    edge = 179.999 * SCALE
    return (abs(a[0]) >= edge and abs(b[0]) >= edge) or (a[1] <= -89.9 * SCALE and b[1] <= -89.9 * SCALE)


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
            properties = {"name": row["name"], "name_ar": row["name_ar"], "status": "disputed", "held_by": "IL", "claimed_by": "PS"}
            layers["areas"].append(feature(provinces[key], properties))
    for key in sorted(overlays):
        properties = {"name": key, "status": "buffer zone"}
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


def number(value):
    return f"{value / SCALE:.5f}".rstrip("0").rstrip(".")


def write_claims(claims, known):
    """Claim lines that are not already borders of the tiling (`known`: its points); shared stretches stand once."""
    features, seen = [], set()
    for claim in sorted(claims, key=lambda c: json.dumps(c["geometry"])):
        p, lines = claim["properties"], []
        flat = [(round(x * SCALE), round(y * SCALE)) for line in claim["geometry"]["coordinates"] for x, y in line]
        if sum(point in known for point in flat) > len(flat) / 2 or p["name"].startswith("Former"):
            continue
        for line in claim["geometry"]["coordinates"]:
            points = [(round(x, 4), round(y, 4)) for x, y in line]
            piece = points[:1]
            for a, b in zip(points, points[1:]):
                edge = (min(a, b), max(a, b))
                if a == b:
                    continue
                if edge in seen:
                    lines.append(piece)
                    piece = [b]
                else:
                    seen.add(edge)
                    piece.append(b)
            lines.append(piece)
        lines = [line for line in lines if len(line) > 1]
        if lines:
            geometry = {"type": "MultiLineString", "coordinates": lines}
            properties = {"name": p["name"], "units": p["adm0_left"]}
            features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    write_geojson("claims.geojson", features)
