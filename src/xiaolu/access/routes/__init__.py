"""HTTP of access: sign-in, own account, members, departments, roles, keys, audit log, shares."""

from typing import Any

from xiaolu.access.routes.account import ROUTES as ACCOUNT
from xiaolu.access.routes.audit import ROUTES as AUDIT
from xiaolu.access.routes.departments import ROUTES as DEPARTMENTS
from xiaolu.access.routes.keys import ROUTES as KEYS
from xiaolu.access.routes.members import ROUTES as MEMBERS
from xiaolu.access.routes.people import ROUTES as PEOPLE
from xiaolu.access.routes.session import ROUTES as SESSION
from xiaolu.access.routes.sharing import ROUTES as SHARING
from xiaolu.access.routes.viewing import ROUTES as VIEWING

ROUTES: list[Any] = [*SESSION, *ACCOUNT, *MEMBERS, *DEPARTMENTS, *PEOPLE, *KEYS, *AUDIT, *SHARING, *VIEWING]
