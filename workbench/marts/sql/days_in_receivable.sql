-- What is owed at the end of the span (or of each step of it) over the charges of an average day of the 90 days
-- before: one row a bucket.
SELECT {bucket} AS bucket, sum(receivable_cents) AS top,
    sum(CASE WHEN day_on >= end_on - 90 THEN charged_cents ELSE 0 END) / 90 AS bottom
FROM (
    SELECT day_on, {owner} AS owner, sum(receivable_cents) AS receivable_cents, sum(charged_cents) AS charged_cents
    FROM out_ledger__days
    GROUP BY 1, 2
)
JOIN (SELECT unnest(CAST($ends AS DATE[])) AS end_on) AS ends ON day_on < end_on
GROUP BY 1
ORDER BY 1
