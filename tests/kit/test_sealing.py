"""Sealed secrets: opened by the right key for the right purpose, and by nothing else."""

import stat
from pathlib import Path

import pytest

from xiaolu.kit.sealing import KEY_FILE, KeyRing, Unsealable, is_sealed, load_keys

ONE, TWO = b"one key of thirty-two characters", b"two key of thirty-two characters"


def test_what_is_sealed_opens_for_its_purpose_alone() -> None:
    keys = KeyRing([ONE])
    sealed = keys.seal("JBSWY3DPEHPK3PXP", "totp:7")
    assert "JBSWY3" not in sealed
    assert sealed != keys.seal("JBSWY3DPEHPK3PXP", "totp:7")
    assert keys.open(sealed, "totp:7") == "JBSWY3DPEHPK3PXP"
    for ring, text, purpose in (
        (keys, sealed, "totp:8"),
        (KeyRing([TWO]), sealed, "totp:7"),
        (keys, sealed[:-4] + "AAAA", "totp:7"),
        (keys, sealed[:-3], "totp:7"),
    ):
        with pytest.raises(Unsealable):
            ring.open(text, purpose)


def test_keys_are_changed_by_putting_a_new_one_first() -> None:
    old = KeyRing([ONE])
    both = KeyRing([TWO, ONE])
    sealed = old.seal("text", "p")
    assert both.open(sealed, "p") == "text"
    assert not both.is_current(sealed)
    renewed = both.seal("text", "p")
    assert both.is_current(renewed)
    assert KeyRing([TWO]).open(renewed, "p") == "text"
    assert not is_sealed("JBSWY3DPEHPK3PXP")
    assert both.open("JBSWY3DPEHPK3PXP", "p") == "JBSWY3DPEHPK3PXP"


def test_an_installation_keeps_one_key(tmp_path: Path) -> None:
    first = load_keys(None, tmp_path)
    sealed = first.seal("text", "p")
    assert load_keys(None, tmp_path).open(sealed, "p") == "text"
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    with pytest.raises(ValueError, match="XIAOLU_SECRET_KEY"):
        load_keys("too short", tmp_path)
    given = load_keys(f"{TWO.decode()},{ONE.decode()}", tmp_path)
    assert given.open(KeyRing([ONE]).seal("text", "p"), "p") == "text"
