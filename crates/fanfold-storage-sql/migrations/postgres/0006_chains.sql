-- Links of works as they are shown ("sequel to", "continued in"), and the keys under which the works that they name
-- are looked for: `creator TAB title`, or `@address`. Works of older libraries are read for them once (`marks`).
CREATE TABLE work_links (
  work BIGINT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
  place BIGINT NOT NULL,
  rel TEXT COLLATE "C" NOT NULL,
  part BIGINT,
  title TEXT COLLATE "C",
  url TEXT COLLATE "C",
  PRIMARY KEY (work, place)
);
CREATE TABLE link_keys (
  key TEXT COLLATE "C" NOT NULL,
  work BIGINT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
  PRIMARY KEY (key, work)
);
CREATE INDEX link_keys_work ON link_keys (work);
INSERT INTO marks (name, at) SELECT 'links', '0' WHERE EXISTS (SELECT 1 FROM works);

-- Series that no source states: works that such links chain. Made anew whenever one of them changes; numbers come
-- from the counter of series. `anchor` is the oldest work of the chain.
CREATE TABLE chains (
  id BIGINT NOT NULL PRIMARY KEY,
  uid TEXT COLLATE "C" NOT NULL UNIQUE,
  anchor BIGINT NOT NULL UNIQUE REFERENCES works (id) ON DELETE CASCADE
);
CREATE TABLE chain_works (
  chain BIGINT NOT NULL REFERENCES chains (id) ON DELETE CASCADE,
  place BIGINT NOT NULL,
  work BIGINT NOT NULL UNIQUE REFERENCES works (id) ON DELETE CASCADE,
  PRIMARY KEY (chain, place)
);
