-- Minutes of completed sessions over the minutes clinicians are there for: one row a bucket.
-- Weekly hours are spread over the seven days of each week a clinician worked here.
SELECT {bucket} AS bucket, sum(minutes) AS top, sum(capacity) AS bottom
FROM (
    SELECT day_on, clinician_id, minutes_completed AS minutes, 0 AS capacity
    FROM out_scheduling__days
    WHERE day_on >= $from_on AND day_on < $until_on
    UNION ALL
    SELECT CAST(days.day_on AS DATE) AS day_on, s.staff_id AS clinician_id, 0 AS minutes,
        s.weekly_hours * 60 / 7 AS capacity
    FROM core_staff AS s
    JOIN range(CAST($from_on AS TIMESTAMP), CAST($until_on AS TIMESTAMP), INTERVAL 1 DAY) AS days(day_on)
        ON days.day_on >= s.started_on AND (s.ended_on IS NULL OR days.day_on < s.ended_on)
    WHERE s.is_clinician
)
GROUP BY 1
ORDER BY 1
