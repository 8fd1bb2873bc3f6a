-- What came in over what could have come in (charges less what contracts took off): one row a bucket.
SELECT {bucket} AS bucket, sum(payer_cents + patient_cents) AS top, sum(charged_cents - contractual_cents) AS bottom
FROM out_ledger__days
WHERE day_on >= $from_on AND day_on < $until_on
GROUP BY 1
ORDER BY 1
