"""How often sign-in may be tried from one place, on top of the lock of the login itself."""

import math
from collections.abc import Callable
from time import monotonic

from xiaolu.kit.errors import Limited
from xiaolu.kit.ratelimit import TokenBuckets


class SignInLimits:
    """Ten tries a minute for one login from one address, and sixty a minute from an address for all logins together."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._logins = TokenBuckets(10 / 60, 10, clock=clock)
        self._addresses = TokenBuckets(1, 60, clock=clock)

    def check(self, login: str, address: str | None) -> None:
        """Count a try; raises ``Limited`` with the seconds to wait where there were too many."""
        wait = max(self._addresses.take(address), self._logins.take((login, address)))
        if wait > 0:
            raise Limited("request.too_often", retry_after=math.ceil(wait))
