-- One row an appointment: a group of eight is one session with eight attendances, and its minutes count once.
SELECT
    appointment_id,
    clinician_id,
    type_id,
    location_id,
    day_on,
    minutes,
    count(*) AS attendances,
    count(*) FILTER (status = 'completed') AS completed,
    count(*) FILTER (status = 'no_show') AS no_shows,
    count(*) FILTER (status = 'late_cancelled') AS late_cancelled,
    count(*) FILTER (status = 'cancelled') AS cancelled
FROM core_attendances
GROUP BY appointment_id, clinician_id, type_id, location_id, day_on, minutes
