-- Cents that came in from payers and patients, by the day they came in: one row a bucket.
SELECT {bucket} AS bucket, sum(payer_cents + patient_cents) AS top, 1 AS bottom
FROM out_ledger__days
WHERE day_on >= $from_on AND day_on < $until_on
GROUP BY 1
ORDER BY 1
