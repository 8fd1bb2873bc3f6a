"""A practice in which every text that a person could have typed wants to run in somebody's browser (threat A4).

Every payload calls `__hit`, or makes an element that a page of ours has none of. They are put past the gate into a made
practice, so that no rule about a field stands between them and the page.
"""

from dataclasses import fields, is_dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any, Final

from sqlalchemy import String, select, text
from sqlalchemy.orm import Session

from workbench.cli.opening import opened
from workbench.kernel.settings import Settings
from workbench.ledger.tables import LedgerLine
from workbench.store.base import Base
from workbench.store.sealed import sealed_kinds

HIT: Final = "__hit(1)"
_HANDLERS: Final = (
    "<img src=x onerror={0}>", "<svg onload={0}>", "<svg/onload={0}//", "<body onload={0}>",
    "<input autofocus onfocus={0}>",
    "<details open ontoggle={0}>x</details>", "<video><source onerror={0}></video>", "<audio src=x onerror={0}>",
    "<select autofocus onfocus={0}>", "<textarea autofocus onfocus={0}>", "<marquee onstart={0}>x</marquee>",
    "<object data=x onerror={0}>", "<style onload={0}></style>", "<link rel=stylesheet href=data:, onload={0}>",
    "<iframe srcdoc='<script>parent.{0}</script>'></iframe>", "<iframe src='javascript:parent.{0}'></iframe>",
    "<embed src='javascript:{0}'>", "<form><button formaction='javascript:{0}'>x</button></form>",
    "<a href='javascript:{0}' autofocus>x</a>", "<a href='data:text/html,<script>{0}</script>'>x</a>",
    "<math><mi xlink:href='javascript:{0}'>x</mi></math>", "<svg><animate onbegin={0} attributeName=x dur=1s>",
    "<svg><script>{0}</script></svg>", "<script>{0}</script>", "<scr<script>ipt>{0}</script>",
    "<SCRIPT SRC=//x.test></SCRIPT>", "<div style='background:url(//x.test)'>x</div>",
    "<base href='//x.test/'>", "<meta http-equiv=refresh content='0;url=//x.test'>",
    "<template><img src=x onerror={0}></template>", "<noscript><p title='</noscript><img src=x onerror={0}>'>",
)  # fmt: skip
_BREAKING_OUT: Final = (
    '"><img src=x onerror={0}>', "'><img src=x onerror={0}>", '" onmouseover={0} autofocus onfocus={0} x="',
    "' autofocus onfocus={0} x='", "` autofocus onfocus={0} `", "</textarea><img src=x onerror={0}>",
    "</title><script>{0}</script>", "</script><script>{0}</script>", "</style><script>{0}</script>",
    "</option></select><img src=x onerror={0}>", "--><img src=x onerror={0}>", "]]><img src=x onerror={0}>",
    "</td></tr></table><img src=x onerror={0}>", "</svg><img src=x onerror={0}>", '";{0};//', "';{0};//", "`;{0};//",
    "\\u003cimg src=x onerror={0}\\u003e", "&lt;img src=x onerror={0}&gt;", "&#60;img src=x onerror={0}&#62;",
    "\u2028{0}\u2029", "\x3cimg src=x onerror={0}\x3e",
)  # fmt: skip
_TEMPLATES: Final = (
    "{{{{7*7}}}}", "{{% if {0} %}}x{{% endif %}}", "${{{0}}}", "<%= {0} %>", "#{{{0}}}", "[x](javascript:{0})",
    "![x](x' onerror='{0})", "<p>**<img src=x onerror={0}>**</p>", "javascript:{0}",
    "data:text/html,<script>{0}</script>",
)  # fmt: skip
PAYLOADS: Final = tuple(one.format(HIT) for one in (*_HANDLERS, *_BREAKING_OUT, *_TEMPLATES))
_TYPED: Final = frozenset({
    "given_name", "family_name", "preferred_name", "pronouns", "street", "city", "credentials", "name", "why", "reason",
    "remark", "subjective", "objective", "assessment", "plan", "reviewer_name", "reviewer_address", "label", "title",
    "member_id", "group_number", "reference", "payer_name", "problem", "last_problem", "device", "network",
    "overlap_because", "vendor", "display", "body",
})  # fmt: skip


def spoil(home: Path) -> int:
    """Put a payload into every such text of the practice in `home`; how many places that were."""
    numbers = count()

    def payload() -> str:
        number = next(numbers)
        return f"{PAYLOADS[number % len(PAYLOADS)]}{number}"

    with opened(Settings(home=home)) as practice, practice.gate.store.writing() as session:
        for name in session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
            session.execute(text(f'DROP TRIGGER "{name}"'))
        for row_class, document in sealed_kinds():
            for row in session.scalars(select(row_class)):
                document.__set__(row, _spoilt(document.__get__(row, row_class), payload))
        _spoil_columns(session, payload)
        session.commit()
    return next(numbers)


def _spoilt(value: Any, payload: Any) -> Any:
    """The document with every typed text replaced, however deep it lies; what was left empty is filled in too."""
    if isinstance(value, tuple):
        return tuple(_spoilt(one, payload) for one in value)
    if not is_dataclass(value):
        return value
    changed = {
        one.name: payload() if one.name in _TYPED and isinstance(held, str) else _spoilt(held, payload)
        for one in fields(value)
        for held in [getattr(value, one.name)]
    }
    return replace(value, **changed)  # type: ignore[type-var]


def _spoil_columns(session: Session, payload: Any) -> None:
    for mapper in Base.registry.mappers:
        typed = [
            column.key for column in mapper.columns
            if column.key in _TYPED and isinstance(column.type, String) and not column.foreign_keys
        ]  # fmt: skip
        if not typed or mapper.class_ is LedgerLine:  # what the ledger calls a reason is a code of the payer's
            continue
        for row in session.scalars(select(mapper.class_)):
            for name in typed:
                setattr(row, name, payload())
