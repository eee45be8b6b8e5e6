#!/bin/sh
# Derives the embedded fonts from Debian's `fonts-noto-core` (see SOURCES.md).
# Needs: pyftsubset (Debian `fonttools`). Same input, same bytes.
# Usage: data/fonts/subset.sh [folder of the original fonts]
set -eu
from=${1:-/usr/share/fonts/truetype/noto}
here=$(cd "$(dirname "$0")" && pwd)

# Basic Latin, Latin-1, Extended-A, Extended-B, IPA's ə, modifier letters (ʿ ʾ ʼ), combining marks,
# Extended Additional (ḥ ṣ ṭ ḍ ẓ), spaces, bidi controls, dashes, quotation marks, bullets,
# superscripts, currency, №, ™, soft and non-breaking hyphens.
latin="U+0020-007E,U+00A0-017F,U+0180-024F,U+0259,U+02B9-02CF,U+0300-0332,U+1E00-1EFF"
latin="$latin,U+2000-2027,U+202A-2034,U+2039-203A,U+2044,U+2066-2070,U+2074-2079,U+2080-2089"
latin="$latin,U+20AC,U+20BA,U+2116,U+2122,U+25CC"
# Arabic, Arabic Supplement (Kurdish, Persian, Urdu letters), and the ligatures ﷲ ﷺ.
arabic="U+0600-06FF,U+0750-077F,U+FDF2,U+FDFA,U+FDFC,U+200B-200F,U+25CC"
# Arrows and mathematical signs, which Noto Sans itself has not.
signs="U+2190-2199,U+21D2,U+21D4,U+2212,U+221A,U+221E,U+2248,U+2260,U+2264-2265"

subset() { # file, code points
    pyftsubset "$from/$1" --unicodes="$2" --output-file="$here/$1" \
        --layout-features+=tnum --no-hinting --notdef-outline \
        --name-IDs='0,1,2,3,4,5,6,13,14' --no-recalc-timestamp --drop-tables+=DSIG,MATH
    chmod 644 "$here/$1"
}
subset NotoSans-Regular.ttf "$latin"
subset NotoSans-Bold.ttf "$latin"
subset NotoSansArabic-Regular.ttf "$arabic"
subset NotoSansArabic-Bold.ttf "$arabic"
subset NotoSansMath-Regular.ttf "$signs"
