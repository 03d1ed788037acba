"""How Chinese text sounds: sort keys, and the search tokens of a record.

PostgreSQL without ICU sorts Chinese by code point and finds no words in it, so both are made here, and stored beside
the text. The readings come from pypinyin's tables; the library's own functions cost more than a whole record write.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import util
from itertools import pairwise
from pathlib import Path
from types import ModuleType

_HAN_RUN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")
_PIECES = re.compile(f"{_HAN_RUN.pattern}|(?:(?!{_HAN_RUN.pattern})[^\\W_])+")
_TONES = str.maketrans(
    "āáǎàēéěèếềōóǒòīíǐìūúǔùüǖǘǚǜńňǹḿ", "aaaaeeeeeeooooiiiiuuuuvvvvvnnnm", "\u0300\u0301\u0304\u030c"
)
LONGEST_TOKEN = 40
"""Characters of the longest token that is kept; longer words are cut, in records and in queries alike."""
MOST_TOKENS = 600
"""Tokens of one record at most: a novel in a text field must not grow the index without end."""


@dataclass(frozen=True, slots=True)
class _Readings:
    characters: dict[str, str]
    phrases: dict[str, tuple[str, ...]]
    """Words whose reading differs from their characters' usual ones (重庆, 银行)."""
    starters: frozenset[str]
    longest: int


def _data(name: str) -> ModuleType:
    package = util.find_spec("pypinyin")
    if package is None or package.origin is None:
        raise ImportError("pypinyin is not installed")
    spec = util.spec_from_file_location(f"_pinyin_{name}", Path(package.origin).with_name(f"{name}.py"))
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def _readings() -> _Readings:
    pool: dict[str, str] = {}
    plain = {}
    for code, sounds in _data("pinyin_dict").pinyin_dict.items():
        sound = sounds.partition(",")[0].translate(_TONES)
        plain[chr(code)] = pool.setdefault(sound, sound)
    phrases: dict[str, tuple[str, ...]] = {}
    for phrase, syllables in _data("phrases_dict").phrases_dict.items():
        said = tuple(each[0].translate(_TONES) for each in syllables)
        if any(plain.get(character) != sound for character, sound in zip(phrase, said, strict=False)):
            phrases[phrase] = tuple(pool.setdefault(sound, sound) for sound in said)
    return _Readings(plain, phrases, frozenset(each[0] for each in phrases), max(map(len, phrases)))


@lru_cache(maxsize=8_192)
def syllables(run: str) -> tuple[str, ...]:
    """Return the toneless syllable of each character of a run of Chinese characters."""
    table = _readings()
    found: list[str] = []
    at = 0
    while at < len(run):
        said = _phrase(table, run, at) if run[at] in table.starters else ()
        found.extend(said or (table.characters.get(run[at], run[at]),))
        at = len(found)
    return tuple(found)


def _phrase(table: _Readings, run: str, at: int) -> tuple[str, ...]:
    for length in range(min(table.longest, len(run) - at), 1, -1):
        said = table.phrases.get(run[at : at + length], ())
        if len(said) == length:
            return said
    return ()


def sort_key(text: str | None) -> str | None:
    """Return the text by which ``text`` sorts: Chinese by sound, everything else lower-cased; None for None.

    Equal sounds are told apart by the characters themselves, so that the key orders totally.
    """
    if text is None:
        return None
    lowered = text.strip().lower()[:200]
    if lowered.isascii():
        return lowered
    said = _HAN_RUN.sub(lambda found: " ".join(syllables(found.group())) + " ", lowered)
    return f"{said}\x01{lowered}"


def search_tokens(texts: Iterable[str | None]) -> list[str]:
    """Return the tokens under which a record with these texts is found, sorted and without repetition.

    Words and numbers lower-cased (long digit runs also from each later digit, so that the end of a phone number finds
    it); of Chinese runs each pair and the last character, and from each character on the initials and the pinyin of six
    syllables. A query matches tokens by prefix, so that a pair is also found by its first character.
    """
    found: set[str] = set()
    for text in texts:
        if not text:
            continue
        for piece in _PIECES.findall(text[:20_000].lower()):
            found.update(_tokens(piece))
            if len(found) > MOST_TOKENS:
                return sorted(found)[:MOST_TOKENS]
    return sorted(found)


def _tokens(piece: str) -> list[str]:
    if not _HAN_RUN.match(piece):
        word = piece[:LONGEST_TOKEN]
        return [word[start:] for start in range(len(word) - 3)] if len(word) >= 7 and word.isdigit() else [word]
    said = syllables(piece)
    tokens = [first + second for first, second in pairwise(piece)]
    tokens.append(piece[-1])
    initials = "".join([each[0] for each in said])
    for start in range(len(said)):
        tokens.append(initials[start : start + 12])
        tokens.append("".join(said[start : start + 6]))
    return tokens


def query_tokens(text: str) -> list[str]:
    """Return the tokens that a record must have, each matched by prefix, to be found by what a person typed.

    Chinese runs give their pairs (a single character itself); words and numbers are taken as they are.
    """
    wanted: list[str] = []
    for piece in _PIECES.findall(text.lower()):
        if not _HAN_RUN.match(piece):
            wanted.append(piece[:LONGEST_TOKEN])
        elif len(piece) == 1:
            wanted.append(piece)
        else:
            wanted.extend(first + second for first, second in pairwise(piece))
    return list(dict.fromkeys(wanted))
