#!/usr/bin/env bash
# 84 months of 100,000 incidents as 84 PNGs of 1600x1200: QGIS's print layout (map_qgis.py) beside dateline.
#
#   benches/batch.sh PEERS DATA DATELINE
#
#   PEERS     folder with map_qgis.py
#   DATA      folder with its base layers and 100000/incidents.csv
#   DATELINE  the binary, from cargo build --release
#
# Each is run RUNS times (default 3) in turn. Needs GNU time and /usr/bin/python3 with qgis.
set -euo pipefail
export LC_ALL=C.UTF-8

if [ $# -lt 3 ]; then
    sed -n '2,10s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
peers=$1 data=$2 dateline=$3
table=$data/100000/incidents.csv
for needed in "$peers/map_qgis.py" "$data/adm0.geojson" "$table" "$dateline" /usr/bin/time /usr/bin/python3; do
    [ -e "$needed" ] || { echo "batch.sh: $needed is missing" >&2; exit 1; }
done
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

run() { # NAME COMMAND...
    local name=$1
    shift
    rm -rf "$tmp/out"
    /usr/bin/time -o "$tmp/took" -f '%U %e %M' "$@" >"$tmp/log" 2>&1 || { cat "$tmp/log" >&2; exit 1; }
    local maps
    maps=$(find "$tmp/out" -name '*.png' | wc -l)
    tail -n 1 "$tmp/took" | awk -v n="$name" -v m="$maps" \
        '{printf "%-9s %6.2f s user %6.2f s wall %5.0f MiB %5.1f maps a second\n", n, $1, $2, $3 / 1024, m / $2}'
}

for ((i = 0; i < ${RUNS:-3}; i++)); do
    run QGIS /usr/bin/python3 "$peers/map_qgis.py" "$table" --base "$data" --batch "$tmp/out"
    run dateline "$dateline" batch --incidents "$table" --every month --formats png --maps density \
        --extent 33.8,31.9,43.6,37.4 --size 1600x1200 --bandwidth-km 8 --out "$tmp/out"
done
