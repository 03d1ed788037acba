"""Token buckets in this process: how often somebody may do something, in bounded memory."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable


class TokenBuckets:
    """A bucket per key: ``burst`` tokens at first, refilled with ``per_second``, one taken by each use.

    Only the ``most`` keys used last are kept; whoever falls out starts with a full bucket again.
    """

    def __init__(
        self, per_second: float, burst: float, *, most: int = 20_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.per_second = per_second
        self.burst = burst
        self._most = most
        self._clock = clock
        self._buckets: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def take(self, key: Hashable) -> float:
        """Take a token; return 0.0, or the seconds to wait where the bucket is empty (then nothing is taken)."""
        now = self._clock()
        level, at = self._buckets.get(key, (self.burst, now))
        level = min(self.burst, level + max(0.0, now - at) * self.per_second)
        if level < 1.0:
            self._keep(key, level, now)
            return (1.0 - level) / self.per_second
        self._keep(key, level - 1.0, now)
        return 0.0

    def __len__(self) -> int:
        return len(self._buckets)

    def _keep(self, key: Hashable, level: float, now: float) -> None:
        self._buckets[key] = (level, now)
        self._buckets.move_to_end(key)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
