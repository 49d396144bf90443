-- Voices by running number, for `make bench-voices`, on either database: from {from} and before {until}, one in a hundred still
-- open, one in fifty about a lift. Nothing of them is checked in.
DROP TABLE IF EXISTS numbers;
CREATE TABLE numbers (i BIGINT);
INSERT INTO numbers VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9);
DROP TABLE IF EXISTS numbered;
CREATE TABLE numbered AS SELECT code, ROW_NUMBER() OVER (ORDER BY code) - 1 AS n FROM places WHERE level = 'branch' AND is_active;
INSERT INTO voices (id, place, spot, kind, topic, channel, text, code_index, received_at, term, state, state_since, desk, first_desk, counted_from, extra, is_extended, hands, reopenings, is_prompt, was_late, due_at, version)
SELECT '01900000-0000-7000-8000-' || CAST(100000000000 + v.i AS TEXT), p.code, '3栋', 'help', 'repairs', 'web',
CASE WHEN v.i % 50 = 0 THEN '电梯又停了，老人上不了楼，请来修。' ELSE '楼顶漏水，墙皮都掉了，请来看看。' END,
'bench-' || CAST(v.i AS TEXT), 1640000000000000 + v.i * 30000000, 'ordinary',
CASE WHEN v.i % 100 = 0 THEN 'in_progress' ELSE 'closed' END, 1640000000000000 + v.i * 30000000, 'branch', 'branch',
1640000000000000 + v.i * 30000000, 0, FALSE, 0, 0, TRUE, FALSE,
CASE WHEN v.i % 100 = 0 THEN 1672000000000000 ELSE NULL END, 0
FROM (SELECT a.i + 10 * b.i + 100 * c.i + 1000 * d.i + 10000 * e.i + 100000 * f.i AS i
FROM numbers a, numbers b, numbers c, numbers d, numbers e, numbers f) v
JOIN numbered p ON p.n = v.i % (SELECT COUNT(*) FROM numbered)
WHERE v.i >= {from} AND v.i < {until};
ANALYZE
