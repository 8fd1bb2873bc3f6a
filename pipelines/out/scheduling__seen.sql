-- One row a practice day, clinician and patient with a completed attendance: who was seen, to be counted once a span.
-- owner: practice manager
-- part: day_on DATE
-- every part: SELECT DISTINCT starts_on FROM raw_appointments
-- touched by appointments: SELECT starts_on FROM raw_appointments JOIN changed USING (id)
-- touched by attendances: SELECT a.starts_on FROM raw_attendances AS t JOIN changed USING (id)
--   JOIN raw_appointments AS a ON a.id = t.appointment_id
SELECT DISTINCT day_on, clinician_id, patient_id
FROM core_attendances
WHERE status = 'completed' AND day_on IN (SELECT part FROM refreshing)
