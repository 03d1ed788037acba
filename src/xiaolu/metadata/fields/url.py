"""Web addresses."""

import re
from collections.abc import Mapping
from typing import ClassVar
from urllib.parse import urlsplit

from xiaolu.kit.i18n import Label
from xiaolu.kit.problems import Problem, problem
from xiaolu.kit.text import clean_line
from xiaolu.metadata.fields.protocol import FieldOptions, Reader, SortOrder
from xiaolu.metadata.fields.texts import TextKind, text_reader
from xiaolu.metadata.model.entity import Field

_LONGEST = 2_000
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_HOST = re.compile(r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*\.?")


class UrlOptions(FieldOptions, frozen=True, kw_only=True):
    """A web address has no settings."""


class Url(TextKind[UrlOptions]):
    """A web address with http or https; the scheme is added where it is left out."""

    key: ClassVar[str] = "url"
    label: ClassVar[Label] = Label("网址", "Web address")
    options: ClassVar[type[FieldOptions]] = UrlOptions
    sort: ClassVar[SortOrder] = "plain"
    cast_to: ClassVar[Mapping[str, str]] = {
        "text": "CASE WHEN length({value}) <= 500 THEN {value} END",
        "long_text": "{value}",
    }

    def reader(self, field: Field, *, is_limited: bool = True) -> Reader:
        """Compile the reading of an address; operands need not be whole."""
        return text_reader(complete_address, check_address) if is_limited else text_reader(clean_line)


def complete_address(text: str) -> str:
    """Return an address with its scheme."""
    text = clean_line(text)
    is_host_and_port = re.match(r"[\w.-]+:\d+(?:/|$)", text)
    return text if not text or (_SCHEME.match(text) and not is_host_and_port) else f"https://{text.removeprefix('//')}"


def check_address(text: str) -> Problem | None:
    """Return the problem of what is no web address."""
    wrong = problem("field.expected_url", value=text[:80])
    if len(text) > _LONGEST or " " in text:
        return wrong
    try:
        parts = urlsplit(text)
        is_port_fine = parts.port is None or parts.port > 0
    except ValueError:
        return wrong
    host = parts.hostname or ""
    is_host_fine = host.count(":") > 1 or (_HOST.fullmatch(host) is not None and ("." in host or host == "localhost"))
    return None if parts.scheme in {"http", "https"} and is_host_fine and is_port_fine else wrong
