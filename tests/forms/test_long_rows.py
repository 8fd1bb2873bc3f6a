"""A filled-in form as rows: one an answer, with the copy it stands in, its code and its unit."""

import csv
import io
from decimal import Decimal

from tests.forms.building import asked, chosen, questionnaire, taken
from workbench.forms.filling import Layout, Step
from workbench.forms.long_rows import HEADS, long_csv
from workbench.forms.questionnaire import Coding, Quantity

LAYOUT = Layout(taken(questionnaire(
    chosen("a", "x", "y", repeats=True), asked("g", "group", repeats=True, item=[asked("b", "quantity")]), title="=T",
)).form)  # fmt: skip


def test_each_answer_is_a_row_with_its_place() -> None:
    answers = {
        (Step("g", 1), Step("b")): (Quantity(Decimal("1.50"), "kg"),), (Step("g", 0), Step("b")): (Quantity(2),),
        (Step("a"),): (Coding("y", "", "Answer y"), Coding("x", "", "Answer x")),
    }  # fmt: skip
    rows = list(csv.reader(io.StringIO(long_csv(LAYOUT, answers, version="1.0.0", response_id="fre_1").decode())))
    assert rows == [
        list(HEADS),
        ["'=T", "1.0.0", "fre_1", "a", "", "1", "Question a", "y", "Answer y", ""],
        ["'=T", "1.0.0", "fre_1", "a", "", "2", "Question a", "x", "Answer x", ""],
        ["'=T", "1.0.0", "fre_1", "b", "1", "1", "Question b", "", "2", ""],
        ["'=T", "1.0.0", "fre_1", "b", "2", "1", "Question b", "", "1.50", "kg"],
    ]
