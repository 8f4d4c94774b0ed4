// The database of objects: a row a version, found by bucket and key in the order of S3's lists, which is that of the bytes of UTF-8.

export const migrations: readonly string[] = [
  `
  CREATE TABLE versions (
    bucket TEXT NOT NULL,
    key BLOB NOT NULL,
    -- Of the versions of a key the newest has the least.
    rank INTEGER NOT NULL,
    id TEXT NOT NULL,
    latest INTEGER NOT NULL,
    marker INTEGER NOT NULL,
    size INTEGER NOT NULL,
    etag TEXT NOT NULL,
    modified INTEGER NOT NULL,
    record TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (bucket, key, rank)
  ) WITHOUT ROWID;
  CREATE UNIQUE INDEX version_ids ON versions (bucket, key, id);
  CREATE INDEX shown ON versions (bucket, key) WHERE latest = 1 AND marker = 0;
  CREATE TABLE last_rank (rank INTEGER NOT NULL);
  INSERT INTO last_rank VALUES (0);
  CREATE TABLE uploads (
    bucket TEXT NOT NULL,
    key BLOB NOT NULL,
    id TEXT NOT NULL UNIQUE,
    started INTEGER NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (bucket, key, id)
  ) WITHOUT ROWID;
  CREATE TABLE parts (
    upload TEXT NOT NULL,
    number INTEGER NOT NULL,
    size INTEGER NOT NULL,
    etag TEXT NOT NULL,
    modified INTEGER NOT NULL,
    checksum TEXT,
    content TEXT NOT NULL,
    PRIMARY KEY (upload, number)
  ) WITHOUT ROWID;
  -- How many pieces of contents lie in a file; at none it can go.
  CREATE TABLE files (id TEXT PRIMARY KEY, pieces INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX unused_files ON files (id) WHERE pieces = 0;
  `,
];
