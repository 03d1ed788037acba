import { X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useShareChanges, useShares } from "@/api/records";
import type { FieldDefinition, Json, RecordRow, Share } from "@/api/types";
import { DepartmentEdit, PeopleEdit } from "@/fields/reference/edit";
import { useErrorText, useWhenText } from "@/fields/useTexts";
import { Button, IconButton } from "@/ui/Button";
import { FieldFrame, NativeSelect, Segments } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { Avatar, EmptyState, SkeletonLines, Tag } from "@/ui/surfaces";
import { toast } from "@/ui/toast";

const pickerField = (type: "user" | "department", label: string) =>
  ({ key: type, label, type, options: {} }) as unknown as FieldDefinition;

function ShareLine({ share, onRemove }: { share: Share; onRemove: () => void }) {
  const { t } = useTranslation("records");
  const whenText = useWhenText();
  const name = share.member?.name ?? share.department?.name ?? "";
  return (
    <li style={{ display: "flex", alignItems: "center", gap: 10, padding: "8px 0" }}>
      <Avatar name={name} size={28} />
      <div style={{ flex: 1, minWidth: 0 }}>
        <strong style={{ fontWeight: 500 }}>{name}</strong>
        <div style={{ color: "var(--ink-mute)", fontSize: "var(--text-xs)" }}>
          {t("share.by", { name: share.shared_by.name, when: whenText(share.at) })}
        </div>
      </div>
      <Tag colour={share.access === "update" ? "green" : "grey"}>{t(`share.${share.access}`)}</Tag>
      <IconButton small label={`${t("share.remove")} ${name}`} onClick={onRemove}>
        <X size={15} />
      </IconButton>
    </li>
  );
}

/** Opens one record to a person or a department that would not see it otherwise. */
export function ShareDialog({ record, onClose }: { record: RecordRow; onClose: () => void }) {
  const { t } = useTranslation(["records", "common"]);
  const errorText = useErrorText();
  const shares = useShares(record.entity, record.id);
  const { add, remove } = useShareChanges(record.entity, record.id);
  const [kind, setKind] = useState<"member" | "department">("member");
  const [who, setWho] = useState<Json>(null);
  const [access, setAccess] = useState<Share["access"]>("read");
  const submit = () => {
    if (typeof who !== "string") return;
    add.mutate({ [kind]: who, access }, { onSuccess: () => setWho(null) });
  };
  const Picker = kind === "member" ? PeopleEdit : DepartmentEdit;
  return (
    <Dialog
      title={t("records:share.title", { title: record.title })}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      onSubmit={submit}
    >
      <div style={{ display: "grid", gap: 12 }}>
        <Segments
          label={t("records:share.kind")}
          value={kind}
          options={[
            { value: "member", label: t("records:share.member") },
            { value: "department", label: t("records:share.department") },
          ]}
          onChange={(next) => {
            setKind(next);
            setWho(null);
          }}
        />
        <FieldFrame label={t("records:share.with")} error={add.error ? errorText(add.error) : null}>
          {(ids) => (
            <Picker
              field={pickerField(kind === "member" ? "user" : "department", t("records:share.with"))}
              value={who}
              onChange={setWho}
              ids={ids}
            />
          )}
        </FieldFrame>
        <div style={{ display: "flex", gap: 8, alignItems: "center" }}>
          <NativeSelect
            aria-label={t("records:share.access")}
            value={access}
            onChange={(event) => setAccess(event.target.value as Share["access"])}
            style={{ width: 140 }}
          >
            <option value="read">{t("records:share.read")}</option>
            <option value="update">{t("records:share.update")}</option>
          </NativeSelect>
          <Button kind="primary" type="submit" disabled={who === null} busy={add.isPending}>
            {t("records:share.add")}
          </Button>
        </div>
        <p style={{ margin: 0, color: "var(--ink-mute)", fontSize: "var(--text-sm)" }}>{t("records:share.hint")}</p>
        {shares.isPending && <SkeletonLines lines={2} />}
        {shares.isError && <EmptyState title={errorText(shares.error)} />}
        {shares.data?.length === 0 && <p style={{ color: "var(--ink-mute)" }}>{t("records:share.empty")}</p>}
        <ul>
          {shares.data?.map((share) => (
            <ShareLine
              key={share.id ?? share.member?.id ?? share.department?.id}
              share={share}
              onRemove={() => remove.mutate(share, { onError: (error) => toast.error(errorText(error)) })}
            />
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
