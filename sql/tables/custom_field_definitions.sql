-- SPDX-License-Identifier: MIT
-- infusionsoft_custom_field_definitions; sql/schema.sql has all columns.
-- Custom fields of each type of record.
-- GET /v2/{record_type}/model: all rows in one request; without record_type, once for each of the 8 values there are.
-- Conditions that are sent, so that fewer rows come:
--   =: record_type
-- (Down to here: written by the target write_sql.)

-- The account's own fields, for each type of record: record_type, id, label, field_type, options. Values are in
-- custom_fields of the records, as a list of id and content; those of contacts also in contact_custom_fields, one row for
-- each value. record_type makes it one request instead of eight.

-- The fields of contacts. 1 request.
SELECT id, label, field_type, group_name
FROM infusionsoft_custom_field_definitions WHERE record_type = 'CONTACT' ORDER BY label;

-- What can be chosen in a field. 1 request.
SELECT d.label, json_extract(option.value, '$.label') AS choice
FROM infusionsoft_custom_field_definitions AS d, json_each(d.options) AS option WHERE d.record_type = 'CONTACT' ORDER BY 1, 2;

-- How many fields each type of record has: one request for each type.
SELECT record_type, count(*) AS fields FROM infusionsoft_custom_field_definitions GROUP BY 1 ORDER BY 2 DESC;

-- How often the fields of contacts are filled in, from the pages of the contacts.
SELECT custom_field_id, count(*) AS contacts
FROM infusionsoft_contact_custom_fields WHERE content IS NOT NULL GROUP BY 1 ORDER BY 2 DESC;

-- One field of one contact. 1 request.
SELECT content FROM infusionsoft_contact_custom_fields WHERE contact_id = 112 AND custom_field_id = 1;
