-- Cents owed to the practice at the end of the span: one row a bucket.
SELECT {bucket} AS bucket, sum(receivable_cents) AS top, 1 AS bottom
FROM out_ledger__days
WHERE day_on < $until_on
GROUP BY 1
ORDER BY 1
