#!/usr/bin/env bash
# One month of 100,000 incidents as one 1600x1200 PNG, cold: Mapnik (map_mapnik.py) beside dateline.
#
#   benches/peers.sh PEERS DATA DATELINE [MONTH]
#
#   PEERS     folder with map_mapnik.py
#   DATA      folder with its base layers (adm0.geojson, labels.csv …) and 100000/incidents.csv
#   DATELINE  the binary, from cargo build --release
#   MONTH     default 2020-03
#
# Both are run once unmeasured and then RUNS times (default 5) in turn; the medians are printed, and how many times
# less dateline needs. A run is a whole process: start, reading the table, clusters, density, drawing, writing. RSS is
# the most memory held at once. Needs GNU time and /usr/bin/python3 with mapnik, gdal, scipy, sklearn, pandas, cairo.
set -euo pipefail
export LC_ALL=C

if [ $# -lt 3 ]; then
    sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
peers=$1 data=$2 dateline=$3 month=${4:-2020-03}
runs=${RUNS:-5}
table=$data/100000/incidents.csv
for needed in "$peers/map_mapnik.py" "$data/adm0.geojson" "$table" "$dateline" /usr/bin/time /usr/bin/python3; do
    [ -e "$needed" ] || { echo "peers.sh: $needed is missing" >&2; exit 1; }
done
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

mapnik() {
    /usr/bin/time -o "$tmp/rss" -f %M /usr/bin/python3 "$peers/map_mapnik.py" "$table" --base "$data" \
        --month "$month" --out "$tmp/mapnik.png"
}

# The same area, clusters and bandwidth as map_mapnik.py has. dateline also writes its layers and manifest.
dateline() {
    rm -rf "$tmp/out"
    /usr/bin/time -o "$tmp/rss" -f %M "$dateline" render --incidents "$table" --period "$month" \
        --extent 33.8,31.9,43.6,37.4 --size 1600x1200 --formats png --cluster-km 5 --cluster-min 5 \
        --bandwidth-km 8 --out "$tmp/out"
}

# Adds one line "user sys wall rss" (seconds, KiB) to the tool's list.
measure() {
    local TIMEFORMAT='%3U %3S %3R' clock
    clock=$({ time "$1" >"$tmp/log" 2>&1; } 2>&1) || { cat "$tmp/log" >&2; echo "peers.sh: $1 failed" >&2; exit 1; }
    echo "$clock $(tail -n 1 "$tmp/rss")" >>"$tmp/$1"
}

for tool in mapnik dateline; do
    measure "$tool"
    : >"$tmp/$tool"
done
for ((i = 0; i < runs; i++)); do
    measure mapnik
    measure dateline
done

median() { # TOOL COLUMN
    cut -d' ' -f"$2" "$tmp/$1" | sort -n | awk '{v[NR] = $1} END {print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2}'
}

echo "$month of 100,000 incidents, median of $runs"
printf '%-12s %10s %10s %8s\n' '' mapnik dateline ratio
row() { # NAME COLUMN DIVISOR FORMAT
    awk -v n="$1" -v a="$(median mapnik "$2")" -v b="$(median dateline "$2")" -v d="$3" -v f="$4" \
        'BEGIN {printf "%-12s %10s %10s %8s\n", n, sprintf(f, a / d), sprintf(f, b / d), (b > 0 ? sprintf("%.1f x", a / b) : "-")}'
}
row "user CPU, s" 1 1 %.3f
row "sys CPU, s" 2 1 %.3f
row "wall, s" 3 1 %.3f
row "RSS, MiB" 4 1024 %.0f
