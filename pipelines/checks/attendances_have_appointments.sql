-- critical: Every attendance belongs to an appointment and a patient.
SELECT count(*) FROM changed_attendances AS t
WHERE NOT EXISTS (SELECT 1 FROM raw_appointments AS a WHERE a.id = t.appointment_id)
   OR NOT EXISTS (SELECT 1 FROM raw_patients AS p WHERE p.id = t.patient_id)
