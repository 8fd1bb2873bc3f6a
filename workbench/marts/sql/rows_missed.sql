-- The attendances of the span that were missed or cancelled late: one row an attendance.
SELECT day_on, clinician_id, patient_id, status, minutes, appointment_id
FROM core_attendances
WHERE status IN ('no_show', 'late_cancelled') AND day_on >= $from_on AND day_on < $until_on
