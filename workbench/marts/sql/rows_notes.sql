-- The notes due for the sessions of the span: one row a completed attendance.
SELECT day_on, clinician_id, patient_id, signed_at IS NOT NULL AS is_signed,
    date_diff('hour', ends_at, signed_at) AS hours_to_sign
FROM core_notes_due
WHERE day_on >= $from_on AND day_on < $until_on
