-- One row a practice day and clinician: completed attendances and how long their notes took to be signed.
-- owner: clinical supervisor
-- part: day_on DATE
-- every part: SELECT DISTINCT starts_on FROM raw_appointments
-- touched by appointments: SELECT starts_on FROM raw_appointments JOIN changed USING (id)
-- touched by attendances: SELECT a.starts_on FROM raw_attendances AS t JOIN changed USING (id)
--   JOIN raw_appointments AS a ON a.id = t.appointment_id
-- touched by notes: SELECT a.starts_on FROM raw_notes AS n JOIN changed USING (id)
--   JOIN raw_attendances AS t ON t.id = n.attendance_id JOIN raw_appointments AS a ON a.id = t.appointment_id
SELECT
    day_on,
    clinician_id,
    count(*) AS notes_due,
    count(signed_at) AS notes_signed,
    count(*) FILTER (signed_at <= ends_at + INTERVAL 72 HOUR) AS signed_within_72h,
    coalesce(sum(date_diff('minute', ends_at, signed_at)), 0)::BIGINT AS minutes_to_sign
FROM core_notes_due
WHERE day_on IN (SELECT part FROM refreshing)
GROUP BY day_on, clinician_id
