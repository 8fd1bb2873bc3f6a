-- One row a line of the books, with the day and kind of its entry; a reversal has the kind of what it reverses.
SELECT
    l.id AS line_id,
    l.entry_id,
    e.happened_on AS day_on,
    coalesce(o.kind, e.kind) AS kind,
    l.account,
    l.cents,
    l.patient_id,
    coalesce(l.payer_id, c.payer_id) AS payer_id,
    l.charge_id,
    c.clinician_id,
    c.service_on
FROM raw_ledger_lines AS l
JOIN raw_ledger_entries AS e ON e.id = l.entry_id
LEFT JOIN raw_ledger_entries AS o ON o.id = e.reverses_id
LEFT JOIN raw_charges AS c ON c.id = l.charge_id
