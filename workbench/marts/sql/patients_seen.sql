-- Different patients with a completed session: one row a bucket.
SELECT {bucket} AS bucket, count(DISTINCT patient_id) AS top, 1 AS bottom
FROM out_scheduling__seen
WHERE day_on >= $from_on AND day_on < $until_on
GROUP BY 1
ORDER BY 1
