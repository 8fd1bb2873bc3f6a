"""835 read and balanced, against the least that reading can cost: `bytes.split` on the segment terminator."""

from datetime import UTC, date, datetime

from bench.measuring import Section, compared, cpu_seconds
from workbench.kernel.money import Cents
from workbench.x12.balance import balance
from workbench.x12.envelope import read_interchanges
from workbench.x12.remittance import Adjustment
from workbench.x12.remittance_reader import read_remittance
from workbench.x12.remittance_writer import Advice, ClaimAdvice, LineAdvice, write_remittances
from workbench.x12.writing import Sending

CLAIMS, PAYMENTS = 20_000, 40
ON = date(2026, 3, 9)


def file_of(claims: int, payments: int) -> bytes:
    """An 835 with this many claims in this many transactions, each with a contract and a patient's part."""
    each = claims // payments
    advices = [
        Advice("SAMPLE PLAN", "SYN01", "SAMPLE PRACTICE", "2000000002", "000000019", f"SYN{at:09d}", ON,
               tuple(_claim(at * each + number) for number in range(each)))
        for at in range(payments)
    ]  # fmt: skip
    return write_remittances(advices, Sending("PAYER", "PRACTICE", 1, datetime(2026, 3, 9, tzinfo=UTC)))


def _claim(number: int) -> ClaimAdvice:
    contract, share = Cents(3_000 + number % 700), Cents(2_500)
    paid = Cents(18_000 - contract - share)
    adjustments = (Adjustment("CO", "45", contract), Adjustment("PR", "3", share))
    line = LineAdvice("90837", Cents(18_000), paid, ON, adjustments, number=f"C-{number}-1")
    return ClaimAdvice(f"C-{number}", "1", Cents(18_000), paid, share, f"SYN{number:010d}",
                       (f"FERNBROOK{number % 97}", "ASPEN", f"SYN{number:08d}"), (line,))  # fmt: skip


def _read_and_balance(data: bytes) -> None:
    found = 0
    for interchange in read_interchanges(data):
        for transaction in interchange.transactions:
            remittance = read_remittance(transaction)
            if balance(remittance, transaction):
                raise AssertionError("the file was written in balance")
            found += len(remittance.claims)
    if found != CLAIMS:
        raise AssertionError(f"{found} claims of {CLAIMS}")


def report(rounds: int = 7) -> Section:
    """Read, balanced, and the floor."""
    data = file_of(CLAIMS, PAYMENTS)
    floor = "bytes.split into segments (the floor)"
    seconds = cpu_seconds(
        {
            floor: lambda: data.split(b"~"),
            "split into elements too": lambda: [segment.split(b"*") for segment in data.split(b"~")],
            "read and balanced": lambda: _read_and_balance(data),
        },
        rounds,
    )
    rows = compared(seconds, floor, of=CLAIMS, noun="claims")
    return Section(
        f"835: {CLAIMS:,} claims in {PAYMENTS} payments, {len(data) / 1e6:.1f} MB",
        ("", "CPU", "", "times the floor"),
        rows,
        "Every amount is read as whole cents, and every claim and payment is weighed against its adjustments.",
    )


if __name__ == "__main__":
    print(report().markdown())
