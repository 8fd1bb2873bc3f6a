-- critical: Every line of the books belongs to an entry, and its charge exists.
SELECT count(*) FROM changed_ledger_lines AS l
WHERE NOT EXISTS (SELECT 1 FROM raw_ledger_entries AS e WHERE e.id = l.entry_id)
   OR (l.charge_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM raw_charges AS c WHERE c.id = l.charge_id))
