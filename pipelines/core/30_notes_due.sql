-- One row a completed attendance: the note it needs, and when that was signed, if it was.
SELECT
    t.attendance_id,
    t.patient_id,
    t.clinician_id,
    t.day_on,
    t.ends_at,
    min(n.signed_at) AS signed_at,
    count(n.id) > 0 AS is_begun
FROM core_attendances AS t
LEFT JOIN raw_notes AS n ON n.attendance_id = t.attendance_id
WHERE t.status = 'completed'
GROUP BY t.attendance_id, t.patient_id, t.clinician_id, t.day_on, t.ends_at
