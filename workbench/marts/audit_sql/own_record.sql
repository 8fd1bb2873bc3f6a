-- The record of somebody with the whole name or the e-mail address of whoever opened it.
e.pair IN (SELECT pair FROM ties WHERE own)
