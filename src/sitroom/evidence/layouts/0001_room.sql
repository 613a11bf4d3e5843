-- What a room holds. Rows are only ever added. `body` is the whole record as JSON; the other columns are to select by.

CREATE TABLE reports (
    id VARCHAR PRIMARY KEY,
    name VARCHAR,
    title VARCHAR,
    publisher VARCHAR,
    url VARCHAR,
    published_from DATE,
    published_to DATE,
    published_basis VARCHAR,
    language VARCHAR,
    known_by DATE,
    note VARCHAR,               -- why nothing was coded from it; empty where it was
    body VARCHAR
);

CREATE TABLE events (
    id VARCHAR,
    report VARCHAR,
    position INTEGER,           -- its place among the events of its report
    known_by DATE,
    period_from DATE,
    period_to DATE,
    rule VARCHAR,
    confidence DOUBLE,
    label VARCHAR,              -- PLOVER type
    mode VARCHAR,
    score DOUBLE,
    historical BOOLEAN,
    modality VARCHAR,
    actor_keys VARCHAR[],
    recipient_keys VARCHAR[],
    place_keys VARCHAR[],
    place VARCHAR,
    lat DOUBLE,
    lon DOUBLE,
    attributed_to VARCHAR,
    body VARCHAR
);

CREATE TABLE statements AS FROM events;   -- label: stance
CREATE TABLE relations AS FROM events;    -- label: name of the relation

CREATE TABLE unresolved (report VARCHAR, body VARCHAR);

CREATE TABLE judgements (
    id VARCHAR PRIMARY KEY,
    about VARCHAR[],
    verdict VARCHAR,
    decided VARCHAR,
    body VARCHAR
);

-- Near copies: the MinHash signature of every report, the bands it is looked up by, and the pairs found.
CREATE TABLE signatures (report VARCHAR, signature BLOB, facts VARCHAR[]);
CREATE TABLE bands (band UBIGINT, report VARCHAR);
CREATE TABLE copies (one VARCHAR, other VARCHAR, similarity DOUBLE);
