"""Subjects of the audit log's entries are called by their names."""

import pytest

from tests.access.scene import snapshot_of
from xiaolu.access.telling import Names, Teller
from xiaolu.metadata.model.entity import Entity

SNAPSHOT = snapshot_of()


@pytest.mark.parametrize("entity", SNAPSHOT.definitions.entities, ids=lambda each: each.key)
def test_what_a_definition_is_called(entity: Entity) -> None:
    teller = Teller(SNAPSHOT, Names(), "zh", "Asia/Shanghai")
    key, label = entity.key, entity.label.text("zh")
    assert teller.subject("export.made", "entity", key, None) == label
    assert teller.subject("export.made", "entity", "gone", None) == "gone"
