"""Who is looking."""

from xiaolu.formula.functions.definition import Family, Function
from xiaolu.formula.functions.operators import from_environment
from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import Label

ME = from_environment("me", "uuid", "member")
MY_DEPARTMENT = from_environment("department", "uuid", "member")

FUNCTIONS = (
    Function("ME", Family.PEOPLE, (), ValueType.RECORD, Label(zh="当前登录的人。", en="The person who is signed in."),
             "{负责人} = ME()", operation=ME),
    Function("MYDEPARTMENT", Family.PEOPLE, (), ValueType.RECORD,
             Label(zh="当前登录的人所在的部门。", en="The department of the person who is signed in."),
             "{部门} = MYDEPARTMENT()", operation=MY_DEPARTMENT),
)  # fmt: skip
