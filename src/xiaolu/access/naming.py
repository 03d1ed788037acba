"""How people are found: by part of their name, by its pinyin or initials, by login. Pure."""

from xiaolu.kit.pinyin import syllables


def search_text(name: str, login: str) -> str:
    """Return the text of which a people picker searches any part: 王小明 gives ``王小明 wangxiaoming wxm`` and the login."""
    lowered = name.lower()
    said = [each for each in syllables("".join(lowered.split())) if each]
    return " ".join(dict.fromkeys((lowered, "".join(said), "".join(each[0] for each in said), login)))
