import { MoreHorizontal, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMemberChanges, useMembers, useRoles } from "@/api/admin";
import type { Member } from "@/api/types";
import { useErrorText, useWhenText } from "@/fields/useTexts";
import { Button, IconButton } from "@/ui/Button";
import { SearchInput } from "@/ui/controls";
import { Menu } from "@/ui/Menu";
import { useIsPhone } from "@/ui/media";
import { Avatar, EmptyState, Page, PageHeader, Panel, PlainTable, SkeletonLines, Tag } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { useMayViewAs, ViewAsDialog } from "@/views/access/ViewAsDialog";
import styles from "./Admin.module.css";
import { DisableDialog } from "./DisableDialog";
import { MemberDialog } from "./MemberDialog";
import { ResetPasswordDialog } from "./ResetPasswordDialog";

type Open = { kind: "edit" | "password" | "disable" | "view"; member: Member } | { kind: "create" } | null;

interface RowProps {
  member: Member;
  roleLabel: (key: string) => string;
  onOpen: (open: Open) => void;
  onEnable: (member: Member) => void;
}

function MemberRow({ member, roleLabel, onOpen, onEnable }: RowProps) {
  const { t } = useTranslation(["admin", "common"]);
  const whenText = useWhenText();
  const mayViewAs = useMayViewAs();
  return (
    <tr className={styles.member}>
      <td>
        <div className={styles.person}>
          <Avatar name={member.name} size={28} />
          <div>
            {member.name}
            <small>{member.login}</small>
          </div>
        </div>
      </td>
      <td className={styles.whole} data-label={t("admin:members.department")}>
        {member.department?.name}
      </td>
      <td>
        <div className={styles.tags}>
          {member.roles.map((role) => (
            <Tag key={role} colour={role === "admin" ? "purple" : "cyan"}>
              {roleLabel(role)}
            </Tag>
          ))}
        </div>
      </td>
      <td data-label={t("admin:members.phone")}>{member.phone}</td>
      <td data-label={t("admin:members.seen")}>
        {member.last_seen_at ? whenText(member.last_seen_at) : t("admin:members.never")}
      </td>
      <td>
        <Tag dot colour={member.disabled ? "grey" : "green"}>
          {t(member.disabled ? "admin:members.disabled" : "admin:members.active")}
        </Tag>
      </td>
      <td className={styles.corner}>
        <Menu
          end
          label={member.name}
          trigger={(trigger) => (
            <IconButton {...trigger} small label={`${t("common:actions.more")} ${member.name}`}>
              <MoreHorizontal size={16} />
            </IconButton>
          )}
          entries={[
            { key: "edit", label: t("common:actions.edit"), onSelect: () => onOpen({ kind: "edit", member }) },
            {
              key: "password",
              label: t("admin:members.resetPassword"),
              onSelect: () => onOpen({ kind: "password", member }),
            },
            ...(mayViewAs(member.id) && !member.disabled
              ? [{ key: "view", label: t("common:viewing.start"), onSelect: () => onOpen({ kind: "view", member }) }]
              : []),
            member.disabled
              ? { key: "enable", label: t("admin:members.enable"), split: true, onSelect: () => onEnable(member) }
              : {
                  key: "disable",
                  label: t("admin:members.disable"),
                  danger: true,
                  split: true,
                  onSelect: () => onOpen({ kind: "disable", member }),
                },
          ]}
        />
      </td>
    </tr>
  );
}

export function MembersPage() {
  const { t } = useTranslation(["admin", "common"]);
  const isPhone = useIsPhone();
  const errorText = useErrorText();
  const members = useMembers();
  const roles = useRoles();
  const { update } = useMemberChanges();
  const [text, setText] = useState("");
  const [open, setOpen] = useState<Open>(null);
  const roleLabel = (key: string) => roles.data?.find((role) => role.key === key)?.label ?? key;
  const wanted = text.trim().toLowerCase();
  const shown = (members.data ?? []).filter((member) =>
    [member.name, member.login, member.department?.name ?? ""].some((each) => each.toLowerCase().includes(wanted)),
  );
  const change = (member: Member, disabled: boolean) =>
    update.mutate(
      { id: member.id, disabled },
      {
        onSuccess: () => {
          toast.done(t("admin:members.saved"));
          setOpen(null);
        },
        onError: (error) => toast.error(errorText(error)),
      },
    );
  return (
    <Page>
      <PageHeader
        title={t("admin:members.title")}
        note={members.data && t("admin:members.count", { count: members.data.length })}
        actions={
          <>
            <SearchInput
              className={styles.search}
              aria-label={t("admin:members.search")}
              placeholder={t(isPhone ? "common:nav.searchShort" : "admin:members.search")}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
            <Button kind="primary" icon={<Plus size={16} />} onClick={() => setOpen({ kind: "create" })}>
              {t("admin:members.create")}
            </Button>
          </>
        }
      />
      <Panel flush>
        {members.isPending && (
          <div style={{ padding: 16 }}>
            <SkeletonLines lines={8} />
          </div>
        )}
        {members.isError && <EmptyState title={errorText(members.error)} />}
        {members.data && shown.length === 0 && <EmptyState title={t("admin:members.empty")} />}
        {shown.length > 0 && (
          <PlainTable stacked label={t("admin:members.title")}>
            <thead>
              <tr>
                {(["name", "department", "roles", "phone", "seen", "state"] as const).map((column) => (
                  <th key={column} scope="col">
                    {t(`admin:members.${column}`)}
                  </th>
                ))}
                <th scope="col">
                  <span className="visually-hidden">{t("common:actions.more")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((member) => (
                <MemberRow
                  key={member.id}
                  member={member}
                  roleLabel={roleLabel}
                  onOpen={setOpen}
                  onEnable={(each) => change(each, false)}
                />
              ))}
            </tbody>
          </PlainTable>
        )}
      </Panel>
      {open?.kind === "create" && <MemberDialog member={null} roles={roles.data ?? []} onClose={() => setOpen(null)} />}
      {open?.kind === "edit" && (
        <MemberDialog member={open.member} roles={roles.data ?? []} onClose={() => setOpen(null)} />
      )}
      {open?.kind === "password" && <ResetPasswordDialog member={open.member} onClose={() => setOpen(null)} />}
      {open?.kind === "view" && <ViewAsDialog member={open.member.id} onClose={() => setOpen(null)} />}
      {open?.kind === "disable" && (
        <DisableDialog
          member={open.member}
          busy={update.isPending}
          onClose={() => setOpen(null)}
          onDisable={() => change(open.member, true)}
        />
      )}
    </Page>
  );
}
