"""835 bytes to records, by splitting the text at CLP, SVC and CAS: no object for a segment nobody asked for."""

from collections.abc import Iterator

from workbench.kernel.money import Cents
from workbench.x12.amounts import Amounts
from workbench.x12.envelope import Delimiters, Problem, Transaction
from workbench.x12.remittance import Adjustment, ClaimPayment, ProviderAdjustment, Remittance, ServicePayment
from workbench.x12.segments import at, date_of, first_of, named

_KNOWN = frozenset(
    {"BPR", "NTE", "TRN", "CUR", "REF", "DTM", "N1", "N3", "N4", "PER", "RDM", "LX", "TS3", "TS2", "CLP", "CAS", "NM1"}
    | {"MIA", "MOA", "AMT", "QTY", "SVC", "LQ", "PLB"}
)


class _Reader:
    """The marks of one transaction, and its amounts and CAS segments worked out once each."""

    def __init__(self, marks: Delimiters) -> None:
        self.marks = marks
        self.cents = Amounts()
        self.seen: dict[str, tuple[Adjustment, ...]] = {}
        self.svc = f"{marks.segment}SVC{marks.element}"
        self.cas = f"{marks.segment}CAS{marks.element}"
        self.malformed: list[Problem] = []

    def claim(self, text: str, position: int) -> ClaimPayment:
        """A claim from the text after `CLP*` up to the next claim."""
        element, mark, cents = self.marks.element, self.marks.segment, self.cents
        body, *rest = text.split(self.svc)
        number, status, charged, paid, share, _, payer_number, *_ = (body.partition(mark)[0] + element * 7).split(
            element, 7
        )
        claim = tuple.__new__(
            ClaimPayment,
            (
                number.strip(),
                status.strip(),
                cents[charged],
                cents[paid],
                cents[share],
                payer_number,
                self.adjustments(body) if self.cas in body else (),
                tuple([self.line(one) for one in rest]),
                body,
                self.marks,
            ),
        )
        if cents.unread:
            self.malformed.append(Problem(f"CLP {position}", "An amount is not in whole cents."))
            cents.unread.clear()
        return claim

    def line(self, text: str) -> ServicePayment:
        """A service line from the text after `SVC*`."""
        element, cents = self.marks.element, self.cents
        procedure, charged, paid, *_ = (text.partition(self.marks.segment)[0] + element * 3).split(element, 3)
        adjustments = self.adjustments(text) if self.cas in text else ()
        return tuple.__new__(ServicePayment, (procedure, cents[charged], cents[paid], adjustments, text, self.marks))

    def adjustments(self, text: str) -> tuple[Adjustment, ...]:
        """All CAS segments of one claim or one line."""
        found: tuple[Adjustment, ...] = ()
        for one in text.split(self.cas)[1:]:
            segment = one.partition(self.marks.segment)[0]
            if segment not in self.seen:
                self.seen[segment] = self._triplets(segment)
            found += self.seen[segment]
        return found

    def _triplets(self, segment: str) -> tuple[Adjustment, ...]:
        """Group, then up to six times reason, amount, quantity."""
        group, *rest = segment.split(self.marks.element)
        rest += ["", ""]
        return tuple(
            Adjustment(group.strip(), rest[place].strip(), Cents(self.cents[rest[place + 1]]), rest[place + 2].strip())
            for place in range(0, len(rest) - 2, 3)
            if rest[place].strip() or rest[place + 1].strip()
        )


def read_remittance(transaction: Transaction) -> Remittance:
    """The records of an 835. Nothing is dropped for being odd: `balance` and `unknown_segments` say what is."""
    marks = transaction.marks
    reader = _Reader(marks)
    head, *texts = (marks.segment + transaction.body).split(f"{marks.segment}CLP{marks.element}")
    claims = tuple([reader.claim(text, position) for position, text in enumerate(texts, start=1)])
    header = [one.split(marks.element) for one in head.split(marks.segment) if one]
    bpr, trn = first_of(header, "BPR"), first_of(header, "TRN")
    payer, payee = _party(header, "PR"), _party(header, "PE")
    payment = Cents(reader.cents[at(bpr, 2)])
    pairs = tuple(_provider_adjustments(texts[-1] if texts else head, reader))
    if reader.cents.unread:
        reader.malformed.append(Problem("BPR", "The payment or a PLB is not an amount in whole cents."))
    return Remittance(
        control=transaction.control,
        method=at(bpr, 4),
        payment_cents=payment,
        trace=at(trn, 2),
        payer_trace_id=at(trn, 3),
        effective_on=date_of(at(bpr, 16)),
        payer_name=at(payer[0], 2),
        payer_id=at(payer[0], 4) or at(trn, 3),
        payee_name=at(payee[0], 2),
        payee_npi=at(payee[0], 4) if at(payee[0], 3) == "XX" else "",
        payee_tax_id=at(payee[0], 4) if at(payee[0], 3) == "FI" else _own_reference(payee, "TJ"),
        claims=claims,
        provider_adjustments=pairs,
        malformed=tuple(reader.malformed),
    )


def _provider_adjustments(text: str, reader: _Reader) -> Iterator[ProviderAdjustment]:
    """PLB stands after the last claim, repeats, and holds up to six pairs each."""
    marks = reader.marks
    for segment in named(text, marks, "PLB"):
        pairs = segment[3:]
        for place in range(0, len(pairs) - 1, 2):
            reason, _, identifier = pairs[place].partition(marks.component)
            amount = Cents(reader.cents[pairs[place + 1]])
            yield ProviderAdjustment(at(segment, 1), at(segment, 2), reason.strip(), identifier, amount)


def unknown_segments(transaction: Transaction) -> tuple[str, ...]:
    """Segments an 835 does not have, kept as they stand."""
    element = transaction.marks.element
    return tuple(one for one in transaction.each() if one.partition(element)[0].strip() not in _KNOWN)


def _party(header: list[list[str]], role: str) -> list[list[str]]:
    """N1 of the payer (PR) or payee (PE) with the segments up to the next N1."""
    start = next((n for n, one in enumerate(header) if one[0].strip() == "N1" and at(one, 1) == role), None)
    if start is None:
        return [[]]
    end = next((n for n in range(start + 1, len(header)) if header[n][0].strip() == "N1"), len(header))
    return header[start:end]


def _own_reference(party: list[list[str]], qualifier: str) -> str:
    return next((at(one, 2) for one in party[1:] if one[0].strip() == "REF" and at(one, 1) == qualifier), "")
