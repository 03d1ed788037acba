CREATE TABLE department (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    parent_id uuid REFERENCES department,
    manager_id uuid,
    position integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    archived_at timestamptz
);
CREATE TABLE member (
    id uuid PRIMARY KEY,
    login text NOT NULL UNIQUE,
    name text NOT NULL,
    name_sort text NOT NULL DEFAULT '',
    email text,
    phone text,
    department_id uuid REFERENCES department,
    language text NOT NULL DEFAULT 'zh',
    password_hash text,
    password_changed_at timestamptz,
    totp_secret text,
    totp_confirmed_at timestamptz,
    totp_last_step bigint,
    failed_sign_ins integer NOT NULL DEFAULT 0,
    locked_until timestamptz,
    created_at timestamptz NOT NULL,
    disabled_at timestamptz
);
ALTER TABLE department ADD FOREIGN KEY (manager_id) REFERENCES member DEFERRABLE INITIALLY DEFERRED;
CREATE TABLE member_role (
    member_id uuid NOT NULL REFERENCES member,
    role text NOT NULL,
    PRIMARY KEY (member_id, role)
);
CREATE TABLE session (
    id uuid PRIMARY KEY,
    member_id uuid NOT NULL REFERENCES member,
    token_hash bytea NOT NULL UNIQUE,
    csrf_token text NOT NULL,
    created_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    address text,
    agent text
);
CREATE INDEX session_member ON session (member_id);
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
    entity text NOT NULL,
    record_id uuid NOT NULL,
    member_id uuid REFERENCES member,
    department_id uuid REFERENCES department,
    access text NOT NULL,             -- read or update
    shared_by uuid NOT NULL REFERENCES member,
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
    action text NOT NULL,             -- sign_in.succeeded, sign_in.failed, role.assigned, definitions.published, export.made, …
    subject_kind text,
    subject_id text,
    detail jsonb NOT NULL DEFAULT '{}',
    address text
);
CREATE INDEX audit_at ON audit (at DESC);
