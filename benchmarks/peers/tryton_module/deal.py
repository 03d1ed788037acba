"""Deals with a history, and their totals by stage and owner: Tryton's interface has no group-by, a query as a model does it."""

from sql.aggregate import Count, Min, Sum
from trytond.model import Index, ModelSQL, ModelView, fields


def _choices(names):
    return [(name, name) for name in names.split()]


class Deal(ModelSQL, ModelView):
    "Deal"

    __name__ = "bench.deal"
    _history = True
    _rec_name = "title"
    title = fields.Char("Title", required=True)
    stage = fields.Selection(_choices("lead qualified proposal negotiation won lost"), "Stage", required=True)
    amount = fields.Numeric("Amount", digits=(16, 2), required=True, domain=[("amount", ">=", 0)])
    owner = fields.Many2One("res.user", "Owner")
    customer = fields.Many2One("party.party", "Customer", required=True)
    phone = fields.Char("Phone")
    email = fields.Char("E-mail")
    expected = fields.Date("Expected")
    tags = fields.MultiSelection(_choices("vip renewal urgent partner pilot"), "Tags")
    note = fields.Text("Note")
    score = fields.Integer("Score")
    region = fields.Selection([(None, ""), *_choices("north south east west")], "Region")
    source = fields.Selection([(None, ""), *_choices("web phone referral event")], "Source")
    key_deal = fields.Boolean("Key deal")

    @classmethod
    def __setup__(cls):
        super().__setup__()
        table = cls.__table__()
        parts = (
            (table.stage, Index.Equality()),
            (table.owner, Index.Equality()),
            (table.amount, Index.Range(order="DESC")),
        )
        cls._sql_indexes.add(Index(table, *parts))


class DealTotal(ModelSQL, ModelView):
    "Deals by stage and owner"

    __name__ = "bench.deal.total"
    stage = fields.Char("Stage")
    owner = fields.Many2One("res.user", "Owner")
    amount = fields.Numeric("Amount", digits=(16, 2))
    deals = fields.Integer("Deals")

    @classmethod
    def table_query(cls):
        from trytond.pool import Pool

        deal = Pool().get("bench.deal").__table__()
        return deal.select(
            Min(deal.id).as_("id"), deal.stage, deal.owner, Sum(deal.amount).as_("amount"), Count(deal.id).as_("deals"),
            group_by=[deal.stage, deal.owner],
        )  # fmt: skip
