"""System columns as fields, so that filters, lists, exports and permissions treat them like any other."""

from collections.abc import Mapping, Sequence
from typing import Any

from xiaolu.kit.i18n import Label
from xiaolu.metadata.fields.model import FieldModel, field_model
from xiaolu.metadata.model.entity import Field
from xiaolu.metadata.model.process import Process, Stage


def _system(key: str, kind: str, zh: str, en: str) -> Field:
    return Field(key=key, type=kind, label=Label(zh, en))


SYSTEM_FIELD_DEFINITIONS: tuple[Field, ...] = (
    _system("id", "record_id", "编号标识", "Identifier"),
    _system("version", "integer", "版本", "Version"),
    _system("created_at", "date_time", "创建时间", "Created at"),
    _system("created_by", "user", "创建人", "Created by"),
    _system("updated_at", "date_time", "更新时间", "Updated at"),
    _system("updated_by", "user", "更新人", "Updated by"),
    _system("owner", "user", "负责人", "Owner"),
    _system("department", "department", "所属部门", "Department"),
    _system("deleted_at", "date_time", "删除时间", "Deleted at"),
    _system("stage", "single_select", "阶段", "Stage"),
    _system("stage_since", "date_time", "进入阶段时间", "In stage since"),
    _system("frozen_until", "date_time", "冻结至", "Frozen until"),
)
"""In the order of ``SYSTEM_FIELDS``. ``stage`` has no options here: they are those of the entity's process."""

SYSTEM_FIELD_MODELS: Mapping[str, FieldModel] = {each.key: field_model(each) for each in SYSTEM_FIELD_DEFINITIONS}


def system_field_models(process: Process | None, former: Sequence[Stage] = ()) -> Mapping[str, FieldModel]:
    """Return the system fields of an entity; with a process, ``stage`` is a select of its stages."""
    if process is None:
        return SYSTEM_FIELD_MODELS
    return {**SYSTEM_FIELD_MODELS, "stage": field_model(stage_field(process, former))}


def stage_field(process: Process, former: Sequence[Stage] = ()) -> Field:
    """Return the ``stage`` column of a process as a select of its stages; ``former`` ones can only be read."""
    options: list[dict[str, Any]] = [
        {"key": each.key, "label": {"zh": each.label.zh, "en": each.label.en}, "colour": each.colour}
        for each in process.stages
    ]
    options += [
        {
            "key": each.key,
            "label": {"zh": each.label.zh, "en": each.label.en},
            "colour": each.colour,
            "retired": True,
        }
        for each in former
    ]
    return Field(key="stage", type="single_select", label=Label("阶段", "Stage"), options={"options": options})
