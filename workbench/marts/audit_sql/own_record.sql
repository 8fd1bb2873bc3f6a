-- The record of somebody with the whole name or the e-mail address of whoever opened it.
(e.actor, e.patient) IN (SELECT (actor, patient) FROM ties WHERE own)
