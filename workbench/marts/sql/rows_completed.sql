-- The completed attendances of the span: one row an attendance; those of one appointment are one session.
SELECT day_on, clinician_id, patient_id, status, minutes, appointment_id
FROM core_attendances
WHERE status = 'completed' AND day_on >= $from_on AND day_on < $until_on
