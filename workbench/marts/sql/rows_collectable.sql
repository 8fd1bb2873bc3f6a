-- What the rate is made of, by day: one row a day, clinician and payer with charges, write-offs or money.
SELECT day_on, clinician_id, payer_id, charged_cents, contractual_cents, payer_cents + patient_cents AS collected_cents
FROM out_ledger__days
WHERE day_on >= $from_on AND day_on < $until_on
    AND (charged_cents <> 0 OR contractual_cents <> 0 OR payer_cents <> 0 OR patient_cents <> 0)
