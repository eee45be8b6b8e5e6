"""What the parts of the derivation share: folders, the area of full detail, tables, GeoJSON."""

import csv
import json
import math
import os

from topology import SCALE, area2, simplify

HERE = os.path.dirname(os.path.abspath(__file__))
DETAIL = (25.0, 25.0, 50.0, 43.0)  # west, south, east, north


def rows(name):
    with open(os.path.join(HERE, name), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(name, key):
    return {row[key]: row for row in rows(name)}


def in_detail(point):
    x, y = point[0] / SCALE, point[1] / SCALE
    return DETAIL[0] <= x <= DETAIL[2] and DETAIL[1] <= y <= DETAIL[3]


def km2(points):
    return abs(area2(points)) / 2 / SCALE**2 * 111.32**2 * math.cos(math.radians(points[0][1] / SCALE))


def near(line):
    return any(in_detail((x * SCALE, y * SCALE)) for x, y in line)


def thinned(line):
    points = [(round(x * SCALE), round(y * SCALE)) for x, y in line]
    out = []
    for x, y in simplify(points, 0.008 * SCALE, in_detail):
        point = [round(x / SCALE, 4), round(y / SCALE, 4)]
        if not out or out[-1] != point or len(points) == 2:
            out.append(point)
    return out


def write_geojson(name, features):
    with open(os.path.join(HERE, name), "w", encoding="utf-8", newline="\n") as file:
        file.write('{"type":"FeatureCollection","features":[\n' + ",\n".join(dump(f) for f in features) + "\n]}\n")
    print(name, len(features), "features")


def dump(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
