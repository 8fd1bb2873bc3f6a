"""When an item is asked, as the three versions of FHIR say it."""

from typing import Final

from workbench.forms.cursor import Place
from workbench.forms.documents import Refused
from workbench.forms.fhir_values import value_at
from workbench.forms.questionnaire import Condition

OPERATORS: Final = frozenset({"exists", "=", "!=", ">", "<", ">=", "<="})


def conditions_at(place: Place) -> tuple[tuple[Condition, ...], bool]:
    """The conditions of an item, and whether all must hold. STU3 has no operators, and any one was enough there."""
    found = []
    is_old = False
    for one in place.each("enableWhen"):
        condition, is_old = _condition(one)
        found.append(condition)
    behaviour = place.text("enableBehavior")
    if behaviour not in ("", "all", "any"):
        raise Refused("this is all or any in FHIR.", place.where("enableBehavior"))
    return tuple(found), behaviour == "all" or (not behaviour and not is_old)


def _condition(place: Place) -> tuple[Condition, bool]:
    question, operator = place.text("question"), place.text("operator")
    if not question:
        raise Refused("a condition needs the question it hangs on.", place.path)
    is_old = not operator
    if is_old:
        if "hasAnswer" in place.at:
            return Condition(question, "exists", place.flag("hasAnswer")), True
        operator = "="
    if operator not in OPERATORS:
        raise Refused(f"“{operator[:20]}” is no operator.", place.where("operator"))
    answer = value_at(place, "answer")
    if answer is None:
        raise Refused("a condition needs the answer it compares with.", place.path)
    if operator == "exists" and not isinstance(answer, bool):
        raise Refused("exists is compared with true or false.", place.path)
    return Condition(question, operator, answer), is_old
