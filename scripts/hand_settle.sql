-- A year of points as somebody would write it by hand in one statement: SQLite, PostgreSQL and DuckDB run it as it stands.
-- `make bench` measures the settlement against it and compares the sums of both (R-PTS-01…04, 07).
CREATE TABLE hand_settled AS
WITH caps(item, cap) AS (
  VALUES ('P02', 800), ('P03', 400), ('P04', 1500), ('P05', 600), ('P06', 600), ('P07', 900), ('P08', 400), ('P09', 600),
         ('P10', 600), ('P11', 600), ('P12', 400), ('D01', 800), ('D02', 600), ('D03', 1000), ('D04', 1000), ('D05', 1500), ('D06', 2000)
),
sums AS (
  SELECT membership_id, item, SUM(points) AS points FROM points_entries
  WHERE year = 2022 AND state = 'approved' GROUP BY membership_id, item
),
capped AS (
  SELECT sums.membership_id,
         SUM(CASE WHEN points <= 0 THEN 0 WHEN points < cap THEN points ELSE cap END) AS bonus,
         SUM(CASE WHEN points >= 0 THEN 0 WHEN -points < cap THEN -points ELSE cap END) AS deduction
  FROM sums JOIN caps ON caps.item = sums.item GROUP BY sums.membership_id
),
sides AS (
  SELECT memberships.id, memberships.person_id, memberships.affiliation, memberships.service,
         CASE WHEN registered_on >= '2023' THEN 0
              WHEN registered_on >= '2022' THEN 500 * (13 - CAST(SUBSTR(registered_on, 6, 2) AS INTEGER))
              ELSE 6000 END
         + CASE WHEN COALESCE(bonus, 0) < 4000 THEN COALESCE(bonus, 0) ELSE 4000 END - COALESCE(deduction, 0) AS raw
  FROM memberships LEFT JOIN capped ON capped.membership_id = memberships.id
  WHERE memberships.state <> 'reported' AND (ended_on IS NULL OR ended_on > '2022-12-31')
),
compounds AS (
  SELECT sides.*, CASE WHEN raw < 0 THEN 0 WHEN raw > 10000 THEN 10000 ELSE raw END AS compound FROM sides
)
SELECT compounds.id AS membership_id, compound,
       CASE WHEN affiliation = 'mobile' OR service = 'non_service' THEN compound
            WHEN score IS NULL THEN NULL
            ELSE CAST(FLOOR((compound * max + score * 10000.0) / (2.0 * max) + 0.5) AS BIGINT) END AS result
FROM compounds LEFT JOIN unit_scores ON unit_scores.person_id = compounds.person_id AND unit_scores.year = 2022;
