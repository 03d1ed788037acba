"""The deals of the comparison as a Tryton module; it is copied among Tryton's own modules and runs there."""

from trytond.pool import Pool

from . import deal


def register():
    Pool.register(deal.Deal, deal.DealTotal, module="bench_deal", type_="model")
