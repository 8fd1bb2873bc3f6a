-- Records of people who live in the street, by name and ZIP code, of whoever opened them.
e.pair IN (SELECT pair FROM ties WHERE home AND NOT own)
