"""Four spreadsheets of a company's sales with the dirt that such files have: other spellings, gaps, a typing error."""

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

AGENTS = (
    "Ada Pike",
    "Ben Rowe",
    "Cleo Vance",
    "Dov Hart",
    "Esme Lund",
    "Finn Oda",
    "Gil Storm",
    "Hana Wirth",
    "Ivo Kern",
)
PRODUCTS = (
    ("ZX Basic", "ZX", 550),
    ("ZX Pro", "ZX", 4821),
    ("ZX Plus", "ZX", 1096),
    ("LM Small", "LM", 55),
    ("LM Large", "LM", 3393),
)
SECTORS = ("medical", "retail", "software", "finance")
STAGES = ("Prospecting", "Engaging", "Won", "Lost")
DEALS = 160
ACCOUNTS = 40


def _table(head: str, rows: Sequence[Sequence[object]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(head.split(","))
    writer.writerows(rows)
    return stream.getvalue()


def spreadsheets() -> dict[str, str]:
    """Return the files by name."""
    chance = Random(20)
    names = [f"{first}{last}" for first in ("Nor", "Sol", "Ver", "Kan", "Ost", "Lum", "Zet", "Quo") for last in
             ("dane", "rix", "tech", "holding", "works")][:ACCOUNTS]  # fmt: skip
    accounts = [
        (name, "technolgy" if at == 0 else chance.choice(SECTORS), chance.randint(1980, 2015),
         round(chance.uniform(3, 9000), 2), chance.randint(9, 30_000), chance.choice(("Kenya", "Norway", "Chile")),
         names[0] if at % 9 == 4 else "")
        for at, name in enumerate(names)
    ]  # fmt: skip
    deals: list[tuple[object, ...]] = []
    for at in range(DEALS):
        stage = chance.choice(STAGES)
        begun = date(2016, 10, 20) + timedelta(days=chance.randint(0, 300))
        product = chance.choice(PRODUCTS)[0]
        is_over = stage in ("Won", "Lost")
        deals.append(
            (
                f"{'KQRT'[at % 4]}{1000 + at}{'XYZ'[at % 3]}",
                chance.choice(AGENTS),
                "ZXPro" if product == "ZX Pro" else product,
                "" if stage == "Prospecting" and at % 2 else chance.choice(names),
                stage,
                "" if stage == "Prospecting" else begun.isoformat(),
                (begun + timedelta(days=chance.randint(5, 120))).isoformat() if is_over else "",
                chance.randint(38, 9000) if stage == "Won" else (0 if stage == "Lost" else ""),
            )
        )
    teams = [
        (agent, ("Mo Dale", "Pia Ross")[at % 2], ("Central", "East", "West")[at % 3]) for at, agent in enumerate(AGENTS)
    ]
    return {
        "accounts.csv": _table(
            "account,sector,year_established,revenue,employees,office_location,subsidiary_of", accounts
        ),
        "products.csv": _table("product,series,sales_price", list(PRODUCTS)),
        "sales_pipeline.csv": _table(
            "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value", deals
        ),
        "sales_teams.csv": _table("sales_agent,manager,regional_office", teams),
    }
