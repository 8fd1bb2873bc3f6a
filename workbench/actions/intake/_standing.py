"""By which right somebody fills in and signs for a person in care. Shared by the verbs of this area."""

from workbench.gate.proxies import ProxyLink, stood_in_for
from workbench.gate.relations import Moment
from workbench.gate.work import Work
from workbench.intake.signing import SELF


def relation_of(work: Work, patient_id: str) -> str:
    """`self`, or the basis of the proxy's link that is in force; the gate has made sure that there is one."""
    if work.actor.person_id == patient_id:
        return SELF
    in_force = stood_in_for(work.actor.person_id, Moment(work.now, work.today)).where(
        ProxyLink.patient_id == patient_id
    )
    basis: str = work.scalars(in_force.with_only_columns(ProxyLink.basis).limit(1)).one()
    return basis
