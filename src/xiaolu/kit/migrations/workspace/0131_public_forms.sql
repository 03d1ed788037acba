-- The addresses of public forms: unguessable, and exchanged for new ones at will.
CREATE TABLE public_link (
    form text PRIMARY KEY,
    token text NOT NULL UNIQUE,
    created_at timestamptz NOT NULL
);

-- The key that riddles for strangers' browsers are signed with, and addresses are hashed with.
CREATE TABLE public_secret (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    secret bytea NOT NULL
);

-- Riddles that were solved and used, until they would have run out anyway.
CREATE TABLE public_riddle (
    salt text PRIMARY KEY,
    expires_at timestamptz NOT NULL
);
CREATE INDEX public_riddle_expires ON public_riddle (expires_at);

-- What came in through public forms: what became a record, what waits for somebody's word, what was turned away.
CREATE TABLE public_submission (
    id uuid PRIMARY KEY,
    form text NOT NULL,
    at timestamptz NOT NULL,
    state text NOT NULL CHECK (state IN ('accepted', 'held', 'refused', 'dropped')),
    reason text,
    entity text NOT NULL,
    record_id uuid,
    owner_id uuid,
    content jsonb,
    origin jsonb NOT NULL,
    address bytea
);
CREATE INDEX public_submission_form ON public_submission (form, at DESC);
CREATE INDEX public_submission_address ON public_submission (form, address, at) WHERE address IS NOT NULL;

-- Whose turn it was last, for forms that hand leads out in turn.
CREATE TABLE public_turn (
    form text PRIMARY KEY,
    member_id uuid NOT NULL
);
