"""Forms: what is asked, when, and what counts as an answer. The model is FHIR Questionnaire R4.

What does not belong here: what a note or a measure means, who may fill a form in, and whose it is.
"""
