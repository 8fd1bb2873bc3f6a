-- Completed attendances whose note is not signed 72 hours after the end of the session: one row a bucket.
SELECT {bucket} AS bucket, count(*) AS top, 1 AS bottom
FROM out_charting__unsigned
WHERE ends_at < CAST($now AS TIMESTAMP) - INTERVAL 72 HOUR
GROUP BY 1
ORDER BY 1
