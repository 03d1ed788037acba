"""Which changes of a process concern the records in it."""

from itertools import permutations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.metadata.planner.building import definitions, entity, process
from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.essence import concerns_records
from xiaolu.metadata.model.process import Effect, Process, TimeLimit
from xiaolu.metadata.model.running import KeptVersion, Running, RunningChoice, Versions
from xiaolu.metadata.planner.model import MoveStages
from xiaolu.metadata.planner.plan import plan_change

BEFORE = process("lead", "new", "talk", "won")


def of_stage(**changes: object) -> Process:
    first, *rest = BEFORE.stages
    return msgspec.structs.replace(BEFORE, stages=(msgspec.structs.replace(first, **changes), *rest))


def of_transition(**changes: object) -> Process:
    first, *rest = BEFORE.transitions
    return msgspec.structs.replace(BEFORE, transitions=(msgspec.structs.replace(first, **changes), *rest))


@given(order=st.sampled_from(list(permutations(BEFORE.stages))), label=st.text(min_size=1), colour=st.text(min_size=1))
def test_order_names_and_colours_concern_nobody(order: tuple[object, ...], label: str, colour: str) -> None:
    stages = tuple(msgspec.structs.replace(each, label=Label(label), colour=colour) for each in order)  # type: ignore[type-var]
    after = msgspec.structs.replace(BEFORE, stages=stages, label=Label(label), initial="talk")
    assert not concerns_records(BEFORE, after)


@pytest.mark.parametrize(
    "after",
    [
        of_stage(required=("name",)),
        of_stage(readonly=("name",)),
        of_stage(limit=TimeLimit(hours=4)),
        of_stage(kind="lost"),
        of_transition(guard="1 = 1"),
        of_transition(target="won"),
        of_transition(roles=("rep",)),
        of_transition(effects=(Effect(do="freeze", hours=4),)),
        msgspec.structs.replace(BEFORE, stages=BEFORE.stages[:2], transitions=BEFORE.transitions[:1]),
        msgspec.structs.replace(BEFORE, remark_minimum=9),
    ],
)
def test_rules_concern_running_records(after: Process) -> None:
    assert concerns_records(BEFORE, after)


def test_choices_become_operations_on_the_right_records() -> None:
    one = definitions(entity("lead"), processes=(BEFORE,))
    other = definitions(entity("lead"), processes=(process("lead", "new", "won"),))
    kept = KeptVersion("lead", 1, process("lead", "ancient", "won"))
    running = Running({"lead": 2}, (kept,))
    finishing = plan_change(one, other, running=running)
    assert not [each for each in finishing.operations if isinstance(each, MoveStages)]
    assert finishing.running[0].keeps
    moving = plan_change(one, other, running=running, moves={"lead_flow": {"talk": "new"}})
    assert [each for each in moving.operations if isinstance(each, MoveStages)] == [
        MoveStages("r_lead", "lead", (("talk", "new"),), apart=(1,))
    ]
    assert not moving.running[0].keeps
    some = {"lead_flow": RunningChoice(choice="move", stages=("talk",))}
    refused = plan_change(one, other, running=running, choices=some)
    assert [each.code for each in refused.problems] == ["publish.stage_needs_target"]
    chosen = plan_change(one, other, running=running, choices=some, moves={"lead_flow": {"talk": "new"}})
    assert [each for each in chosen.operations if isinstance(each, MoveStages)] == [
        MoveStages("r_lead", "lead", (("talk", "new"),), apart=(1,), stages=("talk",), number=3)
    ]


def test_a_record_finds_its_own_version() -> None:
    ancient = process("lead", "ancient", "won")
    versions = Versions(BEFORE, 3, (KeptVersion("lead", 1, ancient),))
    assert versions.process(None) is versions.process(1) is ancient
    assert versions.process(2) is versions.process(3) is BEFORE
    assert [each.key for each in versions.former_stages] == ["ancient"]
    assert versions.stage("ancient") == ancient.stages[0]
    assert versions.kept_number(None) == 1
    rolled_back = Versions(BEFORE, 3, (KeptVersion("lead", 1, BEFORE), KeptVersion("lead", 2, ancient)))
    assert (rolled_back.kept_number(1), rolled_back.kept_number(2)) == (None, 2)
