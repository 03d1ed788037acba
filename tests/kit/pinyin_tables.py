"""Makes the readings that ``xiaolu.kit.pinyin`` keeps from pypinyin's tables.

Run ``python -m tests.kit.pinyin_tables`` after an update of pypinyin to write them anew.
"""

from pathlib import Path

import pypinyin
from pypinyin.contrib.tone_convert import to_normal
from pypinyin.phrases_dict import phrases_dict
from pypinyin.pinyin_dict import pinyin_dict

from xiaolu.kit import pinyin
from xiaolu.kit.pinyin import SURNAMES

FOLDER = Path(pinyin.__file__).parent
_OWN = {"嗯": "en", "哼": "heng", "呣": "m", "噷": "hm"}
"""Interjections whose sounds pypinyin writes without a vowel."""


def usual_sounds() -> dict[str, str]:
    """Return the toneless usual sound of each character that is in use."""
    found = {}
    for code, sounds in pinyin_dict.items():
        if 0x3400 <= code <= 0x9FFF or code >= 0x20000:
            character = chr(code)
            found[character] = _OWN.get(character) or plain(sounds.partition(",")[0])
    return found


def plain(sound: str) -> str:
    """Return a sound without its tone."""
    return str(to_normal(sound, v_to_u=False)).replace("ü", "v")


def characters_text() -> str:
    """Return the lines ``sound characters``."""
    by_sound: dict[str, list[str]] = {}
    for character, sound in usual_sounds().items():
        by_sound.setdefault(sound, []).append(character)
    return "".join(f"{sound} {''.join(sorted(written))}\n" for sound, written in sorted(by_sound.items()))


def phrases_text() -> str:
    """Return the lines ``word sound sound …`` of words with unusual sounds, and words alone that begin with a surname."""
    usual = usual_sounds()
    lines = []
    for phrase, sounds in sorted(phrases_dict.items()):
        if not 2 <= len(phrase) <= 10 or any(each not in usual for each in phrase) or len(sounds) != len(phrase):
            continue
        said = [_OWN.get(character) or plain(each[0]) for character, each in zip(phrase, sounds, strict=True)]
        if said != [usual[each] for each in phrase]:
            lines.append(" ".join([phrase, *said]))
        elif phrase[0] in SURNAMES and len(phrase) <= 4:
            lines.append(phrase)
    return "".join(f"{each}\n" for each in lines)


if __name__ == "__main__":
    (FOLDER / "pinyin_characters.txt").write_text(characters_text(), encoding="utf-8")
    (FOLDER / "pinyin_phrases.txt").write_text(phrases_text(), encoding="utf-8")
    print(f"pypinyin {pypinyin.__version__}")  # noqa: T201
