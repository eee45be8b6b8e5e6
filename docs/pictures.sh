#!/usr/bin/env bash
# Makes the pictures of gallery.md and README.md: run it from anywhere, look at what came out, commit what is better.
# All data is invented, and every picture says so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
cargo build --release --quiet
dateline=${CARGO_TARGET_DIR:-target}/release/dateline
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

# picture NAME KIND ARGUMENTS...: renders one map into docs/NAME.png.
picture() {
    local name=$1 kind=$2
    shift 2
    "$dateline" render --maps "$kind" --formats png --synthetic --out "$out/$name" "$@" 2>/dev/null
    shrink "$out/$name"/*_"$kind".png "docs/$name.png"
}

# shrink IN OUT: a repository keeps every version of a picture, so these have 256 colours (needs Pillow).
shrink() {
    python3 - "$1" "$2" <<'PY'
import sys
from PIL import Image

picture = Image.open(sys.argv[1])
dpi = picture.info.get("dpi")
picture = picture.convert("RGB").quantize(256, method=Image.Quantize.MAXCOVERAGE, kmeans=4, dither=Image.Dither.NONE)
picture.save(sys.argv[2], optimize=True, dpi=dpi)
PY
}

month=data/examples/synthetic/map.toml
idlib=(--extent Idlib --period 2020-02)
own=docs/pictures
picture density density "$month" --size 1200x900
picture displacement displacement "$month" --size 1200x900
picture killed killed "$month" --size 1000x750
picture precision density --incidents "$own/precision.csv" "${idlib[@]}" --bandwidth-km 5 --size 1000x750
picture matrix displacement --displacement "$own/matrix.csv" --period 2017-03 --size 1000x750
picture dark displacement "$month" --theme dark --size 1000x750
picture print density "$month" --theme print --size 794x1123
picture grey killed --incidents "$own/sudan.csv" --theme grey --size 1000x750
picture arabic density "$month" --names both --ramp lajolla --size 1000x750
picture tall killed --incidents "$own/precision.csv" "${idlib[@]}" --size 794x1123 --title \
    "Killed in air strikes, shelling and ground fighting in the towns and villages of the north-west, as two monitors report"
