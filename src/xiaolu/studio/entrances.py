"""The routes of the ways in: apps from spreadsheets, templates, public forms, obstacles, tours."""

from typing import Any

from xiaolu.studio.spreadsheet.routes import ROUTES as SPREADSHEETS

ROUTES: list[Any] = [*SPREADSHEETS]
