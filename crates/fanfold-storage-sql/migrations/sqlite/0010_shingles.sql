-- Which works have a shingle, so that a new text meets those it has something in common with, and not the whole library.
-- A run is written once, in the order of its shingles, and lies in parts by their highest `bits`; small runs are merged to
-- larger ones. `place`: the run's number times 2^32, and the part's.
CREATE TABLE shingle_runs (
  run INTEGER NOT NULL PRIMARY KEY,
  bits INTEGER NOT NULL,
  texts INTEGER NOT NULL,
  postings INTEGER NOT NULL
) STRICT;
CREATE TABLE shingles (
  place INTEGER NOT NULL PRIMARY KEY,
  packed BLOB NOT NULL
) STRICT;

-- `screened` is 2 when the text was laid beside the others and its shingles are in a run; 1 when the run is wanting, in
-- libraries that had none.
CREATE INDEX sketches_unlisted ON sketches (work) WHERE screened = 1;
-- Every work has a row; where the sketch is still to be made, `rules` is empty.
CREATE INDEX sketches_rules ON sketches (rules, work);
INSERT INTO sketches (work, rules, words, shingles, screened)
  SELECT w.id, '', 0, x'', 0 FROM works w WHERE NOT EXISTS (SELECT 1 FROM sketches s WHERE s.work = w.id);
