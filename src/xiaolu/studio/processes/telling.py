"""A walk in words: what stood in the way, what a move would bring about, what time alone will bring."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.kit.i18n import describe, message
from xiaolu.kit.problems import Param, Problem
from xiaolu.metadata.model.process import Effect
from xiaolu.process.effects import notice_title
from xiaolu.process.hours import hours_after
from xiaolu.process.model import AvailableMove, Move
from xiaolu.process.people import MANAGERS, ROLE
from xiaolu.records.store.titles import load_titles
from xiaolu.records.titles import Titles
from xiaolu.studio.processes.walk_schemas import (
    WalkChoice,
    WalkDue,
    WalkEffect,
    WalkMove,
    WalkOut,
    WalkProblem,
    WalkSlot,
    WalkStep,
    WalkTaken,
)
from xiaolu.studio.processes.walking import Taken, Walk


async def tell_walk(ctx: Context, walk: Walk) -> WalkOut:
    """Return a walk for the client, in the language of who looks at it."""
    teller = _Teller(ctx, walk)
    await teller.load()
    return teller.tell()


class _Teller:
    def __init__(self, ctx: Context, walk: Walk) -> None:
        self._ctx = ctx
        self._walk = walk
        self._names: Titles | None = None
        self._creation = Taken(walk.began_at, WalkStep(), None, None, ())

    async def load(self) -> None:
        meant = {each for people in self._everybody() for each in people}
        self._names = await load_titles(self._ctx, {"member": meant})

    def tell(self) -> WalkOut:
        walk, values = self._walk, self._walk.candidate.values
        return WalkOut(
            at=walk.now,
            stage=values["stage"],
            stage_label=self._stage(values["stage"]),
            since=values["stage_since"],
            frozen_until=values["frozen_until"],
            title=str(values.get(walk.blueprint.title_key) or ""),
            values={
                key: part.dump(values.get(key)) for key, part in walk.blueprint.parts.items() if part.place == "column"
            },
            created=[self._effect(each, self._creation) for each in self._at_first()],
            steps=[self._taken(each) for each in walk.taken],
            moves=[self._move(each) for each in walk.moves],
            due=sorted(self._due(), key=lambda each: each.at),
            problems=self._problems(walk.candidate.problems),
        )

    def _at_first(self) -> Sequence[Effect]:
        """Return what followed from the creation of a made-up record; a real one has it behind itself."""
        return () if self._walk.is_real else self._walk.process.on_create

    def _everybody(self) -> Iterable[Sequence[UUID]]:
        yield from (self._people(effect, None) for effect in self._at_first())
        for taken in self._walk.taken:
            for effect in taken.move.transition.effects if taken.move else ():
                yield self._people(effect, taken.move)
        yield from (people for _, _, people in self._escalations())
        values = self._walk.candidate.values
        supervisor = self._walk.people.manager("supervisor", values["owner"], values["department"])
        yield [supervisor] if supervisor else []

    def _people(self, effect: Effect, move: Move | None) -> list[UUID]:
        """Return whom an effect would reach, as real moves find them."""
        people, facts = self._walk.people, self._walk.facts()
        if effect.do == "notify":
            return people.meant_by(effect.to or "owner", facts)
        if effect.do != "task":
            return []
        chosen = None
        if effect.role:
            chosen = move.members.get(effect.role) if move else people.for_role(effect.role, facts.department)
        if chosen is None and effect.to is not None:
            chosen = next(iter(people.meant_by(effect.to, facts)), None)
        chosen = chosen or people.manager("supervisor", facts.owner, facts.department)
        return [chosen] if chosen else []

    def _taken(self, taken: Taken) -> WalkTaken:
        process = self._walk.process
        transition = process.transition(taken.step.transition or "")
        effects = [self._effect(each, taken) for each in transition.effects] if transition and taken.move else []
        return WalkTaken(
            at=taken.at,
            transition=taken.step.transition,
            label=transition.label.text(self._ctx.language) if transition else "",
            source=taken.source,
            target=transition.target if transition and taken.move else None,
            accepted=taken.move is not None or (taken.step.transition is None and not taken.problems),
            problems=self._problems(taken.problems),
            effects=effects,
        )

    def _effect(self, effect: Effect, taken: Taken) -> WalkEffect:
        at: datetime | None = None
        if effect.hours is not None:
            at = hours_after(taken.at, effect.hours, calendar=effect.calendar, work=self._ctx.calendar)
        form = self._walk.blueprint.model.definition.label
        moved = taken.move.transition.label if taken.move else None
        otherwise = notice_title(form, moved) if effect.do == "notify" else moved or form
        label = effect.title or effect.reason or otherwise
        params: dict[str, Param] = {"title": label.text(self._ctx.language)}
        if effect.do == "set":
            params["fields"] = [self._set(key, taken) for key in effect.values]
        return WalkEffect(
            kind=effect.do,
            text=message(f"process.effect.{effect.do}", params, self._ctx.language),
            people=[self._name(each) for each in self._people(effect, taken.move)],
            at=at,
        )

    def _set(self, key: str, taken: Taken) -> str:
        part = self._walk.blueprint.parts.get(key)
        value = taken.move.values.get(key) if taken.move else None
        if part is None:
            return key
        shown = ""
        if value is not None and self._names is not None:
            shown = part.model.type.display(value, part.definition, self._names, self._ctx.language)
        return f"{part.definition.label.text(self._ctx.language)} = {shown or '—'}"

    def _move(self, move: AvailableMove) -> WalkMove:
        language = self._ctx.language
        fields = self._walk.blueprint.parts
        return WalkMove(
            key=move.transition.key,
            label=move.transition.label.text(language),
            target=move.transition.target,
            target_label=self._stage(move.transition.target),
            backward=move.transition.backward,
            allowed=move.allowed,
            missing=self._problems(move.missing),
            reasons=[WalkChoice(key=each.key, label=each.label.text(language)) for each in move.reasons],
            remark_required=move.remark_required,
            fields=[
                WalkChoice(key=key, label=fields[key].definition.label.text(language))
                for key in move.required_fields
                if key in fields
            ],
            evidence=[
                WalkSlot(
                    key=each.slot.key,
                    label=each.slot.label.text(language),
                    kind=each.slot.kind,
                    need=each.slot.minimum if each.slot.required else 0,
                    have=each.have,
                )
                for each in move.evidence
            ],
        )

    def _due(self) -> Iterable[WalkDue]:
        walk, values = self._walk, self._walk.candidate.values
        for at, whom, people in self._escalations():
            text = message("process.walk_escalation", {"whom": self._whom(whom)}, self._ctx.language)
            yield WalkDue(
                at=at, kind="escalation", text=text, people=[self._name(each) for each in people], passed=at <= walk.now
            )
        frozen = values["frozen_until"]
        if frozen is not None:
            text = message("process.walk_freeze_ends", {}, self._ctx.language)
            yield WalkDue(at=frozen, kind="freeze", text=text, people=[], passed=frozen <= walk.now)
        for window in walk.windows:
            supervisor = walk.people.manager("supervisor", values["owner"], values["department"])
            text = message("process.walk_window_ends", {}, self._ctx.language)
            told = [self._name(supervisor)] if supervisor else []
            yield WalkDue(at=window.due_at, kind="window", text=text, people=told, passed=window.due_at <= walk.now)

    def _escalations(self) -> Iterable[tuple[datetime, str, list[UUID]]]:
        walk, values = self._walk, self._walk.candidate.values
        stage = walk.process.stage(values["stage"] or "")
        if stage is None or stage.limit is None or values["stage_since"] is None:
            return
        limit = stage.limit
        for number, whom in enumerate(limit.escalate):
            hours = limit.hours + number * limit.step_hours
            at = hours_after(values["stage_since"], hours, calendar=limit.calendar, work=self._ctx.calendar)
            if whom.startswith(ROLE):
                person = walk.people.for_role(whom.removeprefix(ROLE), values["department"])
            else:
                step = whom if whom in MANAGERS else "supervisor"
                person = walk.people.manager(step, values["owner"], values["department"])
            yield at, whom, [person] if person else []

    def _whom(self, whom: str) -> str:
        if whom.startswith(ROLE):
            role = self._walk.ctx.snapshot.roles.get(whom.removeprefix(ROLE))
            return role.label.text(self._ctx.language) if role else whom.removeprefix(ROLE)
        return message(f"process.whom.{whom}", {}, self._ctx.language)

    def _stage(self, key: str | None) -> str:
        stage = self._walk.process.stage(key or "")
        return stage.label.text(self._ctx.language) if stage else ""

    def _name(self, member: UUID | None) -> str:
        found = self._names.title("member", member) if self._names is not None and member is not None else None
        return found or "—"

    def _problems(self, problems: Iterable[Problem]) -> list[WalkProblem]:
        return [
            WalkProblem(path=list(each.path), code=each.code, message=describe(each, self._ctx.language))
            for each in problems
        ]
