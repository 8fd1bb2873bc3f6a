-- One row a completed attendance whose note is not signed yet.
-- owner: clinical supervisor
-- part: attendance_id VARCHAR
-- every part: SELECT id FROM raw_attendances WHERE status = 'completed'
-- touched by appointments: SELECT t.id FROM raw_attendances AS t JOIN changed ON changed.id = t.appointment_id
-- touched by attendances: SELECT id FROM changed
-- touched by notes: SELECT attendance_id FROM raw_notes JOIN changed USING (id)
SELECT attendance_id, patient_id, clinician_id, day_on, ends_at, is_begun
FROM core_notes_due
WHERE signed_at IS NULL AND attendance_id IN (SELECT part FROM refreshing)
