-- SPDX-License-Identifier: MIT
-- infusionsoft_tagged_contacts; sql/schema.sql has all columns.
-- Contacts of a tag: one row for each contact that carries the tag.
-- GET /v2/tags/{tag_id}/contacts: up to 1000 rows a request; without tag_id, once for each row of infusionsoft_tags.
-- Conditions that are sent, so that fewer rows come:
--   =: tag_id
--   =, IS NULL: email, given_name, family_name
--   =, >, >=, <, <=, ORDER BY: applied_time
-- (Down to here: written by the target write_sql.)

-- The contacts of one tag, with the time each was given it. Give tag_id: without it there is one request for each tag.

-- Who carries a tag? 2 requests: the tag's number by its name, and its contacts.
SELECT contact_id, given_name, family_name, email FROM infusionsoft_tagged_contacts
WHERE tag_id = (SELECT id FROM infusionsoft_tags WHERE name = 'under_score') ORDER BY family_name;

-- How many carry it? 1 request.
SELECT count(*) FROM infusionsoft_tagged_contacts WHERE tag_id = 2102;

-- Who was given a tag since 2021? Only these are sent. 1 request.
SELECT contact_id, given_name, family_name, applied_time FROM infusionsoft_tagged_contacts
WHERE tag_id = 2102 AND applied_time >= '2021-01-01' ORDER BY applied_time DESC;

-- Contacts that carry one tag but not another. 2 requests.
SELECT contact_id, given_name, family_name FROM infusionsoft_tagged_contacts
WHERE tag_id = 2102 AND contact_id NOT IN (SELECT contact_id FROM infusionsoft_tagged_contacts WHERE tag_id = 2110);

-- Contacts that carry both, with what a tag's list does not show: their phone numbers.
SELECT id, given_name, family_name, phone1 FROM infusionsoft_contacts
WHERE id IN (SELECT contact_id FROM infusionsoft_tagged_contacts WHERE tag_id = 2110
             INTERSECT SELECT contact_id FROM infusionsoft_tagged_contacts WHERE tag_id = 2113);
