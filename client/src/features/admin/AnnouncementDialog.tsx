import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRoles } from "@/api/admin";
import { useAnnouncementChanges } from "@/api/announcements";
import { ApiError } from "@/api/client";
import { useErrorText } from "@/fields/useTexts";
import { instantOf } from "@/model/format";
import { Button } from "@/ui/Button";
import { Check, FieldFrame, TextArea, TextInput } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { toast } from "@/ui/toast";

/** Writes an announcement: to everybody or to roles, to be confirmed or just to be known. */
export function AnnouncementDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["admin", "common"]);
  const errorText = useErrorText();
  const roles = useRoles();
  const { publish } = useAnnouncementChanges();
  const [title, setTitle] = useState("");
  const [text, setText] = useState("");
  const [must, setMust] = useState(true);
  const [chosen, setChosen] = useState<string[]>([]);
  const [ends, setEnds] = useState("");
  const problems = publish.error instanceof ApiError ? publish.error.problems : [];
  const problemAt = (name: string) => problems.find((each) => each.path[0] === name)?.message ?? null;
  const send = () =>
    publish.mutate(
      {
        title: { zh: title.trim() },
        text: { zh: text.trim() },
        must_confirm: must,
        roles: chosen,
        ends_at: ends ? instantOf(ends) : null,
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
      <Check checked={must} onChange={setMust}>
        {t("admin:announcements.mustLong")}
      </Check>
      <fieldset style={{ border: 0, margin: "12px 0", padding: 0 }}>
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
      <FieldFrame label={t("admin:announcements.ends")} error={problemAt("ends_at")}>
        {(ids) => (
          <TextInput {...ids} type="datetime-local" value={ends} onChange={(event) => setEnds(event.target.value)} />
        )}
      </FieldFrame>
      {publish.isError && problems.length === 0 && <p role="alert">{errorText(publish.error)}</p>}
    </Dialog>
  );
}
