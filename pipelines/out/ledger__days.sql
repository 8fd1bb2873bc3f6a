-- One row a day, clinician and payer: what was charged for the day's services, what came in that day and from whom,
-- what contracts took off that day, and by how much what is owed to the practice grew.
-- owner: biller
-- part: day_on DATE
-- every part: SELECT happened_on FROM raw_ledger_entries UNION SELECT service_on FROM raw_charges
-- touched by charges: SELECT service_on FROM raw_charges JOIN changed USING (id)
--   UNION SELECT e.happened_on FROM raw_ledger_lines AS l JOIN changed ON changed.id = l.charge_id
--   JOIN raw_ledger_entries AS e ON e.id = l.entry_id
-- touched by ledger_entries: SELECT happened_on FROM raw_ledger_entries JOIN changed USING (id)
-- touched by ledger_lines: SELECT e.happened_on FROM raw_ledger_lines AS l JOIN changed USING (id)
--   JOIN raw_ledger_entries AS e ON e.id = l.entry_id
SELECT
    day_on,
    clinician_id,
    payer_id,
    sum(charged)::BIGINT AS charged_cents,
    sum(charges)::BIGINT AS charges,
    sum(from_payers)::BIGINT AS payer_cents,
    sum(from_patients)::BIGINT AS patient_cents,
    sum(contractual)::BIGINT AS contractual_cents,
    sum(owed)::BIGINT AS receivable_cents
FROM (
    SELECT day_on, clinician_id, payer_id, amount_cents AS charged, 1 AS charges,
        0 AS from_payers, 0 AS from_patients, 0 AS contractual, 0 AS owed
    FROM core_charges
    WHERE day_on IN (SELECT part FROM refreshing)
    UNION ALL
    SELECT day_on, clinician_id, payer_id, 0, 0,
        CASE source WHEN 'payer' THEN cents ELSE 0 END, CASE source WHEN 'patient' THEN cents ELSE 0 END, 0, 0
    FROM core_money_in
    WHERE day_on IN (SELECT part FROM refreshing)
    UNION ALL
    SELECT day_on, clinician_id, payer_id, 0, 0, 0, 0,
        CASE account WHEN 'contractual' THEN cents ELSE 0 END, CASE account WHEN 'contractual' THEN 0 ELSE cents END
    FROM core_book_lines
    WHERE account IN ('contractual', 'receivable:payer', 'receivable:patient')
        AND day_on IN (SELECT part FROM refreshing)
)
GROUP BY day_on, clinician_id, payer_id
