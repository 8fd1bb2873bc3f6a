"""When a text that came back means "no more": by any reasonable words, in capitals or not (47 CFR 64.1200(a)(10))."""

import re
import unicodedata
from typing import Final

_OF_THE_RULE: Final = ("stop", "quit", "end", "revoke", "optout", "cancel", "unsubscribe")
_ALONE: Final = frozenset(
    (*_OF_THE_RULE, "stopall", "no", "nomore", "remove", "halt", "alto", "para", "parar", "basta", "arret")
)
"""Words that mean it when nothing else stands there but polite ones."""
_SAID: Final = re.compile(
    r"\b(stop|unsubscribe|opt(ing|ed)? ?out|revoke|remove|take me off|leave me alone|no more|quit|cease"
    r"|(do not|don t|dont|never) (\w+ ){0,2}(text|txt|message|contact|send|sms|remind|write)"
    r"|wrong (number|person))\b"
)
"""Words that mean it wherever they stand."""
_POLITE: Final = frozenset(("please", "pls", "thanks", "thank", "you", "thx", "ok", "okay", "now", "all", "it", "this"))


def means_stop(text: str) -> bool:
    """Whether whoever wrote this wants no more texts. In doubt yes: one reminder fewer harms less than one too many."""
    words = _words(text)
    left = [word for word in words if word not in _POLITE]
    return (len(left) == 1 and left[0] in _ALONE) or _SAID.search(" ".join(words)) is not None


def _words(text: str) -> list[str]:
    letters = unicodedata.normalize("NFKD", text[:1_000]).casefold()
    letters = "".join(one for one in letters if unicodedata.category(one) not in ("Mn", "Cf"))
    return re.sub(r"[^a-z0-9]+", " ", letters).split()
