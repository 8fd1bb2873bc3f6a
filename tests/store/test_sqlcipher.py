"""The SQLite below the store: versions that can corrupt a WAL file are refused before a file is opened."""

import pytest

from workbench.store import sqlcipher


@pytest.mark.parametrize("version", [(3, 51, 2), (3, 40, 1), (3, 7, 0)])
def test_a_version_that_can_corrupt_the_store_is_refused(
    monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int]
) -> None:
    monkeypatch.setattr(sqlcipher.dbapi2, "sqlite_version_info", version)
    with pytest.raises(sqlcipher.SqliteTooOld, match=r"3\.51\.3 or newer"):
        sqlcipher.check_version()
