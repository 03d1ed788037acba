"""Every field type says what it is for and what it can be set to, in both languages."""

import pytest

from tests.metadata.fields.cases import CASES
from xiaolu.metadata.fields.palette import GROUPS, PALETTE
from xiaolu.metadata.fields.registry import FIELD_TYPES
from xiaolu.metadata.fields.settings import settings_of


def test_the_palette_offers_every_type() -> None:
    assert set(PALETTE) == set(FIELD_TYPES)
    assert {each.group for each in PALETTE.values()} == set(GROUPS)
    assert all(each.about.zh and each.about.en for each in PALETTE.values())


@pytest.mark.parametrize("key", sorted(FIELD_TYPES))
def test_every_setting_is_described(key: str) -> None:
    kind = FIELD_TYPES[key]
    settings = {each.key: each for each in settings_of(kind)}
    assert set(settings) == set(kind.options.__struct_fields__)
    for each in settings.values():
        assert each.label.zh
        assert each.label.en
        assert each.help is None or (each.help.zh and each.help.en)
        assert each.kind != "choice" or each.choices, each.key
    for name in CASES[key].options:
        assert name in settings
