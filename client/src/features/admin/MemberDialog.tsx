import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMemberChanges } from "@/api/admin";
import { ApiError } from "@/api/client";
import type { FieldDefinition, Member, MemberDraft, Role } from "@/api/types";
import { DepartmentEdit } from "@/fields/reference/edit";
import { useErrorText } from "@/fields/useTexts";
import { sortProblems } from "@/model/problems";
import { Button } from "@/ui/Button";
import { Check, FieldFrame, TextInput } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import styles from "./Admin.module.css";

const DEPARTMENT = { key: "department", type: "department", options: {} } as unknown as FieldDefinition;
const KNOWN = new Set(["name", "login", "email", "phone", "department", "roles", "password"]);
const TEXTS = ["name", "login", "phone", "email"] as const;

interface MemberDialogProps {
  /** null: a new member. */
  member: Member | null;
  roles: Role[];
  onClose: () => void;
}

export function MemberDialog({ member, roles, onClose }: MemberDialogProps) {
  const { t } = useTranslation(["admin", "common"]);
  const errorText = useErrorText();
  const { create, update } = useMemberChanges();
  const [tried, setTried] = useState(false);
  const [draft, setDraft] = useState<MemberDraft>({
    name: member?.name ?? "",
    login: member?.login ?? "",
    email: member?.email ?? "",
    phone: member?.phone ?? "",
    department: member?.department?.id ?? null,
    roles: member?.roles ?? [],
  });
  const error = create.error ?? update.error;
  const problems = error instanceof ApiError ? sortProblems(error.problems, KNOWN) : { fields: {}, rest: [] };
  const isOnFields = Object.keys(problems.fields).length > 0;
  const missing: Partial<Record<string, string>> = {
    ...(draft.name.trim() ? {} : { name: t("admin:members.needName") }),
    ...(draft.login.trim() ? {} : { login: t("admin:members.needLogin") }),
  };
  const change = (next: Partial<MemberDraft>) => setDraft((all) => ({ ...all, ...next }));
  const submit = () => {
    setTried(true);
    if (Object.keys(missing).length > 0) return;
    const sent = { ...draft, email: draft.email || null, phone: draft.phone || null };
    const done = (text: string) => () => {
      toast.done(text);
      onClose();
    };
    if (member) update.mutate({ id: member.id, ...sent }, { onSuccess: done(t("admin:members.saved")) });
    else create.mutate(sent, { onSuccess: done(t("admin:members.created", { name: draft.name })) });
  };
  const errorOf = (key: string) => (tried ? missing[key] : undefined) ?? problems.fields[key] ?? null;
  return (
    <Dialog
      title={t(member ? "admin:members.edit" : "admin:members.create")}
      width={600}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      onSubmit={submit}
      foot={
        <>
          <Button onClick={onClose}>{t("common:actions.cancel")}</Button>
          <Button kind="primary" type="submit" busy={create.isPending || update.isPending}>
            {t("common:actions.save")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {error && !isOnFields && (
          <div className={styles.wide}>
            <Notice kind="danger">{errorText(error)}</Notice>
          </div>
        )}
        {TEXTS.map((key) => (
          <FieldFrame
            key={key}
            label={t(`admin:members.${key}`)}
            required={key === "name" || key === "login"}
            error={errorOf(key)}
          >
            {(ids) => (
              <TextInput
                {...ids}
                autoComplete="off"
                value={draft[key] ?? ""}
                onChange={(event) => change({ [key]: event.target.value })}
              />
            )}
          </FieldFrame>
        ))}
        <FieldFrame label={t("admin:members.department")} error={errorOf("department")}>
          {(ids) => (
            <DepartmentEdit
              field={DEPARTMENT}
              value={draft.department ?? null}
              ids={ids}
              onChange={(value) => change({ department: value as string | null })}
            />
          )}
        </FieldFrame>
        {!member && (
          <FieldFrame
            label={t("admin:members.password")}
            help={t("admin:members.passwordHelp")}
            error={errorOf("password")}
          >
            {(ids) => (
              <TextInput
                {...ids}
                type="text"
                autoComplete="new-password"
                value={draft.password ?? ""}
                onChange={(event) => change({ password: event.target.value })}
              />
            )}
          </FieldFrame>
        )}
        <FieldFrame className={styles.wide} label={t("admin:members.roles")} error={errorOf("roles")}>
          {(ids) => (
            <div className={styles.tags} style={{ gap: "0 18px" }}>
              {roles.map((role, index) => (
                <Check
                  key={role.key}
                  {...(index === 0 ? { id: ids.id } : {})}
                  checked={draft.roles.includes(role.key)}
                  onChange={(on) =>
                    change({ roles: on ? [...draft.roles, role.key] : draft.roles.filter((each) => each !== role.key) })
                  }
                >
                  {role.label}
                </Check>
              ))}
            </div>
          )}
        </FieldFrame>
      </div>
    </Dialog>
  );
}
