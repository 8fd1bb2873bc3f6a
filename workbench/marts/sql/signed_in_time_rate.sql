-- Notes signed within 72 hours of the end of the session, over all whose 72 hours are over or that are signed:
-- one row a bucket, by day of the session.
SELECT {bucket} AS bucket, sum(in_time) AS top, sum(due) AS bottom
FROM (
    SELECT day_on, clinician_id, signed_within_72h AS in_time, notes_due AS due
    FROM out_charting__days
    WHERE day_on >= $from_on AND day_on < $until_on
    UNION ALL
    SELECT day_on, clinician_id, 0, -1
    FROM out_charting__unsigned
    WHERE day_on >= $from_on AND day_on < $until_on AND ends_at >= CAST($now AS TIMESTAMP) - INTERVAL 72 HOUR
)
GROUP BY 1
ORDER BY 1
