-- The sessions whose note is not signed 72 hours after they ended: one row an attendance.
SELECT day_on, clinician_id, patient_id, is_begun,
    date_diff('hour', ends_at, CAST($now AS TIMESTAMP)) AS hours_since
FROM out_charting__unsigned
WHERE ends_at < CAST($now AS TIMESTAMP) - INTERVAL 72 HOUR
