-- One row an attendance: one patient's part in one appointment, with whose time it was and when.
SELECT
    t.id AS attendance_id,
    t.appointment_id,
    t.patient_id,
    a.clinician_id,
    a.type_id,
    a.location_id,
    a.starts_on AS day_on,
    a.starts_at,
    a.ends_at,
    date_diff('minute', a.starts_at, a.ends_at) AS minutes,
    a.status = 'held' AS is_held,
    t.status
FROM raw_attendances AS t
JOIN raw_appointments AS a ON a.id = t.appointment_id
