-- critical: Every entry in the books sums to zero.
SELECT count(*) FROM (
    SELECT entry_id FROM raw_ledger_lines
    WHERE entry_id IN (SELECT id FROM changed_ledger_entries)
    GROUP BY entry_id HAVING sum(cents) <> 0
)
