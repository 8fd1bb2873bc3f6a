"""What somebody needs of a clinician, as far as their file says: where they live, and whose plan comes first."""

from collections.abc import Collection

from sqlalchemy import or_, select

from workbench.claims.tables import Coverage
from workbench.gate.view import Look
from workbench.people.names import patients_named
from workbench.people.profile_rules import Sought


def sought_of(look: Look, patient_ids: Collection[str]) -> dict[str, Sought]:
    """By patient. Only ids and two letters leave it: no name, no plan's number."""
    plans = select(Coverage.patient_id, Coverage.payer_id).where(
        Coverage.patient_id.in_(patient_ids), Coverage.billing_order == "P", Coverage.from_on <= look.today,
        or_(Coverage.until_on.is_(None), Coverage.until_on > look.today),
    )  # fmt: skip
    payers = {row.patient_id: row.payer_id for row in look.execute(plans)}
    return {
        patient_id: Sought(state=details.state, payer_id=payers.get(patient_id, ""))
        for patient_id, details in patients_named(look, patient_ids).items()
    }
