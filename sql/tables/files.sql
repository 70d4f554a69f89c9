-- SPDX-License-Identifier: MIT
-- infusionsoft_files; sql/schema.sql has all columns.
-- Files that were uploaded, without their content.
-- GET /v2/files: up to 1000 rows a request.
-- GET /v2/files/{id}: one row by its key.
-- Conditions that are sent, so that fewer rows come:
--   =: id, category, file_name, is_public, contact_id, file_box_type, user_id (hidden input)
-- (Down to here: written by the target write_sql.)

-- Files that were uploaded, without their content: id, file_name, category, contact_id, file_size in bytes, is_public.

-- The files of one contact. 1 request.
SELECT file_name, category, file_size FROM infusionsoft_files WHERE contact_id = 214;

-- Files that anybody on the web can read. 1 request.
SELECT id, file_name, category FROM infusionsoft_files WHERE is_public = 1;

-- What a user has uploaded. 1 request.
SELECT file_name, updated_time FROM infusionsoft_files WHERE created_by_id = 11111;

-- Space by category, in kilobytes. 1 request for each 1000 files.
SELECT category, count(*) AS files, round(sum(file_size) / 1024.0, 1) AS kb
FROM infusionsoft_files GROUP BY 1 ORDER BY 3 DESC;

-- The largest files.
SELECT file_name, file_size, contact_id FROM infusionsoft_files ORDER BY file_size DESC LIMIT 10;
