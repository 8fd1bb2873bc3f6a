"""Our own short words for the codes of billing: what a payer did, why, and where in the books it goes.

The owners' descriptors of these codes may not be shipped; these are a few words each, written by us.
"""

from dataclasses import dataclass

from dashboards.parts.navigation import Words
from dashboards.parts.tables import Look, Looks

GROUPS = {
    "CO": "Contract",
    "PR": "{Client}'s share",
    "OA": "Other",
    "PI": "Payer's reduction",
}
"""CAS groups: on whom an amount is laid."""


@dataclass(frozen=True)
class Reason:
    """A CARC in our words, and what to do next where something is to be done."""

    label: str
    action: str = ""


FEES = {"LATE": "Fee: cancelled late", "MISSED": "Fee: did not come"}
"""The practice's own codes on an account, which are no services."""
REASONS = {
    "1": Reason("Deductible"),
    "2": Reason("Coinsurance"),
    "3": Reason("Copay"),
    "4": Reason("Modifier does not fit", "Send a corrected claim."),
    "11": Reason("Diagnosis does not fit the service", "Send a corrected claim."),
    "15": Reason("Authorization number wrong", "Find the right number, then send a corrected claim."),
    "16": Reason("Something is missing", "Read the remark code: it says what."),
    "18": Reason("Duplicate", "Find the original before sending anything again."),
    "22": Reason("Another payer comes first", "Fix who is billed first, then bill that payer."),
    "23": Reason("What the payer before has paid"),
    "27": Reason("Coverage had ended", "Check eligibility on the day of service."),
    "29": Reason("Sent too late", "Look for proof that it was sent in time."),
    "45": Reason("Above the contract's fee"),
    "50": Reason("Not seen as necessary", "Appeal with the records."),
    "96": Reason("Not covered", "Check the benefits."),
    "97": Reason("Part of another service", "Check whether a separate service is documented."),
    "119": Reason("Benefit used up", "Check the benefits."),
    "197": Reason("No authorization", "Ask for one that reaches back, else appeal."),
    "253": Reason("Federal payment cut"),
}
"""CARCs. On a reason that is not here the code stands alone."""

KEPT_BACK = {
    "50": "Late charge",
    "72": "Refund authorized",
    "90": "Early payment allowance",
    "AP": "Advance used up",
    "CS": "Adjustment",
    "FB": "Carried forward",
    "J1": "Not reimbursed",
    "L6": "Interest",
    "LS": "Lump sum",
    "WO": "Overpayment taken back",
}
"""PLB reasons: what a payer keeps back or adds beside the claims."""

ACCOUNTS = {
    "receivable:payer": "Payer owes",
    "receivable:patient": "{Client} owes",
    "unapplied:payer": "Payer's money not placed yet",
    "unapplied:patient": "{Client}'s money not applied yet",
    "clearing:eft": "Payer's transfer, on its way",
    "clearing:processor": "Card payment, on its way",
    "clearing:deposit": "Cash and checks to deposit",
    "bank": "Bank",
    "fees": "Card fees",
    "contractual": "Contract write-off",
    "bad_debt": "Bad debt",
    "payer_recoupment": "Taken back by payers",
    "refunds_payable": "Refunds to pay",
    "income": "Income",
}

ANSWERS = Looks(
    {
        "1": Look("Paid as primary", "good", "circle-check"),
        "2": Look("Paid as secondary", "good", "circle-check"),
        "3": Look("Paid as tertiary", "good", "circle-check"),
        "4": Look("Denied", "bad", "circle-slash"),
        "19": Look("Primary, forwarded", "info", "send"),
        "20": Look("Secondary, forwarded", "info", "send"),
        "21": Look("Tertiary, forwarded", "info", "send"),
        "22": Look("Payment taken back", "warn", "undo-2"),
        "23": Look("Not this payer's, forwarded", "warn", "send"),
        "25": Look("Estimate only", "neutral", "info"),
    }
)
"""What a payer did with a claim (CLP02)."""

METHODS = {"ACH": "Bank transfer", "CHK": "Check", "NON": "No money", "BOP": "Payer's choice", "FWT": "Wire"}
"""How a payer pays (BPR04)."""

ENTRIES = {
    "charge": "Session",
    "remittance": "Payer's answer",
    "provider_adjustment": "Payer's adjustment",
    "payment": "Payment",
    "reversal": "Reversal",
}

TENDERS = {"cash": "Cash", "check": "Check", "card": "Card"}

STEPS = {
    "": "",
    "The charge is not the one we sent.": "Compare both charges; ask the payer for a corrected remittance.",
    "The claim went to another payer.": "Check whose claim this is, then ask the payer to take the payment back.",
    "This claim has an answer already; a correction needs a reversal first.": "Look at the earlier remittance first.",
    "There is no answer to take back.": "Upload and post the remittance this one takes back, then come here again.",
    "A service line is not one of ours.": "Compare the service lines with the claim; ask the payer.",
}
"""What to do about each obstacle of a claim payment, by its sentence."""


def group_label(group: str, words: Words) -> str:
    """On whom a CAS group lays an amount."""
    return GROUPS.get(group, group).format(Client=words.client.capitalize())


def account_label(account: str, words: Words) -> str:
    """An account of the books as a person reads it."""
    return ACCOUNTS.get(account, account).format(Client=words.client.capitalize())


def reason_label(code: str) -> str:
    """What a CARC means in our words, or nothing where we have none."""
    return REASONS[code].label if code in REASONS else ""


def reason_action(group: str, code: str) -> str:
    """What to do about it. Nothing for a share by the plan (PR): that goes on a statement."""
    return "" if group == "PR" or code not in REASONS else REASONS[code].action
