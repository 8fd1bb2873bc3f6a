-- What is owed at the end of the span over the charges of an average day of the 90 days before it: one row a bucket.
SELECT {bucket} AS bucket, sum(receivable_cents) AS top,
    sum(CASE WHEN day_on >= CAST($until_on AS DATE) - 90 THEN charged_cents ELSE 0 END) / 90 AS bottom
FROM out_ledger__days
WHERE day_on < $until_on
GROUP BY 1
ORDER BY 1
