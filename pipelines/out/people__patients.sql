-- One row a patient: since when they are registered, and their first and last completed session.
-- owner: practice manager
-- part: patient_id VARCHAR
-- every part: SELECT id FROM raw_patients
-- touched by patients: SELECT id FROM changed
-- touched by attendances: SELECT patient_id FROM raw_attendances JOIN changed USING (id)
-- touched by appointments: SELECT t.patient_id FROM raw_attendances AS t
--   JOIN changed ON changed.id = t.appointment_id
SELECT
    p.id AS patient_id,
    p.is_active,
    p.registered_on,
    s.first_on,
    s.last_on,
    coalesce(s.completed, 0) AS completed
FROM raw_patients AS p
LEFT JOIN (
    SELECT patient_id, min(day_on) AS first_on, max(day_on) AS last_on, count(*) AS completed
    FROM core_attendances
    WHERE status = 'completed' AND patient_id IN (SELECT part FROM refreshing)
    GROUP BY patient_id
) AS s ON s.patient_id = p.id
WHERE p.id IN (SELECT part FROM refreshing)
