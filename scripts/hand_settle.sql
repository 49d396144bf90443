-- A year of points as somebody would write it by hand in one statement: SQLite, PostgreSQL and DuckDB run it as it stands.
-- `make bench` measures the settlement against it and compares the sums of both (R-PTS-01…04, 07).
-- The caps are those of the year, which has one catalogue here; `head` is the item whose cap is shared.
-- Rounding is done in integers: SQLite need not have FLOOR, and the three divide integers each in its own way.
CREATE TABLE hand_settled AS
WITH caps(item, head, cap) AS (
  VALUES ('P02', 'P02', 800), ('P03', 'P03', 400), ('P04', 'P04', 1500), ('P05', 'P05', 600), ('P06', 'P06', 600),
         ('P07', 'P07', 900), ('P13', 'P07', 900), ('P08', 'P08', 400), ('P09', 'P09', 600), ('P10', 'P10', 600),
         ('P11', 'P11', 600), ('P12', 'P12', 400), ('P14', 'P12', 400), ('D01', 'D01', 800), ('D02', 'D02', 600),
         ('D03', 'D03', 1000), ('D04', 'D04', 1000), ('D05', 'D05', 1500), ('D06', 'D06', 2000)
),
-- Lines that a branch confirmed: those in a roll at the end of the year, and those that lasted into it.
confirmed AS (
  SELECT id, person_id, affiliation, service, registered_on,
         CASE WHEN (registered_on IS NULL OR registered_on <= '2022-12-31') AND (ended_on IS NULL OR ended_on > '2022-12-31')
              THEN 1 ELSE 0 END AS stays,
         CASE WHEN ended_on IS NULL OR ended_on >= '2022-01-01' THEN 1 ELSE 0 END AS lasts
  FROM memberships WHERE state = 'confirmed' OR (state <> 'reported' AND verified_on IS NOT NULL)
),
since AS (
  SELECT person_id, CASE WHEN COUNT(registered_on) = COUNT(*) THEN MIN(registered_on) END AS registered_on
  FROM confirmed WHERE lasts = 1 GROUP BY person_id
),
-- Where the points of a line count: on itself, or on the line that its person is in at the end of the year.
owners AS (
  SELECT id AS line, id AS member FROM confirmed WHERE stays = 1
  UNION ALL
  SELECT gone.id, here.id FROM confirmed AS gone JOIN confirmed AS here ON here.person_id = gone.person_id AND here.stays = 1
  WHERE gone.stays = 0
),
-- Lifted above zero by a round number, half a hundredth added, so that the rest is taken off downwards.
lifted AS (
  SELECT member, item, CAST(SUM(fine) AS BIGINT) + 1000000005000 AS fine
  FROM points_entries JOIN owners ON owners.line = points_entries.membership_id
  WHERE year = 2022 AND state = 'approved' GROUP BY member, item
),
sums AS (SELECT member, item, CAST((fine - fine % 10000) / 10000 AS BIGINT) - 100000000 AS points FROM lifted),
shared AS (
  SELECT member, head, MAX(cap) AS cap,
         SUM(CASE WHEN points <= 0 THEN 0 WHEN points < cap THEN points ELSE cap END) AS bonus,
         SUM(CASE WHEN points >= 0 THEN 0 WHEN -points < cap THEN -points ELSE cap END) AS deduction
  FROM sums JOIN caps ON caps.item = sums.item GROUP BY member, head
),
capped AS (
  SELECT member, SUM(CASE WHEN bonus < cap THEN bonus ELSE cap END) AS bonus, SUM(deduction) AS deduction
  FROM shared GROUP BY member
),
sides AS (
  SELECT confirmed.id, confirmed.person_id, affiliation, service,
         CASE WHEN since.registered_on >= '2022' THEN 500 * (13 - CAST(SUBSTR(since.registered_on, 6, 2) AS INTEGER))
              ELSE 6000 END
         + CASE WHEN COALESCE(bonus, 0) < 4000 THEN COALESCE(bonus, 0) ELSE 4000 END - COALESCE(deduction, 0) AS raw
  FROM confirmed
  JOIN since ON since.person_id = confirmed.person_id
  LEFT JOIN capped ON capped.member = confirmed.id
  WHERE stays = 1
),
compounds AS (
  SELECT sides.*, CAST(CASE WHEN raw < 0 THEN 0 WHEN raw > 10000 THEN 10000 ELSE raw END AS BIGINT) AS compound FROM sides
),
scored AS (
  SELECT compounds.*, 2 * max AS parts, compound * max + score * 10000 + max AS doubled
  FROM compounds LEFT JOIN unit_scores ON unit_scores.person_id = compounds.person_id AND unit_scores.year = 2022
)
SELECT id AS membership_id, compound,
       CASE WHEN affiliation = 'mobile' OR service = 'non_service' THEN compound
            WHEN parts IS NULL THEN NULL
            ELSE CAST((doubled - doubled % parts) / parts AS BIGINT) END AS result
FROM scored;
