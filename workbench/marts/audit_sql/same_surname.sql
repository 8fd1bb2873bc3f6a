-- Records of people who share a part of their surname with whoever opened them; one's own record is another question.
e.pair IN (SELECT pair FROM ties WHERE surname AND NOT own)
