-- warning: No session is longer than eight hours.
SELECT count(*) FROM changed_appointments WHERE date_diff('minute', starts_at, ends_at) > 480
