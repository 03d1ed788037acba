"""Public forms and tours."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from xiaolu.kit.problems import problem
from xiaolu.metadata.computed import COMPUTED
from xiaolu.metadata.fields.registry import field_type
from xiaolu.metadata.model.entity import Field
from xiaolu.metadata.model.entrance import ORIGIN_PARTS, PublicForm, Tour
from xiaolu.metadata.validation.keys import check_named
from xiaolu.metadata.validation.scope import BUILT_IN_ROLES, Found, Scope, unknown

PUBLIC_TYPES = frozenset(
    {
        "text", "long_text", "integer", "decimal", "money", "percent", "date", "date_time", "switch", "single_select",
        "multi_select", "checklist", "keyword_list", "email", "phone", "url", "region", "rating", "file", "image",
    }
)  # fmt: skip
"""Types that somebody without an account can fill in: nothing that would show them records or people."""
MOST_FIELDS = 40
_SITE = re.compile(r"https?://[a-zA-Z0-9.-]+(?::\d{1,5})?")
_WAYS = ("read", "page", "click")
_EVENT = re.compile(r"[a-z_]+(?:\.[a-z_]+)+")
_ANCHOR = re.compile(r"[a-z0-9][a-z0-9_.:-]{0,79}")


def check_entrances(scope: Scope) -> Found:
    """Check public forms and tours."""
    for form in scope.definitions.public_forms:
        yield from _check_form(scope, form)
    for tour in scope.definitions.tours:
        yield from _check_tour(scope, tour)


def _check_form(scope: Scope, form: PublicForm) -> Found:
    here = ("public_forms", form.key)
    entity = scope.entities.get(form.entity)
    if entity is None:
        yield unknown("reference.entity", form.entity, scope.entities, *here, "entity")
        return
    if entity.parent is not None:
        yield problem("public.child_entity", *here, "entity")
    yield from _check_fields(form, {each.key: each for each in entity.fields})
    yield from _check_owner(scope, form)
    for site in form.origins:
        if not _SITE.fullmatch(site):
            yield problem("public.not_a_site", *here, "origins", value=site)
    moments = {name: _moment(getattr(form, name)) for name in ("opens", "closes")}
    for name, moment in moments.items():
        if getattr(form, name) is not None and moment is None:
            yield problem("public.not_an_instant", *here, name, value=str(getattr(form, name)))
    if moments["opens"] and moments["closes"] and moments["opens"] >= moments["closes"]:
        yield problem("public.closes_before_opening", *here, "closes")


def _check_fields(form: PublicForm, fields: dict[str, Field]) -> Found:
    here = ("public_forms", form.key)
    if not 1 <= len(form.fields) <= MOST_FIELDS:
        yield problem("public.fields_count", *here, "fields", most=MOST_FIELDS)
    seen: set[str] = set()
    for shown in form.fields:
        field = fields.get(shown.key)
        if field is None:
            yield unknown("reference.field", shown.key, fields, *here, "fields", shown.key)
        elif field.type not in PUBLIC_TYPES:
            yield problem("public.type", *here, "fields", shown.key, label=field.label.zh, type=field.type)
        if shown.key in seen or shown.key in form.values:
            yield problem("key.repeated", *here, "fields", shown.key, key=shown.key)
        seen.add(shown.key)
    yield from _check_given(form, fields)
    given = {*seen, *form.values, *form.origin.values()}
    for field in fields.values():
        is_open = field.required and field.default is None and field.key not in given
        if is_open and not field_type(field.type).is_computed:
            yield problem("public.required_missing", *here, "fields", label=field.label.zh)


def _check_given(form: PublicForm, fields: dict[str, Field]) -> Found:
    """Check what nobody fills in: fixed values, and what is kept of the origin."""
    here = ("public_forms", form.key)
    for key in form.values:
        field = fields.get(key)
        if field is None:
            yield unknown("reference.field", key, fields, *here, "values", key)
        elif field.type in COMPUTED or field_type(field.type).is_computed:
            yield problem("public.computed", *here, "values", key, label=field.label.zh)
    for part, key in form.origin.items():
        if part not in ORIGIN_PARTS:
            yield problem("definition.not_allowed", *here, "origin", part, value=part, allowed=list(ORIGIN_PARTS))
        if key not in fields:
            yield unknown("reference.field", key, fields, *here, "origin", part)
        elif fields[key].type not in ("text", "long_text"):
            yield problem("public.origin_text", *here, "origin", part, label=fields[key].label.zh)


def _check_owner(scope: Scope, form: PublicForm) -> Found:
    here = ("public_forms", form.key, "owner")
    named = [each for each in (form.owner.member, form.owner.role, form.owner.department) if each]
    if len(named) != 1:
        yield problem("public.one_owner", *here)
    if form.owner.role and form.owner.role not in scope.roles and form.owner.role not in BUILT_IN_ROLES:
        yield unknown("reference.role", form.owner.role, scope.roles, *here, "role")


def _moment(text: str | None) -> datetime | None:
    return instant(text) if text else None


def instant(text: str) -> datetime | None:
    """Return the instant that ``text`` names; without an offset it is UTC. None where it names none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo("UTC"))


def _check_tour(scope: Scope, tour: Tour) -> Found:
    here = ("tours", tour.key)
    if not tour.steps:
        yield problem("tour.no_steps", *here, "steps")
    yield from check_named(tour.steps, *here, "steps")
    for role in tour.roles:
        if role not in scope.roles and role not in BUILT_IN_ROLES:
            yield unknown("reference.role", role, scope.roles, *here, "roles")
    for step in tour.steps:
        at = (*here, "steps", step.key)
        if step.done not in _WAYS and not _EVENT.fullmatch(step.done):
            yield problem("definition.not_allowed", *at, "done", value=step.done, allowed=[*_WAYS, "record.created"])
        if step.done == "page" and not step.page:
            yield problem("tour.needs_page", *at, "page")
        if step.done == "click" and not step.anchor:
            yield problem("tour.needs_anchor", *at, "anchor")
        if step.page is not None and not step.page.startswith("/"):
            yield problem("tour.page_form", *at, "page", value=step.page)
        if step.anchor is not None and not _ANCHOR.fullmatch(step.anchor):
            yield problem("tour.anchor_form", *at, "anchor", value=step.anchor)
        if step.entity is not None and step.entity not in scope.entities:
            yield unknown("reference.entity", step.entity, scope.entities, *at, "entity")
