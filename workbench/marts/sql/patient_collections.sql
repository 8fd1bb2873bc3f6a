-- Cents that came in from patients, by the day of the payment: one row a bucket.
SELECT {bucket} AS bucket, sum(patient_cents) AS top, 1 AS bottom
FROM out_ledger__days
WHERE day_on >= $from_on AND day_on < $until_on
GROUP BY 1
ORDER BY 1
