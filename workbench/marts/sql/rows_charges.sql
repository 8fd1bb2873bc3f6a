-- The charges of the span: one row a charge.
SELECT day_on, clinician_id, patient_id, payer_id, service_code, minutes, amount_cents
FROM core_charges
WHERE day_on >= $from_on AND day_on < $until_on
