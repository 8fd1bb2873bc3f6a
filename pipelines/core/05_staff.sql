-- One row a member of staff: whether they see patients, the hours they are there for it a week, and their dates.
SELECT id AS staff_id, is_clinician, weekly_hours, started_on, ended_on FROM raw_staff
