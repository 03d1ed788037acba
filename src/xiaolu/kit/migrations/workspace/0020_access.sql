CREATE TABLE department (
    id uuid PRIMARY KEY,
    version integer NOT NULL DEFAULT 1,
    name text NOT NULL,
    parent_id uuid REFERENCES department,
    manager_id uuid,
    position integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    archived_at timestamptz,
    CHECK (parent_id <> id)
);
CREATE INDEX department_parent ON department (parent_id);
CREATE INDEX department_manager ON department (manager_id) WHERE manager_id IS NOT NULL;
CREATE TABLE member (
    id uuid PRIMARY KEY,
    version integer NOT NULL DEFAULT 1,
    login text NOT NULL UNIQUE,       -- lower case
    name text NOT NULL,
    name_sort text NOT NULL DEFAULT '',
    name_search text NOT NULL DEFAULT '', -- name, login, pinyin and initials, lower case
    email text,
    phone text,
    department_id uuid REFERENCES department,
    has_moved boolean NOT NULL DEFAULT false, -- was in another department before: records of theirs may still name it
    language text NOT NULL DEFAULT 'zh',
    password_hash text,
    password_changed_at timestamptz,
    password_must_change boolean NOT NULL DEFAULT false,
    totp_secret text,
    totp_confirmed_at timestamptz,
    totp_last_step bigint,            -- a code is taken once
    seen_at timestamptz,
    created_at timestamptz NOT NULL,
    disabled_at timestamptz
);
CREATE INDEX member_department ON member (department_id);
CREATE INDEX member_name ON member (name_sort, id);
ALTER TABLE department ADD FOREIGN KEY (manager_id) REFERENCES member DEFERRABLE INITIALLY DEFERRED;
CREATE TABLE member_role (
    member_id uuid NOT NULL REFERENCES member,
    role text NOT NULL,
    PRIMARY KEY (member_id, role)
);
CREATE INDEX member_role_role ON member_role (role);
-- Failed sign-ins by login, whether or not there is such a member, so that a lock does not tell which logins exist.
CREATE TABLE sign_in_attempt (
    login text PRIMARY KEY,
    failed integer NOT NULL,
    last_at timestamptz NOT NULL,
    locked_until timestamptz
);
CREATE INDEX sign_in_attempt_last ON sign_in_attempt (last_at);
CREATE TABLE recovery_code (
    member_id uuid NOT NULL REFERENCES member,
    code_hash bytea NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (member_id, code_hash)
);
CREATE TABLE session (
    id uuid PRIMARY KEY,
    member_id uuid NOT NULL REFERENCES member,
    token_hash bytea NOT NULL UNIQUE,
    created_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    address text,
    agent text
);
CREATE INDEX session_member ON session (member_id);
CREATE INDEX session_expires ON session (expires_at);
CREATE TABLE api_key (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    prefix text NOT NULL UNIQUE,
    secret_hash bytea NOT NULL,
    role text NOT NULL,
    created_by uuid NOT NULL REFERENCES member,
    created_at timestamptz NOT NULL,
    used_at timestamptz,
    expires_at timestamptz,
    revoked_at timestamptz
);
CREATE TABLE share (
    id uuid NOT NULL UNIQUE,
    entity text NOT NULL,
    record_id uuid NOT NULL,
    member_id uuid REFERENCES member,
    department_id uuid REFERENCES department,
    access text NOT NULL CHECK (access IN ('read', 'update')),
    shared_by uuid REFERENCES member, -- NULL: the platform itself
    shared_at timestamptz NOT NULL,
    CHECK (num_nonnulls(member_id, department_id) = 1),
    UNIQUE NULLS NOT DISTINCT (entity, record_id, member_id, department_id)
);
CREATE INDEX share_member ON share (member_id, entity);
CREATE INDEX share_department ON share (department_id, entity);
CREATE TABLE audit (
    id uuid PRIMARY KEY,
    at timestamptz NOT NULL,
    actor_id uuid,
    actor_name text NOT NULL,
    action text NOT NULL,             -- sign_in.succeeded, sign_in.failed, member.roles_changed, definitions.published, export.made, …
    subject_kind text,
    subject_id text,
    subject_text text,
    detail jsonb NOT NULL DEFAULT '{}',
    address text
);
CREATE INDEX audit_at ON audit (at DESC, id DESC);
CREATE INDEX audit_action ON audit (action, at DESC, id DESC);
CREATE INDEX audit_actor ON audit (actor_id, at DESC, id DESC);
-- The log is only added to: rows leave it by nobody's hand.
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log cannot be changed';
END $$;
CREATE TRIGGER audit_unchanged BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
