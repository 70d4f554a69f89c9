-- SPDX-License-Identifier: MIT
-- infusionsoft_lead_sources; sql/schema.sql has all columns.
-- Where leads come from.
-- GET /v2/leadSources: up to 1000 rows a request.
-- GET /v2/leadSources/{id}: one row by its key.
-- Conditions that are sent, so that fewer rows come:
--   =, >, >=, <, <=: id
--   =, LIKE 'x%', GLOB 'x*': name, description, vendor, medium, message
--   =: status, lead_source_category_id
-- (Down to here: written by the target write_sql.)

-- Where leads come from: id, name, vendor, medium, status, lead_source_category_id. Contacts name theirs in leadsource_id.
-- What was spent on a source is in lead_source_expenses.

-- Sources in use. 1 request.
SELECT id, name, vendor, medium FROM infusionsoft_lead_sources WHERE status = 'ACTIVE' ORDER BY name;

-- One source, by name. 1 request.
SELECT id, description FROM infusionsoft_lead_sources WHERE name = 'Hooli';

-- How many contacts came from each source: the contacts' pages, and the sources once.
WITH sources AS MATERIALIZED (SELECT id, name FROM infusionsoft_lead_sources)
SELECT c.leadsource_id, s.name, count(*) AS contacts
FROM (SELECT leadsource_id FROM infusionsoft_contacts) AS c LEFT JOIN sources AS s ON s.id = c.leadsource_id
WHERE c.leadsource_id IS NOT NULL GROUP BY 1 ORDER BY 3 DESC;

-- The contacts of one source, asked of the API by the name of the source.
SELECT count(*) AS contacts FROM infusionsoft_contacts WHERE lead_source_name = 'Newsletter';

-- Sources by medium. 1 request for each 1000 sources.
SELECT medium, count(*) AS sources FROM infusionsoft_lead_sources GROUP BY 1 ORDER BY 2 DESC;
