-- SPDX-License-Identifier: MIT
-- infusionsoft_tags; sql/schema.sql has all columns.
-- Tags that contacts and companies can carry.
-- GET /v2/tags: up to 1000 rows a request.
-- GET /v2/tags/{id}: one row by its key.
-- Conditions that are sent, so that fewer rows come:
--   =, IN: id
--   =: name
--   =, IS NULL: description, category_id
--   =, >, >=, <, <=, ORDER BY: create_time, update_time
-- (Down to here: written by the target write_sql.)

-- Tags: id, name, category_id, create_time. Who carries a tag is in tagged_contacts; what one contact carries, in
-- contact_tags; the tags of all contacts, in contact_tag_ids.

-- The number of a tag. 1 request.
SELECT id FROM infusionsoft_tags WHERE name = 'under_score';

-- All tags with their categories. 2 requests.
WITH categories AS MATERIALIZED (SELECT id, name FROM infusionsoft_tag_categories)
SELECT c.name AS category, t.name AS tag
FROM infusionsoft_tags AS t LEFT JOIN categories AS c ON c.id = t.category_id ORDER BY 1, 2;

-- Tags without a category. 1 request.
SELECT id, name FROM infusionsoft_tags WHERE category_id IS NULL;

-- Tags that were made since 2023. 1 request.
SELECT id, name, create_time FROM infusionsoft_tags WHERE create_time >= '2023-01-01' ORDER BY create_time;

-- Tags by how many contacts carry them: the pages of the contacts, not one list for each tag.
WITH carried AS MATERIALIZED (SELECT tag_id, count(*) AS contacts FROM infusionsoft_contact_tag_ids GROUP BY tag_id)
SELECT t.name, coalesce(c.contacts, 0) AS contacts
FROM infusionsoft_tags AS t LEFT JOIN carried AS c ON c.tag_id = t.id ORDER BY contacts DESC, t.name;
