-- Cents owed to the practice at the end of the span (or of each step of it): one row a bucket.
SELECT {bucket} AS bucket, sum(receivable_cents) AS top, 1 AS bottom
FROM (
    SELECT day_on, {owner} AS owner, sum(receivable_cents) AS receivable_cents
    FROM out_ledger__days
    GROUP BY 1, 2
)
JOIN (SELECT unnest(CAST($ends AS DATE[])) AS end_on) AS ends ON day_on < end_on
GROUP BY 1
ORDER BY 1
