"""What somebody needs of a clinician, as far as their file says: where they live, and whose plan comes first."""

from collections.abc import Mapping

from sqlalchemy import or_, select

from workbench.claims.tables import Coverage
from workbench.gate.view import Look
from workbench.people.profile_rules import Sought
from workbench.people.tables import PatientDetails


def sought_of(look: Look, people: Mapping[str, PatientDetails]) -> dict[str, Sought]:
    """By patient, of details that are open already. Only ids and two letters leave it."""
    plans = select(Coverage.patient_id, Coverage.payer_id).where(
        Coverage.patient_id.in_(people), Coverage.billing_order == "P", Coverage.from_on <= look.today,
        or_(Coverage.until_on.is_(None), Coverage.until_on > look.today),
    )  # fmt: skip
    payers = {row.patient_id: row.payer_id for row in look.execute(plans)}
    return {key: Sought(state=one.state, payer_id=payers.get(key, "")) for key, one in people.items()}
