-- Bytes that hold many works, of which an import has committed only the first: not known until they have ended.
CREATE TABLE begun (
  blake3 TEXT COLLATE "C" NOT NULL PRIMARY KEY
);
