-- Completed sessions: one row a bucket. A group of eight is one session.
SELECT {bucket} AS bucket, sum(sessions_completed) AS top, 1 AS bottom
FROM out_scheduling__days
WHERE day_on >= $from_on AND day_on < $until_on
GROUP BY 1
ORDER BY 1
