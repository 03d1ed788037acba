"""Entries of the audit log in words: on what, and what exactly, with names and labels in place of ids and keys. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from xiaolu.access.model import ADMIN_ROLE
from xiaolu.kit.i18n import Language, message
from xiaolu.metadata.snapshot import EntityModel, Snapshot

KINDS: Mapping[str, tuple[str, ...]] = {
    "sign_in": ("sign_in.", "session."),
    "people": ("member.", "department."),
    "permission": ("member.roles_changed", "record.", "view."),
    "definitions": ("definitions.", "app.", "approval.", "process.", "public.", "calendar.", "health."),
    "api_key": ("api_key.",),
    "export": ("export.", "app.exported", "audit."),
    "import": ("import.",),
}
"""What one may ask for at once: names of actions, or their beginnings."""

MOST_NAMED = 8
_SILENT = frozenset({"before", "after", "import", "what", "path", "state"})
_PEOPLE = frozenset({"manager_id", "member"})
_DEPARTMENTS = frozenset({"department_id", "parent_id", "department"})
_INSTANTS = frozenset({"at", "expires_at", "since", "until"})
_ROLES = frozenset({"roles", "role"})
_CHOICES = frozenset({"access", "language"})


@dataclass(frozen=True, slots=True)
class Names:
    """What ids of people, departments and records stand for."""

    members: Mapping[str, str] = field(default_factory=dict)
    departments: Mapping[str, str] = field(default_factory=dict)
    records: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that an entry says: a value, or what it was before and is after."""

    label: str
    value: str
    before: str | None = None
    """None where nothing was there to change; empty where nothing was set."""


def is_about_record(action: str) -> bool:
    """Tell whether an entry's subject is a record, and the kind of its subject an entity: any key may name one."""
    return action.startswith("record.")


def mentioned(details: Iterable[Mapping[str, Any]]) -> tuple[set[str], set[str]]:
    """Return the ids of the members and departments that details speak of."""
    members: set[str] = set()
    departments: set[str] = set()
    for detail in details:
        for part in (detail, detail.get("before"), detail.get("after")):
            if isinstance(part, Mapping):
                members |= {str(part[key]) for key in _PEOPLE & part.keys() if part[key]}
                departments |= {str(part[key]) for key in _DEPARTMENTS & part.keys() if part[key]}
    return members, departments


class Teller:
    """Says entries in one language, in one workspace's terms."""

    def __init__(self, snapshot: Snapshot, names: Names, language: Language, zone: str) -> None:
        self._snapshot = snapshot
        self._names = names
        self._language = language
        self._zone = ZoneInfo(zone)

    def actor(self, identifier: object, name: str) -> str:
        """Return who did it; the platform itself has no name of its own."""
        return self._say("audit.platform") if identifier is None and name == "system" else name

    def subject(self, action: str, kind: str | None, identifier: str | None, text: str | None) -> str:
        """Return what an entry is about."""
        if kind is None or kind in ("session", "calendar", "audit"):
            return text or ""
        if kind == "definitions" and identifier is not None:
            return self._say("audit.version", version=identifier)
        if kind == "member":
            return text or self._names.members.get(identifier or "", "")
        model = self._snapshot.entities.get(kind) if is_about_record(action) else None
        if model is not None:
            title = self._names.records.get(identifier or "", "")
            label = model.definition.label.text(self._language)
            return f"{label} · {title}" if title else label
        return text or self._defined(kind, identifier or "")

    def facts(self, detail: Mapping[str, Any], subject_kind: str | None, subject_id: str | None) -> list[Fact]:
        """Return what an entry says in particular: first what changed, then the rest."""
        entity = self._snapshot.entities.get(subject_id or "") if subject_kind == "entity" else None
        found = list(self._changes(detail.get("before"), detail.get("after")))
        for key, value in detail.items():
            if key not in _SILENT and value not in (None, "", [], {}):
                found.append(Fact(self._label(key), self._value(key, value, entity)))
        if "path" in detail:
            place = str(detail["path"]).strip("/").split("/")[0]
            looked = self._known(f"audit.looked.{place}") or self._say("audit.looked.other")
            found.append(Fact(self._label("what"), looked))
        if detail.get("state") == "preparing":
            found.append(Fact(self._label("state"), self._say("audit.value.preparing")))
        return found

    def _changes(self, before: Any, after: Any) -> Iterator[Fact]:
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            for key in dict.fromkeys((*before, *after)):
                old, new = before.get(key), after.get(key)
                if old != new:
                    yield Fact(self._label(key), self._value(key, new), self._value(key, old))
        elif before is not None or after is not None:
            yield Fact(self._label("roles"), self._value("roles", after), self._value("roles", before))

    def _label(self, key: str) -> str:
        return self._known(f"audit.detail.{key}") or key

    def _value(self, key: str, value: Any, entity: EntityModel | None = None) -> str:
        if value is None or value in ("", [], {}):
            return ""
        if isinstance(value, bool):
            return self._say(f"audit.value.{'yes' if value else 'no'}")
        if key in ("fields", "filter"):
            paths = _listed(value) if key == "fields" else _compared(value)
            return self._list(dict.fromkeys(_field_label(entity, each, self._language) for each in paths))
        words = (self._word(key, each) for each in _listed(value))
        return self._list(words, is_sentences=key == "changes")

    def _word(self, key: str, value: Any) -> str:
        say = self._words.get(key)
        return str(value) if say is None else say(value)

    @cached_property
    def _words(self) -> Mapping[str, Callable[[Any], str]]:
        """How one value is said, by what it is a value of."""
        gone = self._say("audit.value.gone")
        return {
            **dict.fromkeys(_PEOPLE, lambda each: self._names.members.get(str(each), gone)),
            **dict.fromkeys(_DEPARTMENTS, lambda each: self._names.departments.get(str(each), gone)),
            **dict.fromkeys(_INSTANTS, self._instant),
            **dict.fromkeys(_ROLES, self._role),
            **dict.fromkeys(_CHOICES, lambda each: self._known(f"audit.value.{each}") or str(each)),
            "changes": lambda each: each.get(self._language) or each.get("zh", ""),
            "weekdays": lambda each: self._say(f"audit.weekday.{each}"),
            "weekday_hours": lambda each: f"{self._say(f'audit.weekday.{each[0]}')} {', '.join(each[1])}",
            "days": lambda each: self._day(*each),
        }

    def _day(self, day: str, own: Mapping[str, Any] | None) -> str:
        if own is None:
            return self._say("audit.day.as_usual", day=day)
        word = self._say(f"audit.day.{'working' if own.get('working') else 'free'}", day=day)
        return f"{word} {own['name']}" if own.get("name") else word

    def _defined(self, kind: str, key: str) -> str:
        definitions = self._snapshot.definitions
        groups: Mapping[str, Iterable[Any]] = {
            "entity": definitions.entities, "app": definitions.apps, "process": definitions.processes,
            "public_form": definitions.public_forms,
        }  # fmt: skip
        found = next((each for each in groups.get(kind, ()) if each.key == key), None)
        return key if found is None else found.label.text(self._language)

    def _role(self, key: str) -> str:
        if key == ADMIN_ROLE:
            return self._say("role.admin")
        role = self._snapshot.roles.get(key)
        return key if role is None else role.label.text(self._language)

    def _instant(self, text: str) -> str:
        return f"{datetime.fromisoformat(text).astimezone(self._zone):%Y-%m-%d %H:%M}"

    def _list(self, words: Iterable[str], *, is_sentences: bool = False) -> str:
        every = list(words)
        between = ("", " ") if is_sentences else ("、", ", ")
        shown = between[self._language == "en"].join(every[:MOST_NAMED])
        return shown if len(every) <= MOST_NAMED else self._say("audit.value.and_more", shown=shown, count=len(every))

    def _known(self, code: str) -> str | None:
        found = message(code, {}, self._language)
        return None if found == code else found

    def _say(self, code: str, **params: str | int) -> str:
        return message(code, params, self._language)


def _listed(value: Any) -> Sequence[Any]:
    if isinstance(value, Mapping):
        return list(value.items())
    return value if isinstance(value, list) else [value]


def _compared(condition: Any) -> Iterator[str]:
    """Yield the fields that a condition compares."""
    if isinstance(condition, Mapping):
        if isinstance(condition.get("field"), str):
            yield condition["field"]
        for group in ("and", "or"):
            for each in condition.get(group) or ():
                yield from _compared(each)


def _field_label(entity: EntityModel | None, path: str, language: Language) -> str:
    found = None if entity is None else entity.find(path.split(".", maxsplit=1)[0])
    return path if found is None else found.definition.label.text(language)
