-- One row a charge that somebody still owes for: how much the payer owes and how much the patient.
-- owner: biller
-- part: charge_id VARCHAR
-- every part: SELECT id FROM raw_charges
-- touched by charges: SELECT id FROM changed
-- touched by ledger_lines: SELECT charge_id FROM raw_ledger_lines JOIN changed USING (id)
SELECT
    c.id AS charge_id,
    c.patient_id,
    c.clinician_id,
    c.payer_id,
    c.service_on AS day_on,
    c.amount_cents,
    b.payer_cents,
    b.patient_cents
FROM (
    SELECT
        charge_id,
        coalesce(sum(cents) FILTER (account = 'receivable:payer'), 0)::BIGINT AS payer_cents,
        coalesce(sum(cents) FILTER (account = 'receivable:patient'), 0)::BIGINT AS patient_cents
    FROM raw_ledger_lines
    WHERE account IN ('receivable:payer', 'receivable:patient') AND charge_id IN (SELECT part FROM refreshing)
    GROUP BY charge_id
) AS b
JOIN raw_charges AS c ON c.id = b.charge_id
WHERE b.payer_cents <> 0 OR b.patient_cents <> 0
