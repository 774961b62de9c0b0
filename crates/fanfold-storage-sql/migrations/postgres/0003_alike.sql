-- The same story again. `shingles`: the sampled hashes of the shown text, four bytes each, little endian.
-- `screened`: whether it was laid beside the others since the text changed.
CREATE TABLE sketches (
  work BIGINT NOT NULL PRIMARY KEY REFERENCES works (id) ON DELETE CASCADE,
  rules TEXT NOT NULL,
  words BIGINT NOT NULL,
  shingles BYTEA NOT NULL,
  screened BIGINT NOT NULL
);
CREATE INDEX sketches_unscreened ON sketches (work) WHERE screened = 0;

-- Pairs that share passages, the smaller number first; shares in ten-thousandths. `state`: what a person said.
CREATE TABLE pairs (
  a BIGINT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
  b BIGINT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
  verdict TEXT NOT NULL,
  in_a BIGINT NOT NULL,
  in_b BIGINT NOT NULL,
  spans TEXT NOT NULL,
  state TEXT NOT NULL,
  actor TEXT,
  at TEXT,
  PRIMARY KEY (a, b)
);
CREATE INDEX pairs_b ON pairs (b, a);
