-- SPDX-License-Identifier: MIT
-- infusionsoft_contact_tags; sql/schema.sql has all columns.
-- Tags of a contact: one row for each tag that the contact carries.
-- GET /v2/contacts/{contact_id}/tags: up to 1000 rows a request; without contact_id, once for each row of infusionsoft_contacts.
-- Conditions that are sent, so that fewer rows come:
--   =: contact_id, name, description
--   =, IS NULL: category_id
--   =, >, >=, <, <=, ORDER BY: applied_time, create_time, update_time
-- (Down to here: written by the target write_sql.)

-- The tags of one contact, with the time each was given. Give contact_id: without it there is one request for each contact.
-- For many contacts, contact_tag_ids reads the contacts' pages instead, but does not know the times.

-- The tags of one contact, newest first. 1 request.
SELECT name, applied_time FROM infusionsoft_contact_tags WHERE contact_id = 103 ORDER BY applied_time DESC;

-- Does the contact carry this tag? 1 request.
SELECT count(*) > 0 AS is_tagged FROM infusionsoft_contact_tags WHERE contact_id = 103 AND name = 'TAG 3';

-- What a contact was given since 2021. 1 request.
SELECT tag_id, name, applied_time FROM infusionsoft_contact_tags WHERE contact_id = 103 AND applied_time >= '2021-01-01';

-- The tags of the contacts of one company: one request for the contacts, one for each of them.
SELECT c.given_name, c.family_name, t.name AS tag
FROM (SELECT id, given_name, family_name FROM infusionsoft_contacts WHERE company_id = 1113) AS c
JOIN infusionsoft_contact_tags AS t ON t.contact_id = c.id ORDER BY 2, 1, 3;

-- The tags of all contacts, from the pages of the contacts, with their names. 2 requests for each 1000 contacts at most.
WITH names AS MATERIALIZED (SELECT id, name FROM infusionsoft_tags)
SELECT i.contact_id, n.name FROM infusionsoft_contact_tag_ids AS i JOIN names AS n ON n.id = i.tag_id ORDER BY 1, 2;
