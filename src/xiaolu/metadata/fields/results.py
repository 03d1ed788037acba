"""The types that a computed value may have."""

from collections.abc import Mapping

from xiaolu.metadata.fields.calendar_date import CalendarDate
from xiaolu.metadata.fields.date_time import DateTime
from xiaolu.metadata.fields.decimal_number import DecimalNumber
from xiaolu.metadata.fields.department import Department
from xiaolu.metadata.fields.duration import Duration
from xiaolu.metadata.fields.email_address import Email
from xiaolu.metadata.fields.integer import Integer
from xiaolu.metadata.fields.keyword_list import KeywordList
from xiaolu.metadata.fields.long_text import LongText
from xiaolu.metadata.fields.money import Money
from xiaolu.metadata.fields.multi_select import MultiSelect
from xiaolu.metadata.fields.percent import Percent
from xiaolu.metadata.fields.phone import Phone
from xiaolu.metadata.fields.protocol import FieldType
from xiaolu.metadata.fields.region import Region
from xiaolu.metadata.fields.relation import Relation
from xiaolu.metadata.fields.single_select import SingleSelect
from xiaolu.metadata.fields.switch import Switch
from xiaolu.metadata.fields.text import Text
from xiaolu.metadata.fields.url import Url
from xiaolu.metadata.fields.user import User

RESULT_TYPES: Mapping[str, FieldType] = {
    each.key: each
    for each in (
        Text(), LongText(), Integer(), DecimalNumber(), Money(), Percent(), Duration(), CalendarDate(), DateTime(), Switch(),
        SingleSelect(), MultiSelect(), KeywordList(),
        Email(), Phone(), Url(), Region(), User(), Department(), Relation(),
    )
}  # fmt: skip
