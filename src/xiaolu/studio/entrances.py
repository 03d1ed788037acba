"""The routes of the ways in: apps from spreadsheets, templates, public forms, obstacles, tours."""

from typing import Any

from xiaolu.studio.obstacles.routes import ROUTES as OBSTACLES
from xiaolu.studio.public.routes import ROUTES as PUBLIC_FORMS
from xiaolu.studio.spreadsheet.routes import ROUTES as SPREADSHEETS
from xiaolu.studio.templates.routes import ROUTES as TEMPLATES
from xiaolu.studio.tours.routes import ROUTES as TOURS

ROUTES: list[Any] = [*SPREADSHEETS, *TEMPLATES, *PUBLIC_FORMS, *OBSTACLES, *TOURS]
