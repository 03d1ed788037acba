"""What every start needs to know of the demo company: how large it is, and who may sign in. Light to load."""

from dataclasses import dataclass
from pathlib import Path

import click

CUSTOMERS = 800
LEADS = 5000
PASSWORD_FILE = "demo-password.txt"


@dataclass(frozen=True, slots=True)
class Size:
    """How much to make; tests make less."""

    customers: int = CUSTOMERS
    leads: int = LEADS


def show_accounts(data_dir: Path) -> None:
    """Print the demo accounts, at the first start and every later one."""
    file = data_dir / PASSWORD_FILE
    if not file.exists():
        return
    password = file.read_text("utf-8").strip()
    click.echo("演示账号 demo accounts (demo data only):")
    for login, what in (
        ("rep", "销售代表 sales representative"), ("supervisor", "销售主管 supervisor"), ("director", "区域总监 regional director"), ("admin", "系统管理员 administrator"),
    ):  # fmt: skip
        click.echo(f"  {login:<11} {password}   {what}")
