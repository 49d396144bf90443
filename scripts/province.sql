-- A province's year of points in PostgreSQL, for `make bench-province`: {counties} counties of 4 streets, 28 communities and 280
-- branches each, 34 members to a branch, 25 entries to a member. Identifiers follow from a running number, so that every
-- run makes the same rows. `{items}` is the catalogue as JSON, `{counties}` how many counties there are. The client runs the statements one by one.
SET session_replication_role = replica;

CREATE FUNCTION id_of(n BIGINT) RETURNS TEXT IMMUTABLE PARALLEL SAFE LANGUAGE SQL
AS 'SELECT ''01900000-0000-7000-8000-'' || LPAD(TO_HEX(n), 12, ''0'')';

INSERT INTO places (code, name, level, is_active, version)
SELECT FORMAT('54%s', LPAD(c::TEXT, 4, '0')), FORMAT('第%s县', c), 'county', TRUE, 0 FROM GENERATE_SERIES(1, {counties}) c
UNION ALL
SELECT FORMAT('54%s-0001', LPAD(c::TEXT, 4, '0')), FORMAT('第%s县机关', c), 'unit', TRUE, 0 FROM GENERATE_SERIES(1, {counties}) c
UNION ALL
SELECT FORMAT('54%s%s', LPAD(c::TEXT, 4, '0'), LPAD(s::TEXT, 3, '0')), FORMAT('第%s街道', s), 'street', TRUE, 0
FROM GENERATE_SERIES(1, {counties}) c, GENERATE_SERIES(1, 4) s
UNION ALL
SELECT FORMAT('54%s%s%s', LPAD(c::TEXT, 4, '0'), LPAD(s::TEXT, 3, '0'), LPAD(m::TEXT, 3, '0')), FORMAT('第%s社区', m), 'community', TRUE, 0
FROM GENERATE_SERIES(1, {counties}) c, GENERATE_SERIES(1, 4) s, GENERATE_SERIES(1, 7) m
UNION ALL
SELECT FORMAT('54%s%s%s%s', LPAD(c::TEXT, 4, '0'), LPAD(s::TEXT, 3, '0'), LPAD(m::TEXT, 3, '0'), LPAD(b::TEXT, 4, '0')), FORMAT('第%s小区党支部', b), 'branch', TRUE, 0
FROM GENERATE_SERIES(1, {counties}) c, GENERATE_SERIES(1, 4) s, GENERATE_SERIES(1, 7) m, GENERATE_SERIES(1, 10) b;

INSERT INTO branches (place, kind, buildings, stairwells, households, residents, owners_committee, property_company, grids, brand, has_posted_duties, version)
SELECT code, 'formal', 6, 12, 180, 500, 'established', '物业', 1, '', TRUE, 0 FROM places WHERE level = 'branch' AND code LIKE '540%';

CREATE TABLE seats AS
SELECT ROW_NUMBER() OVER (ORDER BY code, m) AS n, code, SUBSTR(code, 1, 6) AS county, m
FROM places, GENERATE_SERIES(1, 34) m WHERE level = 'branch' AND code LIKE '540%';

INSERT INTO persons (id, home, name, version)
SELECT id_of(n), county, FORMAT('党员%s', n), 0 FROM seats;

INSERT INTO memberships (id, branch, person_id, kind, affiliation, service, building, speciality, claimed_post, registered_on, version)
SELECT id_of(n), code, id_of(n), 'full', CASE WHEN m = 34 THEN 'mobile' WHEN m > 15 THEN 'unit' ELSE 'here' END,
       CASE WHEN m <= 10 THEN 'non_service' ELSE 'in_service' END, '', '', '',
       CASE WHEN m = 33 THEN '2022-07-04' ELSE '2021-03-01' END, 0
FROM seats;

INSERT INTO points_catalogues (id, place, number, state, items, drafted_by, drafted_at, checked_by, checked_on, reason, effective_from, version)
SELECT id_of(ROW_NUMBER() OVER (ORDER BY code)), code, 1, 'adopted', '{items}', '', 0, '', '2022-01-06', '', '2022-01-11', 3
FROM places WHERE level = 'branch' AND code LIKE '540%';

INSERT INTO unit_scores (id, unit, person_id, year, score, max, note, entered_by, entered_at, version)
SELECT id_of(n), county || '-0001', id_of(n), 2022, 7000 + (n * 37) % 5000, 12000, '', '', 0, 0
FROM seats WHERE m > 10 AND m < 34 AND n % 50 <> 0;

INSERT INTO points_entries (id, branch, membership_id, year, item, points, fine, quantity, occurred_on, source_kind, source_id, note, document, state,
                            proposed_by, proposed_at, decided_by, decided_at, reason, is_reversed, version)
SELECT id_of(n * 25 + i), code, id_of(n), 2022,
       (ARRAY['P02','P02','P02','P04','P04','P04','P02','P05','P06','P07','P02','P04','P03','P09','P10','P02','P11','P04','P02','P07','P06','P12','P02','P04','D02'])[i + 1],
       (ARRAY[100,100,100,150,100,50,100,300,200,100,100,75,100,300,200,100,300,125,100,100,200,200,100,150,-200])[i + 1],
       10000::BIGINT * (ARRAY[100,100,100,150,100,50,100,300,200,100,100,75,100,300,200,100,300,125,100,100,200,200,100,150,-200])[i + 1],
       100, FORMAT('2022-%s-15', LPAD((i % 12 + 1)::TEXT, 2, '0')), 'hand', '', '', '',
       CASE WHEN i = 24 AND n % 10 <> 0 THEN 'rejected' ELSE 'approved' END, '支部书记', 1655251200000000, '支部委员', 1655337600000000, '', FALSE, 1
FROM seats, GENERATE_SERIES(0, 24) i;

DROP TABLE seats;
