-- One row an appointment: a group of eight is one session with eight attendances, and its minutes count once.
SELECT
    appointment_id,
    any_value(clinician_id) AS clinician_id,
    any_value(type_id) AS type_id,
    any_value(location_id) AS location_id,
    any_value(day_on) AS day_on,
    any_value(minutes) AS minutes,
    count(*) AS attendances,
    count(*) FILTER (status = 'completed') AS completed,
    count(*) FILTER (status = 'no_show') AS no_shows,
    count(*) FILTER (status = 'late_cancelled') AS late_cancelled,
    count(*) FILTER (status = 'cancelled') AS cancelled
FROM core_attendances
GROUP BY appointment_id
