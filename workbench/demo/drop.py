"""Writes the files that a biller of the synthetic practice drops in: 835s not posted yet, and bank statements."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from workbench.actions.billing.approve_remittance import approve_remittance
from workbench.actions.billing.upload_remittance import upload_remittance
from workbench.demo.claiming import DrawnRemittance, open_remittances
from workbench.demo.files import remittance_file
from workbench.gate.action import Gate
from workbench.gate.actor import SystemActor
from workbench.gate.permissions import Permission

FOLDER: Final = "demo-files"
_STATEMENT_DAYS: Final = 60
_BILLER: Final = SystemActor(
    "load_synthetic_practice", frozenset({Permission.UPLOAD_REMITTANCE, Permission.APPROVE_REMITTANCE})
)


def write_files(gate: Gate, remittances: Sequence[DrawnRemittance], *, now: datetime, today: date) -> list[Path]:
    """The files, in `demo-files` of the practice's folder.

    The first two payers' payments are uploaded already, one of them approved; the others wait to be dropped in.
    """
    folder = gate.store.home / FOLDER
    folder.mkdir(exist_ok=True, mode=0o700)
    made = []
    for number, waiting in enumerate(open_remittances(remittances)):
        data = remittance_file(waiting, control=len(remittances) + 1 + number)
        if number < 2:
            uploaded = upload_remittance(gate, _BILLER, now=now, content=data)
            if number == 1:
                for remittance_id in uploaded.remittance_ids:
                    approve_remittance(gate, _BILLER, remittance_id, now=now)
        else:
            made.append(put(folder / f"835-{waiting[0].payer.number}.x12", data))
    deposits = [one for one in remittances if one.paid_cents > 0 and one.effective_on <= today]
    recent = [one for one in deposits if one.effective_on >= today - timedelta(days=_STATEMENT_DAYS)]
    made.append(put(folder / "bank.ofx", ofx(recent, today).encode("ascii")))
    made.append(put(folder / "bank.bai2", bai2(recent, today).encode("ascii")))
    return made


def put(path: Path, data: bytes) -> Path:
    """The file, in place only when whole: somebody may be looking at the folder."""
    partial = path.with_name(path.name + ".new")
    partial.write_bytes(data)
    return partial.replace(path)


def ofx(deposits: Sequence[DrawnRemittance], today: date) -> str:
    """A statement in OFX 1.0.2, one credit a payment, with the payer's name and trace as banks show them."""
    start = min((one.effective_on for one in deposits), default=today)
    lines = "".join(
        f"<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>{one.effective_on:%Y%m%d}<TRNAMT>{_dollars(one.paid_cents)}"
        f"<FITID>{one.trace}<NAME>{one.payer.name[:32].upper()}<MEMO>HCCLAIMPMT {one.trace}</STMTTRN>\n"
        for one in deposits
    )
    total = _dollars(sum(one.paid_cents for one in deposits))
    return (
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\nCOMPRESSION:NONE\n"
        "OLDFILEUID:NONE\nNEWFILEUID:NONE\n\n<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS>"
        f"<DTSERVER>{today:%Y%m%d}<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1><BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS>"
        "<CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>000000000<ACCTID>0000000001"
        f"<ACCTTYPE>CHECKING</BANKACCTFROM>\n<BANKTRANLIST><DTSTART>{start:%Y%m%d}<DTEND>{today:%Y%m%d}\n{lines}"
        f"</BANKTRANLIST><LEDGERBAL><BALAMT>{total}<DTASOF>{today:%Y%m%d}</LEDGERBAL>"
        "</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n"
    )


def bai2(deposits: Sequence[DrawnRemittance], today: date) -> str:
    """The same statement in BAI2: code 142 is an ACH credit; control totals and record counts as the format asks."""
    total = sum(one.paid_cents for one in deposits)
    account = [
        f"03,0000000001,USD,015,{total},,/",
        *_credits(deposits),
    ]
    account.append(f"49,{2 * total},{len(account) + 1}/")
    group = [f"02,SYNTHETIC,000000000,1,{today:%y%m%d},0600,USD,2/", *account]
    group.append(f"98,{2 * total},1,{len(group) + 1}/")
    file = [f"01,000000000,SYNTHETIC,{today:%y%m%d},0600,1,,,2/", *group]
    file.append(f"99,{2 * total},1,{len(file) + 1}/")
    return "\n".join(file) + "\n"


def _credits(deposits: Sequence[DrawnRemittance]) -> Iterator[str]:
    for one in deposits:
        yield f"16,142,{one.paid_cents},Z,{one.trace},,{one.payer.name.upper()} HCCLAIMPMT {one.trace}"


def _dollars(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"
