-- critical: No line of the books is held twice.
SELECT count(*) FROM (
    SELECT id FROM raw_ledger_lines WHERE id IN (SELECT id FROM changed_ledger_lines) GROUP BY id HAVING count(*) > 1
)
