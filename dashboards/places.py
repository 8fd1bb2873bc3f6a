"""What stands in everybody's rail beside the first pages, in its order. Each is there for who may open it."""

from dashboards.agreement_desk import add_agreements
from dashboards.alert_desk import add_alerts
from dashboards.appointment_type_desk import add_appointment_types
from dashboards.board_desk import add_board
from dashboards.caseload_desk import add_caseload
from dashboards.chart_desk import add_chart
from dashboards.claim_rule_desk import add_claim_rules
from dashboards.cosign_desk import add_cosigning
from dashboards.desks import Desk
from dashboards.document_desk import add_documents
from dashboards.emergency_desk import add_emergency
from dashboards.form_desk import add_forms
from dashboards.group_desk import add_groups
from dashboards.group_note_desk import add_group_notes
from dashboards.measure_plan_desk import add_measure_plans
from dashboards.message_desk import add_messages
from dashboards.missed_desk import add_missed
from dashboards.packet_desk import add_packets
from dashboards.place_desk import add_own_places
from dashboards.proxy_desk import add_proxies
from dashboards.psychotherapy_desk import add_psychotherapy
from dashboards.release_desk import add_releases
from dashboards.reminder_desk import add_reminders
from dashboards.review_desk import add_reviews
from dashboards.room_desk import add_rooms
from dashboards.self_booking_desk import add_self_booking
from dashboards.sharing_desk import add_sharing
from dashboards.snippet_desk import add_snippets
from dashboards.supervision_desk import add_supervision
from dashboards.thread_desk import add_threads
from dashboards.waitlist_desk import add_waitlist

_ADDS = (
    add_messages, add_board, add_alerts, add_cosigning, add_caseload, add_reminders, add_self_booking, add_waitlist,
    add_groups, add_missed, add_agreements, add_proxies, add_reviews, add_emergency, add_psychotherapy, add_documents,
    add_threads, add_releases, add_sharing, add_chart, add_group_notes, add_claim_rules, add_supervision,
    add_own_places, add_rooms, add_appointment_types, add_forms, add_packets, add_measure_plans, add_snippets,
)  # fmt: skip


def add_places(desk: Desk) -> None:
    """All of them."""
    for add in _ADDS:
        add(desk)
