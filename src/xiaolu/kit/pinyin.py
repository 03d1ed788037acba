"""How Chinese text sounds: sort keys, and the search tokens of a record.

PostgreSQL without ICU sorts Chinese by code point and finds no words in it, so both are made here, and stored beside
the text. The readings lie in two small files made from pypinyin's tables (a test keeps them equal to what the library
says): the library itself takes seconds to load, and its functions cost more than a whole record write.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

_HAN_RUN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")
_PIECES = re.compile(f"{_HAN_RUN.pattern}|(?:(?!{_HAN_RUN.pattern})[^\\W_])+")
_ASCII_PIECES = re.compile("[a-z0-9]+")
"""The same, of lower-cased texts without any other letters, in a fraction of the time."""
LONGEST_TOKEN = 40
"""Characters of the longest token that is kept; longer words are cut, in records and in queries alike."""
MOST_TOKENS = 600
"""Tokens of one record at most: a novel in a text field must not grow the index without end."""
INITIALS_KEPT, SYLLABLES_KEPT = 12, 6
"""How far initials and full pinyin reach from each character on."""
SURNAMES = {
    "曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "查": "zha", "翟": "zhai", "缪": "miao", "朴": "piao", "覃": "qin",
    "冼": "xian", "隗": "wei", "郇": "xun", "郗": "xi",
}  # fmt: skip
"""Readings that these characters have at the head of a person's name."""
_LONGEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Readings:
    """Toneless syllables of characters, and of words whose characters sound otherwise than usual."""

    characters: dict[str, str]
    phrases: dict[str, tuple[tuple[str, tuple[str, ...]], ...]]
    """First two characters → (word, its syllables), the longest word first."""
    words: frozenset[str]
    """Words that begin with a character which is also a surname: 单位 is no Mr Shan."""


@cache
def readings() -> Readings:
    """Return the tables, loaded on first use in some hundredths of a second."""
    folder = resources.files(__package__)
    characters: dict[str, str] = {}
    for line in folder.joinpath("pinyin_characters.txt").read_text(encoding="utf-8").splitlines():
        sound, _, written = line.partition(" ")
        characters.update(dict.fromkeys(written, sound))
    phrases: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    words: list[str] = []
    for line in folder.joinpath("pinyin_phrases.txt").read_text(encoding="utf-8").splitlines():
        phrase, *said = line.split(" ")
        if said:
            phrases.setdefault(phrase[:2], []).append((phrase, tuple(said)))
        if phrase[0] in SURNAMES:
            words.append(phrase)
    longest_first = {pair: tuple(sorted(each, key=lambda one: -len(one[0]))) for pair, each in phrases.items()}
    return Readings(characters, longest_first, frozenset(words))


@lru_cache(maxsize=8_192)
def syllables(run: str) -> tuple[str, ...]:
    """Return the toneless syllable of each character of a run of Chinese characters."""
    table = readings()
    usual = table.characters
    found = [usual.get(each, each) for each in run]
    if len(run) <= _LONGEST_NAME and run[0] in SURNAMES and _is_name(run, table.words):
        found[0] = SURNAMES[run[0]]
    phrases = table.phrases
    at = 0
    while at < len(run) - 1:
        step = 1
        for phrase, said in phrases.get(run[at : at + 2], ()):
            if run.startswith(phrase, at):
                step = len(phrase)
                found[at : at + step] = said
                break
        at += step
    return tuple(found)


def _is_name(run: str, words: frozenset[str]) -> bool:
    return len(run) > 1 and not any(run[:length] in words for length in range(2, len(run) + 1))


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
        lowered = text[:20_000].lower()
        is_ascii = lowered.isascii()
        for piece in (_ASCII_PIECES if is_ascii else _PIECES).findall(lowered):
            if not is_ascii and _HAN_RUN.match(piece):
                found.update(_spoken_tokens(piece))
            else:
                found.update(_written_tokens(piece))
            if len(found) > MOST_TOKENS:
                return sorted(found)[:MOST_TOKENS]
    return sorted(found)


def _written_tokens(piece: str) -> list[str]:
    word = piece[:LONGEST_TOKEN]
    return [word[start:] for start in range(len(word) - 3)] if len(word) >= 7 and word.isdigit() else [word]


@lru_cache(maxsize=4_096)
def _spoken_tokens(piece: str) -> tuple[str, ...]:
    said = syllables(piece)
    whole = "".join(said)
    initials = "".join([each[0] for each in said])
    count = len(said)
    edges = [0]
    for each in said:
        edges.append(edges[-1] + len(each))
    edges.extend([edges[-1]] * SYLLABLES_KEPT)
    tokens = [piece[start : start + 2] for start in range(count)]
    tokens += [initials[start : start + INITIALS_KEPT] for start in range(count)]
    tokens += [whole[edges[start] : edges[start + SYLLABLES_KEPT]] for start in range(count)]
    return tuple(tokens)


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
            wanted.extend(piece[start : start + 2] for start in range(len(piece) - 1))
    return list(dict.fromkeys(wanted))
