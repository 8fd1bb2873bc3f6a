"""Everything of one record that could leave, for the reads that weigh it. Who asks has judged that it may be named."""

from workbench.charting.papers import note_leaves, plan_leaves
from workbench.documents.leaves import document_leaves
from workbench.forms.papers import form_leaves
from workbench.gate.view import Look
from workbench.measures.papers import measure_leaves
from workbench.paper.leaf import Leaf


def leaves_of(look: Look, patient_id: str) -> tuple[Leaf, ...]:
    """Notes, plans, forms, measures and documents."""
    return (
        *note_leaves(look, patient_id), *plan_leaves(look, patient_id, look.zone),
        *form_leaves(look, patient_id, look.zone), *measure_leaves(look, patient_id, look.zone),
        *document_leaves(look, patient_id, look.zone),
    )  # fmt: skip


def titled(leaf: Leaf) -> tuple[str, str]:
    """Kind with id, and title with day: to choose from."""
    return f"{leaf.kind.value}:{leaf.record_id}", f"{leaf.title} ({leaf.on.isoformat()})"
