#!/usr/bin/env python3
"""Invent a year of incidents and displacement: incidents.csv and displacement.csv.

    generate.py [--out FOLDER]          default: the folder of this script

Everything written is SYNTHETIC: made by the rules below from a fixed seed, about no event that took place. Only the
settlements (settlements.csv) are real.

Incidents come in campaigns. A campaign has a zone, a season with a peak, a focus that moves from one settlement to
another as the season goes on, and a mix of kinds. Its next incident takes a day from the season (triangular) and a
settlement of its zone with odds  weight / (1 + (d / reach)^2),  d being the distance to the focus on that day.
Movements follow a gravity model between the larger settlements: origins are where the incidents of that day are,
destinations have odds  shelter^2 / (1 + (d / 25 km)^2).

Only `random.Random.random` and exact arithmetic (+ - * /) are used, so that every Python from 3.8 on writes the same
bytes. Standard library only.
"""
import argparse
import csv
import datetime
import os
import random

SEED = 2020
INCIDENTS, MOVEMENTS = 2000, 300
YEAR_START = datetime.date(2020, 1, 1)
DAYS = 366
HERE = os.path.dirname(os.path.abspath(__file__))

# Kinds of incident and their odds, by the sort of campaign.
KINDS = {
    "offensive": {"air strike": 36, "shelling": 30, "barrel bombs": 10, "clash": 14, "rocket attack": 6, "airstrike": 4},
    "truce": {"shelling": 70, "air strike": 6, "clash": 8, "drone strike": 5, "rocket attack": 6, "landmine": 5},
    "rear": {"IED": 42, "shelling": 20, "clash": 16, "attack": 12, "landmine": 10},
    "insurgency": {"attack": 38, "IED": 24, "clash": 13, "raid": 12, "landmine": 8, "air strike": 5},
    "strikes": {"air strike": 70, "drone strike": 30},
}
DEADLY = {"air strike": 0.70, "airstrike": 0.70, "barrel bombs": 0.66, "rocket attack": 0.62, "IED": 0.62, "clash": 0.72,
          "drone strike": 0.60, "attack": 0.58, "raid": 0.45, "landmine": 0.52, "shelling": 0.48}

# zones | kinds | share of all incidents | first, peak, last day | focus from, to | reach in km
# A season may begin before the year or end after it; what falls outside is drawn again.
CAMPAIGNS = [
    ("south_idlib zawiya", "offensive", 250, -20, 18, 40, "Sinjar", "Khan al-Subul", 14),
    ("saraqib south_idlib", "offensive", 210, 22, 42, 64, "Khan al-Subul", "Nayrab", 12),
    ("west_aleppo", "offensive", 240, 12, 40, 52, "Khan Tuman", "Anadan", 12),
    ("zawiya", "offensive", 140, 10, 55, 65, "Kafr Nabl", "Al-Bara", 10),
    ("ghab north_hama", "offensive", 130, -30, 30, 65, "Kafr Zita", "Kabani", 25),
    ("saraqib west_aleppo shelter", "offensive", 50, 30, 48, 65, "Saraqib", "Darat Izza", 18),
    ("zawiya saraqib", "truce", 190, 66, 66, 500, "Ihsim", "Fatira", 12),
    ("ghab north_hama", "truce", 100, 66, 70, 500, "Qalaat al-Madiq", "Qastun", 20),
    ("zawiya saraqib", "offensive", 60, 275, 300, 320, "Kansafra", "Ariha", 15),
    ("north_aleppo", "rear", 190, -200, 290, 500, "Al-Bab", "Afrin", 60),
    ("north_east", "truce", 140, -200, 330, 500, "Tall Tamr", "Ayn Issa", 60),
    ("euphrates", "insurgency", 190, -200, 220, 560, "Hajin", "Al-Busayrah", 30),
    ("boukamal euphrates", "strikes", 60, 100, 170, 345, "Abu Kamal", "Al-Mayadin", 20),
    ("badiya raqqa", "insurgency", 90, 0, 240, 500, "As Sukhnah", "Maadan", 90),
    ("raqqa north_east", "rear", 60, -200, 200, 560, "Raqqa", "Hasakah", 60),
]

# What reports write where they name no settlement: names of areas, and phrases.
AREAS = {
    "south_idlib": ["Maarrat al-Numan district", "Idlib province"], "zawiya": ["Ariha district", "Idlib province"],
    "saraqib": ["Idlib district", "Idlib province"], "ghab": ["Jisr al-Shughur district", "Hama province"],
    "north_hama": ["Hama province", "Muhradah district"], "west_aleppo": ["Aleppo province", "Jabal Saman district"],
    "shelter": ["Harim district"], "north_aleppo": ["Afrin district", "Aleppo province"],
    "north_east": ["Hasakah province", "Tall Abyad district"], "raqqa": ["Raqqa province"],
    "euphrates": ["Deir ez-Zor province", "Al-Mayadin district"], "boukamal": ["Abu Kamal district"],
    "badiya": ["Homs province"],
}
PHRASES = {
    "south_idlib": ["southern Idlib", "southern countryside of Idlib province"],
    "zawiya": ["southern Idlib", "southern section of Idlib"],
    "saraqib": ["eastern parts of Idlib province", "eastern Idlib"],
    "ghab": ["northwestern countryside of Hama province", "western Idlib"],
    "north_hama": ["northern countryside of Hama province", "northern Hama"],
    "west_aleppo": ["western countryside of Aleppo", "western Aleppo"], "shelter": ["northern Idlib"],
    "north_aleppo": ["northern countryside of Aleppo province"], "north_east": ["near the border with Turkey"],
    "raqqa": ["southern countryside of Raqqa province"],
    "euphrates": ["eastern countryside of Deir ez-Zor province", "eastern Deir ez-Zor"],
    "boukamal": ["near the border with Iraq"], "badiya": ["eastern countryside of Homs province"],
}
# Places that no gazetteer has.
NOWHERE = ["Invented Hill 417", "Tell Khayal al-Wahmi", "Checkpoint Nought", "Kafr Mukhtaraa", "the old invented mill"]
SOURCES = {"Synthetic monitor A": 36, "Synthetic monitor B": 28, "Synthetic news agency": 16,
           "Synthetic local council": 12, "Synthetic field reporter": 8}
INCIDENT_COLUMNS = ("id date place admin1 country lat lon precision kind actor target count killed injured source "
                    "published note synthetic").split()
MOVEMENT_COLUMNS = "date origin destination people source published note synthetic".split()

rng = random.Random(SEED)


def chance(p):
    return rng.random() < p


def whole(low, high):
    """A whole number from low to high."""
    return low + int(rng.random() * (high - low + 1))


def pick(items):
    return items[int(rng.random() * len(items))]


def weighted(odds):
    """A key of `odds`, which maps keys to weights."""
    left = rng.random() * sum(odds.values())
    for key, weight in odds.items():
        left -= weight
        if left < 0:
            return key
    return key


def triangular(first, peak, last):
    """A day of the year between first and last, the likeliest being the peak: the nearer of two tries on that side."""
    while True:
        if rng.random() * (last - first) < peak - first:
            number = peak - int(min(rng.random(), rng.random()) * (peak - first))
        else:
            number = peak + int(min(rng.random(), rng.random()) * (last - peak))
        if 1 <= number <= DAYS:
            return number


def tail(p):
    """How many times in a row a chance of p comes true: a geometric number."""
    n = 0
    while chance(p):
        n += 1
    return n


def squared_km(a, b):
    """Square of the distance on a plane good enough for 35-37 degrees north."""
    dx, dy = (a[1] - b[1]) * 90.2, (a[0] - b[0]) * 110.9
    return dx * dx + dy * dy


def day(number):
    return YEAR_START + datetime.timedelta(days=number - 1)


def read_settlements():
    with open(os.path.join(HERE, "settlements.csv"), encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["names"] = row["names"].split("|")
        row["at"] = (float(row["lat"]), float(row["lon"]))
        row["weight"], row["shelter"] = float(row["weight"]), float(row["shelter"])
    return rows


SETTLEMENTS = read_settlements()
BY_NAME = {row["names"][0]: row for row in SETTLEMENTS}


def spelling(settlement):
    """The usual spelling, now and then another one."""
    return pick(settlement["names"]) if chance(0.3) else settlement["names"][0]


def settlement_of(campaign, number, least=1):
    """A settlement near the campaign's focus on that day, of at least this weight."""
    zones, _, _, first, _, last, start, end, reach = campaign
    done = (number - first) / (last - first)
    a, b = BY_NAME[start]["at"], BY_NAME[end]["at"]
    focus = (a[0] + (b[0] - a[0]) * done, a[1] + (b[1] - a[1]) * done)
    odds = {i: s["weight"] / (1 + squared_km(s["at"], focus) / (reach * reach))
            for i, s in enumerate(SETTLEMENTS) if s["zone"] in zones.split() and s["weight"] >= least}
    return SETTLEMENTS[weighted(odds)]


def count_form(n):
    """The number as reports give it: plain, a range, at least, some, more than."""
    form = weighted({"plain": 64, "range": 13, "least": 14, "about": 5, "more": 4})
    if form == "range":
        return "%d-%d" % (n, n + 1 + tail(0.6))
    if form == "least" and n > 0:
        return ">=%d" % n
    if form == "about" and n >= 5:
        return "~%d" % (round(n / 5) * 5)
    if form == "more" and n > 10:
        return ">%d" % (n // 10 * 10)
    return str(n)


def date_form(number):
    """Mostly a day; three in a hundred are a month, a doubtful or approximate day, or some days."""
    date = day(number)
    if not chance(0.03):
        return date.isoformat()
    month = date.isoformat()[:7]
    end = day(min(number + whole(1, 4), DAYS)).isoformat()
    return pick([month, month + "~", date.isoformat() + "~", date.isoformat() + "?", date.isoformat() + "/" + end])


def munitions(kind):
    if kind in ("air strike", "airstrike") and chance(0.3):
        return str(whole(2, 16))
    if kind == "barrel bombs" and chance(0.7):
        return "~%d" % (whole(1, 8) * 5)
    if kind in ("shelling", "rocket attack") and chance(0.15):
        return ">=%d" % (whole(1, 6) * 10)
    return ""


def where(row, settlement):
    """Fills in the place: a settlement, with coordinates or without, an area, a phrase, or what nobody can find."""
    form = weighted({"name": 76.0, "coordinates": 12.0, "near": 3.0, "area": 5.0, "phrase": 3.0, "nowhere": 1.0})
    row["country"] = "Syria"
    if form == "nowhere":
        row["place"] = pick(NOWHERE)
    elif form == "area":
        row["place"] = pick(AREAS[settlement["zone"]])
    elif form == "phrase":
        row["place"] = pick(PHRASES[settlement["zone"]])
    else:
        row["place"] = spelling(settlement)
        row["admin1"] = settlement["admin1"] if chance(0.7) else ""
    if form == "near":
        row["precision"] = "2"
    if form == "coordinates":
        lat, lon = settlement["at"]
        row["lat"] = "%.4f" % (lat + (rng.random() + rng.random() - 1) * 0.02)
        row["lon"] = "%.4f" % (lon + (rng.random() + rng.random() - 1) * 0.02)
        row["precision"] = "1"


def incident(campaign, number):
    """The claims about one incident: one, or two that do not agree."""
    settlement = settlement_of(campaign, number)
    kind = weighted(KINDS[campaign[1]])
    row = {"kind": kind, "date": date_form(number), "count": munitions(kind), "synthetic": "yes"}
    where(row, settlement)
    row["actor"], row["target"] = pick([("synthetic party A", "civilians"), ("synthetic party A", "synthetic party B"),
                                        ("synthetic party B", "synthetic party A"), ("", "civilians"), ("", "")])
    killed = tail(DEADLY[kind]) + (whole(8, 30) if chance(0.01) else 0)
    if chance(0.72):
        row["killed"] = count_form(killed)
    if chance(0.45):
        row["injured"] = count_form(killed + tail(0.75))
    row["source"] = weighted(SOURCES)
    row["published"] = day(number + whole(0, 3)).isoformat()
    if not chance(0.05):
        return [row]
    row["killed"] = str(killed)
    other = dict(row, killed=count_form(killed + 1 + tail(0.6)), injured="")
    other["source"] = pick([name for name in SOURCES if name != row["source"]])
    return [row, other]


def incidents():
    odds = {i: campaign[2] for i, campaign in enumerate(CAMPAIGNS)}
    found = []
    for _ in range(INCIDENTS):
        campaign = CAMPAIGNS[weighted(odds)]
        number = triangular(campaign[3], campaign[4], campaign[5])
        found.append((number, incident(campaign, number)))
    found.sort(key=lambda pair: pair[0])
    for i, (_, claims) in enumerate(found):
        for row in claims:
            row["id"] = "synthetic-%04d" % (i + 1)
    return [row for _, claims in found for row in claims]


def people():
    u = rng.random()
    n = 60 + 7500 * u * u * u
    step = 10 if n < 500 else 100 if n < 3000 else 500
    n = int(n / step + 0.5) * step
    form = weighted({"%d": 55, "~%d": 22, ">%d": 8, ">=%d": 8, "range": 7})
    return "%d-%d" % (n, n + n // 20 * 10 + step) if form == "range" else form % n


def movement():
    if chance(0.2):  # going home while the truce holds
        number = whole(75, 300)
        homes = [s for s in SETTLEMENTS if s["zone"] in ("saraqib", "west_aleppo", "zawiya") and s["weight"] >= 4]
        origin_odds = {i: s["shelter"] for i, s in enumerate(SETTLEMENTS) if s["zone"] in ("shelter", "north_aleppo")}
        a, b = SETTLEMENTS[weighted(origin_odds)], pick(homes)
    else:
        shares = {i: c[2] * (4 if c[1] == "offensive" else 1 if c[1] in ("truce", "strikes") else 0.5)
                  for i, c in enumerate(CAMPAIGNS)}
        campaign = CAMPAIGNS[weighted(shares)]
        number = triangular(campaign[3], campaign[4], campaign[5])
        a = settlement_of(campaign, number, least=5)  # reports name the main towns
        odds = {i: s["shelter"] * s["shelter"] / (1 + squared_km(s["at"], a["at"]) / (25 * 25)) for i, s in enumerate(SETTLEMENTS)
                if s["shelter"] >= 12 and s is not a and squared_km(s["at"], a["at"]) > 64}
        b = SETTLEMENTS[weighted(odds)]
    row = {"people": people(), "origin": spelling(a), "destination": spelling(b), "synthetic": "yes"}
    date, last = day(number), day(min(number + whole(2, 9), DAYS))
    form = weighted({"day": 60, "days": 25, "month": 15})
    row["date"] = {"day": date.isoformat(), "days": date.isoformat() + "/" + last.isoformat(),
                   "month": date.isoformat()[:7]}[form]
    if chance(0.07):
        row["origin"] = pick(PHRASES[a["zone"]])
    elif chance(0.02):
        row["origin"] = ""
    if chance(0.08):
        row["destination"] = pick(["near the border with Turkey", "northern Idlib", "northern countryside of Aleppo province"])
    elif chance(0.03):
        row["destination"] = ""
    elif chance(0.04):
        other = pick([s for s in SETTLEMENTS if s["zone"] == "shelter" and s is not b and s is not a])
        row["destination"] += ";" + spelling(other)
    row["source"] = weighted(SOURCES)
    row["published"] = last.isoformat()
    return number, row


def movements():
    found = [movement() for _ in range(MOVEMENTS)]
    found.sort(key=lambda pair: pair[0])
    return [row for _, row in found]


def write(path, columns, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(dict(row, note="synthetic: invented, no real event") for row in rows)


def main():
    parser = argparse.ArgumentParser(description="Invent a year of incidents and displacement (synthetic).")
    parser.add_argument("--out", default=HERE, help="folder to write to")
    out = parser.parse_args().out
    write(os.path.join(out, "incidents.csv"), INCIDENT_COLUMNS, incidents())
    write(os.path.join(out, "displacement.csv"), MOVEMENT_COLUMNS, movements())


if __name__ == "__main__":
    main()
