// The tables of events. Whatever LookupEvents can ask about is a term, found by time, so that nothing is found by a scan.

/**
 * Steps that were released never change. A row of `terms` stands for all events of one second that were written together and have that
 * term; their `seq` is from `first` to `last`, among others perhaps. So an event costs few rows where there are many.
 */
export const migrations: readonly string[] = [
  `CREATE TABLE scopes (
     id INTEGER PRIMARY KEY,
     account TEXT NOT NULL,
     region TEXT NOT NULL,
     UNIQUE (account, region)
   );
   CREATE TABLE events (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL UNIQUE,
     scope INTEGER NOT NULL,
     time INTEGER NOT NULL,
     source TEXT NOT NULL,
     name TEXT NOT NULL,
     user TEXT,
     access_key TEXT,
     read_only INTEGER NOT NULL,
     denied INTEGER NOT NULL,
     error TEXT,
     resources TEXT NOT NULL,
     record TEXT NOT NULL
   );
   CREATE TABLE terms (
     scope INTEGER NOT NULL,
     term TEXT NOT NULL,
     time INTEGER NOT NULL,
     first INTEGER NOT NULL,
     last INTEGER NOT NULL,
     PRIMARY KEY (scope, term, time, first)
   ) WITHOUT ROWID;`,
];
