"""Decisions about comments and followers: what a text may be, whom it names, who is told. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from xiaolu.comments.model import LONGEST_TEXT, MOST_FILES, MOST_MENTIONS, CommentDraft, Subject
from xiaolu.kit.problems import Problem, problem

_MENTION = re.compile(r"@\[([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\]")


def mentioned(text: str) -> tuple[UUID, ...]:
    """Return the members whom a text names, each once, in order."""
    return tuple(dict.fromkeys(UUID(each) for each in _MENTION.findall(text)))


def check_draft(draft: CommentDraft) -> list[Problem]:
    """Return what stands against a comment."""
    found = []
    if not draft.text.strip() and not draft.files:
        found.append(problem("comment.empty", "text"))
    if len(draft.text) > LONGEST_TEXT:
        found.append(problem("comment.too_long", "text", limit=LONGEST_TEXT))
    if len(draft.files) > MOST_FILES:
        found.append(problem("comment.too_many_files", "files", limit=MOST_FILES))
    if len(mentioned(draft.text)) > MOST_MENTIONS:
        found.append(problem("comment.too_many_mentions", "text", limit=MOST_MENTIONS))
    return found


def following(subject: Subject, chosen: Mapping[UUID, bool]) -> frozenset[UUID]:
    """Return who follows a record: who chose to, and its owner and creator unless they chose not to."""
    implied = {each for each in (subject.owner, subject.created_by) if each is not None}
    return frozenset(
        [each for each in implied if chosen.get(each, True)] + [each for each, wants in chosen.items() if wants]
    )


def to_tell(followers: Iterable[UUID], *, besides: Collection[UUID | None]) -> list[UUID]:
    """Return whom to tell: followers, but not who did it and who has been told already."""
    return sorted(set(followers) - {each for each in besides if each is not None})
