-- Records of people who live in the street, by name and ZIP code, of whoever opened them.
(e.actor, e.patient) IN (SELECT (actor, patient) FROM ties WHERE home AND NOT own)
