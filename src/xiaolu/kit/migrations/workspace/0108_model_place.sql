-- Where builders put an entity on the picture of the data model; without a row it is placed by itself.
CREATE TABLE model_place (
    entity text PRIMARY KEY,
    x integer NOT NULL,
    y integer NOT NULL
);
