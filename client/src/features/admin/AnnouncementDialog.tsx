import { TreeSelect } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDepartments, useRoles } from "@/api/admin";
import { useAnnouncementChanges } from "@/api/announcements";
import { ApiError } from "@/api/client";
import { MomentPicker } from "@/fields/date/pickers";
import { departmentTree } from "@/fields/reference/trees";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { Check, FieldFrame, TextArea, TextInput } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { toast } from "@/ui/toast";
import styles from "./Admin.module.css";

function bilingual(zh: string, en: string): { zh: string; en?: string } {
  return en.trim() ? { zh: zh.trim(), en: en.trim() } : { zh: zh.trim() };
}

/** Writes an announcement: to everybody, or to roles and departments, to be confirmed or just to be known. */
export function AnnouncementDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["admin", "common"]);
  const errorText = useErrorText();
  const roles = useRoles();
  const { publish } = useAnnouncementChanges();
  const departments = useDepartments();
  const [title, setTitle] = useState("");
  const [text, setText] = useState("");
  const [english, setEnglish] = useState({ title: "", text: "" });
  const [must, setMust] = useState(true);
  const [chosen, setChosen] = useState<string[]>([]);
  const [below, setBelow] = useState<string[]>([]);
  const [ends, setEnds] = useState<string | null>(null);
  const problems = publish.error instanceof ApiError ? publish.error.problems : [];
  const problemAt = (name: string) => problems.find((each) => each.path[0] === name)?.message ?? null;
  const send = () =>
    publish.mutate(
      {
        title: bilingual(title, english.title),
        text: bilingual(text, english.text),
        must_confirm: must,
        roles: chosen,
        departments: below,
        ends_at: ends,
      },
      {
        onSuccess: () => {
          toast.done(t("admin:announcements.sent"));
          onClose();
        },
      },
    );
  return (
    <Dialog
      title={t("admin:announcements.new")}
      width={560}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      onSubmit={send}
      foot={
        <Button kind="primary" type="submit" busy={publish.isPending} disabled={!title.trim() || !text.trim()}>
          {t("admin:announcements.publish")}
        </Button>
      }
    >
      <div className={styles.sections}>
        <FieldFrame label={t("admin:announcements.what")} required error={problemAt("title")}>
          {(ids) => (
            <TextInput
              {...ids}
              data-autofocus
              value={title}
              maxLength={120}
              onChange={(event) => setTitle(event.target.value)}
            />
          )}
        </FieldFrame>
        <FieldFrame label={t("admin:announcements.text")} required error={problemAt("text")}>
          {(ids) => <TextArea {...ids} rows={6} value={text} onChange={(event) => setText(event.target.value)} />}
        </FieldFrame>
        <details className={styles.english}>
          <summary>{t("admin:announcements.english")}</summary>
          <FieldFrame label={t("admin:announcements.whatEn")} help={t("admin:announcements.englishHelp")}>
            {(ids) => (
              <TextInput
                {...ids}
                lang="en"
                value={english.title}
                maxLength={120}
                onChange={(event) => setEnglish({ ...english, title: event.target.value })}
              />
            )}
          </FieldFrame>
          <FieldFrame label={t("admin:announcements.textEn")}>
            {(ids) => (
              <TextArea
                {...ids}
                lang="en"
                rows={4}
                value={english.text}
                onChange={(event) => setEnglish({ ...english, text: event.target.value })}
              />
            )}
          </FieldFrame>
        </details>
        <Check checked={must} onChange={setMust}>
          {t("admin:announcements.mustLong")}
        </Check>
        <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
          <legend>{t("admin:announcements.roles")}</legend>
          <div style={{ display: "flex", flexWrap: "wrap", gap: "4px 16px" }}>
            {(roles.data ?? []).map((role) => (
              <Check
                key={role.key}
                checked={chosen.includes(role.key)}
                onChange={(on) => setChosen(on ? [...chosen, role.key] : chosen.filter((each) => each !== role.key))}
              >
                {role.label}
              </Check>
            ))}
          </div>
        </fieldset>
        <FieldFrame label={t("admin:announcements.departments")} error={problemAt("departments")}>
          {(ids) => (
            <TreeSelect
              id={ids.id}
              aria-describedby={ids["aria-describedby"]}
              style={{ width: "100%" }}
              multiple
              allowClear
              treeDefaultExpandAll
              treeNodeFilterProp="title"
              placeholder={t("admin:announcements.anyDepartment")}
              value={below}
              treeData={departmentTree(departments.data ?? [])}
              onChange={(next: string[]) => setBelow(next)}
            />
          )}
        </FieldFrame>
        <FieldFrame label={t("admin:announcements.ends")} error={problemAt("ends_at")}>
          {(ids) => <MomentPicker ids={ids} value={ends} onChange={setEnds} />}
        </FieldFrame>
        {publish.isError && problems.length === 0 && <p role="alert">{errorText(publish.error)}</p>}
      </div>
    </Dialog>
  );
}
