"""Secrets of second factors: sealed for the database, opened to check a code."""

import logging
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.access.store import sign_in as store
from xiaolu.kit.errors import Unavailable
from xiaolu.kit.sealing import Unsealable

logger = logging.getLogger(__name__)


def seal_secret(ctx: Context, member_id: UUID, secret: str) -> str:
    """Return a member's secret as it may lie in the database."""
    return ctx.keys.seal(secret, _purpose(member_id))


def open_secret(ctx: Context, member_id: UUID, kept: str) -> str:
    """Return a member's secret.

    Raises:
        Unavailable: the installation lacks the key; an administrator can take the second factor away.
    """
    try:
        return ctx.keys.open(kept, _purpose(member_id))
    except Unsealable as error:
        logger.error("the second factor of %s cannot be opened: key %s is missing", member_id, error)
        raise Unavailable("totp.key_missing") from error


async def reseal_secrets(ctx: Context) -> int:
    """Seal every secret under the key that seals now: what lay open, and what older keys sealed; return how many."""
    count = 0
    for member_id, kept in await store.list_totp_secrets(ctx.uow):
        if ctx.keys.is_current(kept):
            continue
        try:
            secret = ctx.keys.open(kept, _purpose(member_id))
        except Unsealable as error:
            logger.warning("the second factor of %s stays under key %s, which is missing", member_id, error)
            continue
        count += await store.replace_totp_secret(ctx.uow, member_id, kept, seal_secret(ctx, member_id, secret))
    return count


def _purpose(member_id: UUID) -> str:
    return f"totp:{member_id}"
