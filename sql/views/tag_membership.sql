-- SPDX-License-Identifier: MIT
-- tag_membership: who carries which tag, by the names of both: one row for each tag of a contact. Costs one request for the
-- tags and two for each 1000 contacts (their names, and their tags), whoever is asked for. For one contact contact_tags, for
-- one tag tagged_contacts answers in one request, and knows when the tag was given.
CREATE TEMP VIEW tag_membership AS
WITH people AS MATERIALIZED (SELECT id, given_name, family_name, email FROM infusionsoft_contacts),
     names AS MATERIALIZED (SELECT id, name FROM infusionsoft_tags)
SELECT c.contact_id, p.given_name, p.family_name, p.email, c.tag_id, n.name AS tag
FROM infusionsoft_contact_tag_ids AS c
LEFT JOIN people AS p ON p.id = c.contact_id
LEFT JOIN names AS n ON n.id = c.tag_id;

-- Everybody with their tags. 3 requests.
SELECT given_name, family_name, group_concat(tag, ', ') AS tags FROM tag_membership GROUP BY contact_id ORDER BY family_name;

-- How many contacts carry each tag.
SELECT tag, count(*) AS contacts FROM tag_membership GROUP BY tag_id ORDER BY contacts DESC;
