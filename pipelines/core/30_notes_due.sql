-- One row a completed attendance: the note it needs, and when that was signed, if it was.
SELECT
    t.attendance_id,
    t.patient_id,
    t.clinician_id,
    t.day_on,
    t.ends_at,
    n.signed_at,
    n.started_at IS NOT NULL AS is_begun
FROM core_attendances AS t
LEFT JOIN (
    SELECT attendance_id, min(signed_at) AS signed_at, min(started_at) AS started_at
    FROM raw_notes
    GROUP BY attendance_id
) AS n ON n.attendance_id = t.attendance_id
WHERE t.status = 'completed'
