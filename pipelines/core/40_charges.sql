-- One row a charge: one service of one patient on one day, at the price of the fee schedule.
SELECT
    id AS charge_id,
    attendance_id,
    patient_id,
    clinician_id,
    payer_id,
    service_on AS day_on,
    service_code,
    units,
    minutes,
    amount_cents
FROM raw_charges
