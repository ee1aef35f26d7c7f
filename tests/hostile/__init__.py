"""Hostile input, over HTTP, against the shipped server command; by class of fault where to look:

stored markup, injection into tables, mails, logs, headers and templates, the PDF and what it fetches,
orders to the interviewer: `test_injection`; foreign objects: `address_cases`, `field_cases` and
`tests/tenants`; open redirects, foreign hosts, tokens that leak, forged forms, fixation, guessing:
`test_doors`; limits, races, sizes, what is taken back: `test_haste`; JSON: `json_cases`; the wire:
`test_wire`; the participant's page: `participant_cases`.
"""
