-- What is owed now: one row a charge with anything open.
SELECT day_on, clinician_id, patient_id, payer_id, amount_cents, payer_cents, patient_cents,
    CAST($today AS DATE) - day_on AS age_days
FROM out_ledger__open
