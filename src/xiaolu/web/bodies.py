"""Bodies of requests: what is no JSON at all is the sender's mistake, never a defect of ours."""

from typing import Any

from litestar import Request
from litestar.exceptions import ClientException


class JsonRequest(Request[Any, Any, Any]):
    """A request whose body may be anything."""

    async def json(self) -> Any:
        """Return the body as JSON.

        Raises:
            ClientException: it is no text, or nested deeper than anybody means to; the framework takes either for a
                defect of ours.
        """
        try:
            return await super().json()
        except (UnicodeDecodeError, RecursionError) as error:
            raise ClientException(str(error)) from error
