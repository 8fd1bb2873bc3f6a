-- One row a practice day, clinician and kind of session: what was booked and how it ended.
-- owner: practice manager
-- part: day_on DATE
-- every part: SELECT DISTINCT starts_on FROM raw_appointments
-- touched by appointments: SELECT starts_on FROM raw_appointments JOIN changed USING (id)
-- touched by attendances: SELECT a.starts_on FROM raw_attendances AS t JOIN changed USING (id)
--   JOIN raw_appointments AS a ON a.id = t.appointment_id
SELECT
    day_on,
    clinician_id,
    type_id,
    count(*) AS sessions,
    count(*) FILTER (completed > 0) AS sessions_completed,
    coalesce(sum(minutes) FILTER (completed > 0), 0)::BIGINT AS minutes_completed,
    sum(attendances)::BIGINT AS attendances,
    sum(completed)::BIGINT AS completed,
    sum(no_shows)::BIGINT AS no_shows,
    sum(late_cancelled)::BIGINT AS late_cancelled,
    sum(cancelled)::BIGINT AS cancelled
FROM core_sessions
WHERE day_on IN (SELECT part FROM refreshing)
GROUP BY day_on, clinician_id, type_id
