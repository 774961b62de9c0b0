-- What the library's own tags suggest for works that do not say it: shown as guesses, never as facts.
CREATE TABLE guesses (
  work BIGINT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
  field TEXT COLLATE "C" NOT NULL,
  value TEXT COLLATE "C" NOT NULL,
  percent BIGINT NOT NULL,
  why TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (work, field, value)
);
