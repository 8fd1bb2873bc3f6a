-- critical: Every appointment belongs to a member of staff, a kind of session and a place.
SELECT count(*) FROM changed_appointments AS a
WHERE NOT EXISTS (SELECT 1 FROM raw_staff AS s WHERE s.id = a.clinician_id)
   OR NOT EXISTS (SELECT 1 FROM raw_appointment_types AS k WHERE k.id = a.type_id)
   OR NOT EXISTS (SELECT 1 FROM raw_locations AS l WHERE l.id = a.location_id)
