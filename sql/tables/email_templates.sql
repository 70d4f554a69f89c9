-- SPDX-License-Identifier: MIT
-- infusionsoft_email_templates; sql/schema.sql has all columns.
-- Templates of e-mails.
-- GET /v2/emails/templates: up to 1000 rows a request.
-- GET /v2/emails/templates/{id}: one row by its key.
-- Conditions that are sent, so that fewer rows come:
--   =, ORDER BY: id
-- (Down to here: written by the target write_sql.)

-- Templates of e-mails, without their content: id, piece_title, subject, from_address, content_type. merge fields stand in
-- them as they were written: ~Contact.FirstName~.

-- The newest templates. 1 request.
SELECT id, piece_title, subject FROM infusionsoft_email_templates ORDER BY id DESC LIMIT 10;

-- Templates by kind of content. 1 request for each 1000 templates.
SELECT content_type, count(*) AS templates FROM infusionsoft_email_templates GROUP BY 1;

-- Templates by category.
SELECT category.value AS category, count(*) AS templates
FROM infusionsoft_email_templates AS t, json_each(t.categories) AS category GROUP BY 1 ORDER BY 2 DESC;

-- Templates with a word in the subject.
SELECT id, piece_title, subject FROM infusionsoft_email_templates WHERE subject LIKE '%ac%';
