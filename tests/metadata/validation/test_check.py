"""A sound workspace passes; each way to break it is found, at its place, in words."""

import pytest

from tests.metadata.sample import SAMPLE, sample
from tests.metadata.spoken import assert_spoken
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.validation import check_definitions
from xiaolu.metadata.yamlform import decode_definitions


def found_in(text: str) -> list[tuple[str, str]]:
    definitions = decode_definitions(text)
    assert isinstance(definitions, Definitions), definitions
    problems = check_definitions(definitions)
    assert_spoken(problems)
    return [(".".join(map(str, each.path)), each.code) for each in problems]


def test_the_sample_is_sound() -> None:
    assert check_definitions(sample()) == []


def test_nothing_is_sound() -> None:
    assert check_definitions(Definitions()) == []


LEAD = "entities.lead"
BREAKS = [
    # keys and labels
    ("key: rep\n", "key: Rep\n", "roles.Rep.key", "key.pattern"),
    ("{key: phone, label: 电话", "{key: name, label: 电话", "entities.customer.fields.name.key", "key.repeated"),
    ("{key: phone, label: 电话", "{key: created_at, label: 电话", "entities.customer.fields.created_at.key", "key.reserved"),
    ("{key: phone, label: 电话", "{key: a__sort, label: 电话", "entities.customer.fields.a__sort.key", "key.reserved"),
    ("{key: phone, label: 电话", "{key: phone, label: 区域", "entities.customer.fields.region.label", "label.repeated"),
    ("{key: phone, label: 电话", "{key: phone, label: 'a.b'", "entities.customer.fields.phone.label", "label.characters"),
    ("label: 触发动作", "label: ' '", "option_sets.trigger.label", "label.empty"),
    ("- {key: gone, label: 流失, retired: true}", "- {key: new, label: 流失}", "option_sets.grade.options.new.key", "key.repeated"),
    ("- {key: photo, label: 现场照片", "- {key: demand, label: 现场照片", "processes.journey.evidence.demand.key", "key.repeated"),
    ("key: lead_line\n", "key: file\n", "entities.file.key", "key.reserved"),
    # option sets, numberings, apps
    ("pattern: XS{yyyy}{mm}-{seq:5}", "pattern: XS{mm}-{seq:5}", "numberings.lead_number.pattern", "numbering.reset_repeats"),
    ("pattern: XS{yyyy}{mm}-{seq:5}", "pattern: XS{yyyy}{mm}", "numberings.lead_number.pattern", "numbering.one_sequence"),
    ("pattern: XS{yyyy}{mm}-{seq:5}", "pattern: 'XS{yyyy}{mm}{week}-{seq:5}'", "numberings.lead_number.pattern", "numbering.unknown_slot"),
    ("pattern: XS{yyyy}{mm}-{seq:5}", "pattern: 'XS{yyyy}{mm}{-{seq:5}'", "numberings.lead_number.pattern", "numbering.malformed"),
    ("pattern: XS{yyyy}{mm}-{seq:5}", "pattern: 'XS{yyyy}{mm}-{seq:50}'", "numberings.lead_number.pattern", "numbering.width"),
    ("reset: month", "reset: monthly", "numberings.lead_number.reset", "definition.not_allowed"),
    ("view: lead_board}", "view: lead_bord}", "apps.sales.menu.0.view", "reference.view_near"),
    ("    menu:\n", "    depends: [crm]\n    menu:\n", "apps.sales.depends.0", "reference.app"),
    # entities
    ("title: product", "title: price", "entities.lead_line.title", "entity.title_not_text"),
    ("title: product", "title: prodct", "entities.lead_line.title", "reference.field_near"),
    ("parent: lead\n", "parent: customer\n", "entities.lead_line.parent", "entity.child_needs_field"),
    ("parent: lead\n", "parent: customer\n", f"{LEAD}.fields.lines.options.entity", "sub_table.not_a_child"),
    ("duplicates: [[name], [phone]]", "duplicates: [[name], [phon]]", "entities.customer.duplicates.1.0", "reference.field_near"),
    ("duplicates: [[name], [phone]]", "duplicates: [[]]", "entities.customer.duplicates.0", "entity.empty_group"),
    # fields
    ("type: phone}", "type: phon}", "entities.customer.fields.phone.type", "reference.type_near"),
    ("options: {min: 0}, required_if", "options: {mim: 0}, required_if", f"{LEAD}.fields.amount.options.mim", "definition.unknown_key_near"),
    ("options: {target: customer}, required", "options: {target: customer, narrow: {field: levl, by: grade}}, required", f"{LEAD}.fields.customer.options.narrow.field", "reference.field"),
    ("options: {target: customer}, required", "options: {target: customer, narrow: {field: customer, by: grade}}, required", f"{LEAD}.fields.customer.options.narrow.field", "narrow.itself"),
    ("options: {target: customer}, required", "options: {target: customer, narrow: {field: level, by: grad}}, required", f"{LEAD}.fields.customer.options.narrow.by", "reference.field_near"),
    ("options: {target: customer}, required", "options: {target: customer, narrow: {field: level, by: grade}}, required", f"{LEAD}.fields.customer.options.narrow", "narrow.differs"),
    ("options: {target: customer}, required", "options: {target: customer, narrow: {field: level}}, required", f"{LEAD}.fields.customer.options.narrow.by", "definition.missing_key"),
    ("options: {min: 0, max: 1}", "options: {min: 2, max: 1}", f"{LEAD}.fields.rate.options.min", "options.min_above_max"),
    ("options: {set: grade}, default", "options: {set: grad}, default", "entities.customer.fields.grade.options.set", "reference.option_set_near"),
    ("format: {set: grade}", "format: {set: grad}", f"{LEAD}.fields.grade.options.format.set", "reference.option_set_near"),
    ("format: {set: grade}", "format: {sett: grade}", f"{LEAD}.fields.grade.options.format.sett", "definition.unknown_key_near"),
    ("type: relation, options: {target: customer}", "type: relation, options: {target: custmer}", f"{LEAD}.fields.customer.options.target", "reference.entity_near"),
    ("options: {numbering: lead_number}", "options: {numbering: x}", f"{LEAD}.fields.number.options.numbering", "reference.numbering"),
    ("options: {relation: customer, field: grade,", "options: {relation: amount, field: grade,", f"{LEAD}.fields.grade.options.relation", "lookup.not_a_relation"),
    ("options: {relation: customer, field: grade,", "options: {relation: customer, field: grad,", f"{LEAD}.fields.grade.options.field", "reference.field_near"),
    ("options: {children: lead, aggregate: count", "options: {children: leads, aggregate: count", "entities.customer.fields.lead_count.options.children", "reference.children_near"),
    ("aggregate: sum, field: amount", "aggregate: sum, field: amont", "entities.customer.fields.leads_total.options.field", "reference.field_near"),
    ("aggregate: sum, field: amount", "aggregate: sum", "entities.customer.fields.leads_total.options.field", "options.aggregate_needs_field"),
    ("{key: site, label: 现场, type: location}", "{key: site, label: 现场, type: location, unique: true}", f"{LEAD}.fields.site.unique", "field.cannot_be_unique"),
    ("{key: site, label: 现场, type: location}", "{key: site, label: 现场, type: location, searchable: true}", f"{LEAD}.fields.site.searchable", "field.cannot_be_searched"),
    ("options: {numbering: lead_number}}", "options: {numbering: lead_number}, required: true}", f"{LEAD}.fields.number.required", "field.is_computed"),
    ("set_to: NOW()}", "}", f"{LEAD}.fields.level_since.set_to", "field.set_needs_both"),
    ("options_if: {high:", "options_if: {hihg:", f"{LEAD}.fields.level.options_if.hihg", "reference.option_near"),
    # formulas
    ("'{金额} * {赢率}'", "'{金额} * {赢绿}'", f"{LEAD}.fields.weighted.options.formula", "formula.field_unknown_near"),
    ("'{金额} * {赢率}'", "'{客户.名称}'", f"{LEAD}.fields.weighted.options.result", "formula.wrong_field_result"),
    ("'{金额} * {赢率}'", "'{加权金额} + 1'", f"{LEAD}.fields.weighted.options", "formula.cycle"),
    ("'{金额} * {赢率}'", "'IF(ME() = {负责人}, 1, 2)'", f"{LEAD}.fields.weighted.options.formula", "formula.stored_for_one_person"),
    ("default: 10%", "default: TODAY()", f"{LEAD}.fields.rate.default", "formula.wrong_result"),
    ("required_if: '{等级} = \"高\"'", "required_if: '{等级} = \"极高\"'", f"{LEAD}.fields.amount.required_if", "formula.option_unknown"),
    ("'{下次拜访} >= TODAY()'", "'{下次拜访} >='", f"{LEAD}.fields.next_visit.rules.0.check", "formula.ends_early"),
    ("check: '{金额} < 100000000'", "check: '{金额} <> '", f"{LEAD}.rules.0.check", "formula.ends_early"),
    ("guard: '{金额} > 0'", "guard: CHANGED(amount)", "processes.journey.transitions.understand.guard", "*"),
    ("formula: '{负责人} = ME()'", "formula: '{负责人} = '", "roles.rep.grants.1.formula", "formula.ends_early"),
    ("{formula: '{金额} > 10'}", "{formula: '{金额}'}", "views.lead_board.filter.and.3.formula", "*"),
    ("set, values: {rate: 30%}", "set, values: {rate: TODAY()}", "processes.journey.transitions.understand.effects.2.values.rate", "formula.wrong_result"),
    # processes
    ("initial: won_over", "initial: won", "processes.journey.initial", "reference.stage"),
    ("initial: won_over", "initial: won_over\n    on_create: [{do: freeze, hours: 1}]", "processes.journey.on_create.0.do", "definition.not_allowed"),
    ("initial: won_over", "initial: won_over\n    on_create: [{do: task, title: 看, to: owner, into: adviser}]", "processes.journey.on_create.0.into", "effect.not_at_start"),
    ("initial: won_over", "initial: won_over\n    on_create: [{do: notify, to: 'role:haed'}]", "processes.journey.on_create.0.to", "reference.role_near"),
    ("target: understood\n", "target: understod\n", "processes.journey.transitions.understand.target", "reference.stage_near"),
    ("target: understood\n", "target: won_over\n", "processes.journey.stages.understood", "process.unreachable"),
    ("required: [pains]", "required: [pain]", "processes.journey.stages.understood.required.0", "reference.field_near"),
    ("readonly: [customer]", "readonly: [custmer]", "processes.journey.stages.understood.readonly.0", "reference.field_near"),
    ("calendar: working", "calendar: lunar", "processes.journey.stages.won_over.limit.calendar", "definition.not_allowed"),
    ("'role:head']", "'role:haed']", "processes.journey.stages.won_over.limit.escalate.1", "reference.role_near"),
    ("limit: {hours: 72", "limit: {hours: 0", "processes.journey.stages.won_over.limit.hours", "options.out_of_range"),
    ("kind: lost}", "kind: gone}", "processes.journey.stages.lost.kind", "definition.not_allowed"),
    ("kind: file, validators", "kind: fax, validators", "processes.journey.stages.understood.evidence.demand.kind", "definition.not_allowed"),
    ("min_bytes: 1000", "min_byte: 1000", "processes.journey.stages.understood.evidence.demand.validators.min_byte", "definition.unknown_key_near"),
    ("min_bytes: 1000", "min_length: 10", "processes.journey.stages.understood.evidence.demand.validators.min_length", "evidence.validator_not_for_kind"),
    ("{field: site, metres", "{field: amount, metres", "processes.journey.stages.understood.evidence.photo.validators.exif_place.field", "evidence.not_a_location"),
    ("do: freeze, hours: 24", "do: freeze", "processes.journey.transitions.understand.effects.1.hours", "effect.needs"),
    ("do: freeze, hours: 24", "do: thaw", "processes.journey.transitions.understand.effects.1.do", "definition.not_allowed"),
    ("into: adviser", "into: amount", "processes.journey.transitions.understand.effects.0.into", "effect.not_a_member"),
    ("set, values: {rate: 30%}", "set, values: {weighted: 30%}", "processes.journey.transitions.understand.effects.2.values.weighted", "effect.cannot_set"),
    ("to: owner", "to: nobody", "processes.journey.transitions.understand.effects.3.to", "definition.not_allowed"),
    ("background: [customer.region]", "background: [customer.regin]", "processes.journey.transitions.understand.effects.0.background.0", "reference.field_near"),
    ("roles: [rep]\n        effects", "roles: [rap]\n        effects", "processes.journey.transitions.understand.roles.0", "reference.role_near"),
    ("reasons: trigger", "reasons: triger", "processes.journey.reasons", "reference.option_set_near"),
    ("source: [won_over]", "source: []", "processes.journey.transitions.understand.source", "process.no_source"),
    # views, numbers
    ("columns: [number, customer", "columns: [numbr, customer", "views.lead_board.columns.0", "reference.field_near"),
    ("customer.region, owner]", "customer.regions, owner]", "views.lead_board.columns.3", "reference.field_near"),
    ("kind: board", "kind: wall", "views.lead_board.kind", "definition.not_allowed"),
    ("group: stage", "group: papers", "views.lead_board.group", "view.cannot_group"),
    ("sort: [{field: amount", "sort: [{field: site", "views.lead_board.sort.0.field", "view.cannot_sort"),
    ("{do: sum, field: amount}", "{do: sum, field: number}", "views.lead_board.measures.1.field", "view.cannot_measure"),
    ("{do: sum, field: amount}", "{do: sum}", "views.lead_board.measures.1.field", "options.aggregate_needs_field"),
    ("op: eq, value: high}", "op: gt, value: high}", "views.lead_board.filter.and.0.op", "condition.operator"),
    ("op: eq, value: high}", "op: eq, value: hihg}", "views.lead_board.filter.and.0.value", "choice.unknown"),
    ("op: eq, value: high}", "op: eq}", "views.lead_board.filter.and.0.value", "condition.value_missing"),
    ("op: eq, value: high}", "op: empty, value: high}", "views.lead_board.filter.and.0.value", "condition.value_surplus"),
    ("op: eq, value: high}", "op: eq, value: high, formula: '1 = 1'}", "views.lead_board.filter.and.0", "condition.one_form"),
    ("value: [new, old]}", "value: [new, odl]}", "views.lead_board.filter.and.2.value.1", "choice.unknown"),
    ("view: lead_board\n    roles", "view: x\n    roles", "numbers.stalled.view", "reference.view"),
    # roles
    ("abilities: [members]", "abilities: [member]", "roles.head.abilities.0", "reference.ability_near"),
    ("fields: {weighted: hidden}", "fields: {wieghted: hidden}", "roles.rep.grants.0.fields.wieghted", "reference.field_near"),
    ("stages: {understood: {amount: read}}", "stages: {x: {amount: read}}", "roles.rep.grants.0.stages.x", "reference.stage"),
    ("read: formula, formula: '{负责人} = ME()'", "read: formula", "roles.rep.grants.1.formula", "role.formula_missing"),
    ("read: formula, formula", "read: own, formula", "roles.rep.grants.1.formula", "role.formula_unused"),
    ("{entity: '*', read: all}", "{entity: '*', read: all, fields: {a: read}}", "roles.head.grants.0.fields", "role.not_for_every_entity"),
    ("{entity: '*', read: all}", "{entity: leed, read: all}", "roles.head.grants.0.entity", "reference.entity_near"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "path", "code"), BREAKS, ids=[f"{path}-{code}" for _, _, path, code in BREAKS])
def test_each_break_is_found_at_its_place(old: str, new: str, path: str, code: str) -> None:
    assert SAMPLE.count(old) >= 1, "the sample has changed"
    found = found_in(SAMPLE.replace(old, new, 1))
    assert path in {each for each, _ in found}, found
    assert code == "*" or (path, code) in found, found


def test_all_breaks_are_found_at_once() -> None:
    text = (
        SAMPLE.replace("initial: won_over", "initial: nowhere")
        .replace("type: phone}", "type: fone}")
        .replace("abilities: [members]", "abilities: [everything]")
        .replace("'{金额} * {赢率}'", "'{金额} *'")
    )
    paths = {path for path, _ in found_in(text)}
    assert {
        "processes.journey.initial",
        "entities.customer.fields.phone.type",
        "roles.head.abilities.0",
        f"{LEAD}.fields.weighted.options.formula",
    } <= paths


def test_a_circle_across_entities_is_told_with_its_path() -> None:
    text = SAMPLE.replace("'{金额} * {赢率}'", "'{客户.线索金额} + 1'").replace(
        "field: amount, where", "field: weighted, where"
    )
    definitions = decode_definitions(text)
    assert isinstance(definitions, Definitions)
    circles = [each for each in check_definitions(definitions) if each.code == "formula.cycle"]
    assert len(circles) == 1
    assert circles[0].params["path"] == "客户.线索金额 → 线索.加权金额 → 客户.线索金额"


def test_the_nearest_of_a_path_is_a_path() -> None:
    definitions = decode_definitions(SAMPLE.replace("customer.region, owner]", "customer.regin, owner.nam]"))
    assert isinstance(definitions, Definitions)
    near = [str(each.params["near"]) for each in check_definitions(definitions)]
    assert [each.split("'")[1] for each in near] == ["customer.region", "owner.name"]
