-- SPDX-License-Identifier: MIT
-- infusionsoft_tag_categories; sql/schema.sql has all columns.
-- Categories that tags are filed under.
-- GET /v2/tags/categories: up to 1000 rows a request.
-- GET /v2/tags/categories/{id}: one row by its key.
-- Conditions that are sent, so that fewer rows come:
--   =: id
--   =, IS NULL: name, description
--   =, >, >=, <, <=, ORDER BY: create_time, update_time
-- (Down to here: written by the target write_sql.)

-- Categories that tags are filed under: id, name, description.

-- All categories. 1 request.
SELECT id, name, description FROM infusionsoft_tag_categories ORDER BY name;

-- One category, by name. 1 request.
SELECT id, description FROM infusionsoft_tag_categories WHERE name = 'acme corp 3';

-- The tags of one category. 2 requests.
SELECT t.id, t.name FROM infusionsoft_tags AS t
WHERE t.category_id = (SELECT id FROM infusionsoft_tag_categories WHERE name = 'acme corp 3');

-- Categories by the number of their tags. 2 requests.
WITH filed AS MATERIALIZED (SELECT category_id, count(*) AS tags FROM infusionsoft_tags GROUP BY category_id)
SELECT c.name, coalesce(f.tags, 0) AS tags
FROM infusionsoft_tag_categories AS c LEFT JOIN filed AS f ON f.category_id = c.id ORDER BY tags DESC, c.name;
