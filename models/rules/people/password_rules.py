"""Whether a new password is worth keeping: long, not one that everybody takes, and not made of what is known of its
owner. Judged here, without asking anybody on the net."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from threading import Lock

from models.rules.house.house import House
from models.rules.people.common_words import COMMON_WORDS

SHORTEST_PASSWORD, LONGEST_NEW_PASSWORD = 12, 128
SAFE_SCORE = 3  # zxcvbn's: more than a hundred million guesses
SHORTEST_WORD = 3
PRODUCT = "trefpunt"
TELLS_TOO_LITTLE = 5  # words and single letters that a password must at least consist of
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_LETTERS_AS_DIGITS = str.maketrans("013457@$€!|", "oieastasell")
_ONE_AT_A_TIME = Lock()  # zxcvbn keeps the words it is given in a table of the whole process


def fault_of(password: str, about: Iterable[str] = ()) -> str | None:
    """What speaks against it: empty_password, short_password, long_password, common_password, personal_password or
    weak_password. `about`: names of its owner, their organisation and town, which anybody tries first, as ours is.
    A word that is common and such a name too counts as a name."""
    if not password:
        return "empty_password"
    if len(password) < SHORTEST_PASSWORD:
        return "short_password"
    if len(password) > LONGEST_NEW_PASSWORD:
        return "long_password"
    known = frozenset(word for name in (PRODUCT, *about) for word in re.findall(r"[a-z]+", _plain(name)))
    own = frozenset(word for word in known if len(word) >= SHORTEST_WORD)
    said = _fewest_pieces(password, COMMON_WORDS | own)
    if said < TELLS_TOO_LITTLE:
        is_of_names = said < _fewest_pieces(password, COMMON_WORDS - own)
        return "personal_password" if is_of_names else "common_password"
    return None if _score(password, own) >= SAFE_SCORE else "weak_password"


def known_of(house: House, organisation: str | None, *own: str | None) -> list[str]:
    """The names that anybody tries first: one's `own`, those of the organisation, of the town and of its buildings."""
    around = [house.names, *(each.names for each in house.buildings.values())]
    if organisation is not None and organisation in house.organisations:
        around.append(house.organisations[organisation].names)
    return [name for name in own if name] + [name for names in around for name in names.values() if name]


def _fewest_pieces(password: str, words: frozenset[str]) -> int:
    """Of how few such words and letters it is made, once years, digits and marks are gone: `W3lk0m2026!!` of one. Of
    enough of them where nothing is left."""
    bare = _YEAR.sub("", _plain(password)).rstrip("0123456789!?.*-_+#@$€ ")
    readings = {re.sub(r"[^a-z]", "", bare), re.sub(r"[^a-z]", "", bare.translate(_LETTERS_AS_DIGITS))}
    return min((_pieces(each, words) for each in readings if each), default=TELLS_TOO_LITTLE)


def _pieces(letters: str, words: frozenset[str]) -> int:
    """Of how few such words, and letters between them, this can be made."""
    longest = max(map(len, words), default=0)
    least = [0]
    for end in range(1, len(letters) + 1):
        starts = range(max(0, end - longest), end - SHORTEST_WORD + 1)
        least.append(min([least[-1] + 1, *(least[at] + 1 for at in starts if letters[at:end] in words)]))
    return least[-1]


def _plain(text: str) -> str:
    """Small letters without accents."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(each for each in apart if not unicodedata.combining(each)).lower()


def _score(password: str, own: frozenset[str]) -> int:
    from zxcvbn import zxcvbn  # not above: its lists take longer to read than all else that a command needs

    with _ONE_AT_A_TIME:
        score: int = zxcvbn(password, sorted(own | COMMON_WORDS), max_length=LONGEST_NEW_PASSWORD)["score"]
    return score
