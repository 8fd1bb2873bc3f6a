-- The attendances of the span: one row an attendance.
SELECT day_on, clinician_id, patient_id, status, minutes, appointment_id
FROM core_attendances
WHERE day_on >= $from_on AND day_on < $until_on
