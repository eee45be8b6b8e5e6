"""Names made comparable: `key`, `fold` and `skeleton`, shared by derive.py and check.py.

`key` is what the program looks names up by: case, accents, ayn, hamza and articles gone, words parted by one space. Two
spellings with one key need only one entry.

`fold` drops what writers leave out: case, accents, ayn and hamza, apostrophes, hyphens, spaces, a leading article.
`skeleton` goes further: it writes Latin and Arabic spellings of one name as the same string of consonants, so that
معرة النعمان and Ma'arrat al-Nu'man both become `mrnmn`. Different names can share a skeleton: use it to compare a pair
that is already known to be close on the ground, not to find a name in the world.
"""

import math
import re
import unicodedata

# ayn, hamza and the quotation marks that stand in for them; tatweel; Arabic short vowels are combining marks
QUOTES = "'`´‘’‛“”ʻʼʽʾʿˈˊˋ′ꞌˌ"
ARTICLE = re.compile(r"^(?:al|el|ar|as|ash|at|ath|ad|adh|an|az|l)[\s\-]+")
SUN_ARTICLES = {"ar", "as", "ash", "ad", "adh", "at", "ath", "an", "az", "er", "es", "ed", "et", "en", "ez"}
ARABIC_FORMS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ؤ": "و", "ئ": "ي",
     "ہ": "ه", "ھ": "ه", "ـ": ""}
)

ARABIC_CONSONANTS = {
    "ب": "b", "پ": "b", "ت": "t", "ة": "", "ث": "t", "ج": "j", "چ": "j", "ح": "h", "خ": "X", "د": "d", "ذ": "d",
    "ر": "r", "ز": "z", "ژ": "j", "س": "s", "ش": "S", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "غ": "G", "ف": "f",
    "ڤ": "f", "ق": "k", "ك": "k", "ک": "k", "گ": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h",
}
DIGRAPHS = [("tch", "j"), ("dj", "j"), ("kh", "X"), ("sh", "S"), ("ch", "S"), ("gh", "G"), ("th", "t"), ("dh", "d"),
            ("ph", "f")]
LATIN_CONSONANTS = {"c": "k", "q": "k", "g": "k", "v": "f", "p": "b", "x": "X"}


def strip_marks(text):
    """The text without accents: `Ḩamāh` → `Hamah`, `Diyarbakır` → `Diyarbakir`."""
    text = text.replace("ı", "i").replace("ə", "a").replace("ø", "o").replace("ł", "l").replace("đ", "d")
    text = text.replace("ß", "ss").replace("æ", "ae").replace("œ", "oe")
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def is_arabic(text):
    return any("\u0600" <= c <= "\u06ff" or "\u0750" <= c <= "\u077f" for c in text)


def is_latin(text):
    return all(not c.isalpha() or unicodedata.name(c, "").startswith(("LATIN", "MODIFIER")) for c in text)


def fold(name):
    """What two spellings of one name share when only case, marks, joins and articles differ."""
    if is_arabic(name):
        name = "".join(c for c in name if not unicodedata.combining(c)).translate(ARABIC_FORMS).replace("ء", "")
        words = name.split()
        if words and len(words[0]) > 4 and words[0].startswith("ال"):
            words[0] = words[0][2:]
        return "".join(c for w in words for c in w if c.isalnum())
    name = strip_marks(name.lower().strip(" " + QUOTES).lower())
    name = ARTICLE.sub("", name)
    return "".join(c for c in name if c.isalnum() and c not in QUOTES)


def key(name):
    """The form the program looks a name up by (`src/gazetteer/fold.rs`); kept in words."""
    if is_arabic(name):
        name = "".join(c for c in name if not unicodedata.combining(c)).translate(ARABIC_FORMS).replace("ء", "")
        words = [w[2:] if len(w) > 3 and w.startswith("ال") else w for w in name.split()]
        return " ".join(words)
    name = strip_marks("".join(c for c in name.lower() if c not in QUOTES))
    words = "".join(c if c.isalnum() else " " for c in name).split()
    kept = [w for i, w in enumerate(words)
            if not (i + 1 < len(words) and (w in ("al", "el", "ul", "il") or w in SUN_ARTICLES and
                                            words[i + 1].startswith(w[1:])))]
    return " ".join(kept)


def skeleton(name):
    """The consonants of a name, the same for its Latin and its Arabic spelling (mostly)."""
    out = []
    if is_arabic(name):
        for word in re.split(r"[\s\-]+", name):
            word = "".join(c for c in word if not unicodedata.combining(c))
            if len(word) > 3 and word.startswith("ال"):
                word = word[2:]
            word = re.sub(r"ه$", "", word)
            out.append("".join(ARABIC_CONSONANTS.get(c, "") for c in word))
    else:
        name = name.lower().replace("ş", "sh").replace("ç", "j").replace("ğ", "gh")
        text = "".join(c for c in strip_marks(name) if c not in QUOTES)
        for word in re.split(r"[\s\-]+", text):
            if word in {"al", "el", "ar", "as", "ash", "at", "ath", "ad", "adh", "an", "az", "es", "et", "ed", "ez", "er",
                        "en", "esh", "l", "ul", "il"}:
                continue
            for old, new in DIGRAPHS:
                word = word.replace(old, new)
            word = re.sub(r"[hwy]$", "", word)
            word = "".join(LATIN_CONSONANTS.get(c, c) for c in word)
            out.append(re.sub(r"[aeiouwy]", "", "".join(c for c in word if c.isalpha())))
    return re.sub(r"(.)\1+", r"\1", "".join(out))


def distance_km(a, b):
    """Great-circle distance of two (lat, lon) pairs in degrees, in kilometres (haversine, R = 6371.0088)."""
    la, lo, lb, lp = map(math.radians, (a[0], a[1], b[0], b[1]))
    h = math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin((lp - lo) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(h))
