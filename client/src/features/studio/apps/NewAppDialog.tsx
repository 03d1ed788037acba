import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { appsApi } from "@/api/apps";
import type { StudioApp } from "@/api/types/studio";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { Button } from "@/ui/Button";
import { FieldFrame, TextInput } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { useDraftStore } from "../draft/store";
import { IconChoice } from "../parts/IconChoice";
import { labelParts, labelWritten } from "../parts/labels";
import styles from "./Apps.module.css";

/** A new app, blank or with the structure of another one; it is published at once. */
export function NewAppDialog({ source, onClose }: { source: StudioApp | null; onClose: () => void }) {
  const { t } = useTranslation(["studioApps", "common"]);
  const errorText = useErrorText();
  const navigate = useNavigate();
  const client = useQueryClient();
  const load = useDraftStore((state) => state.load);
  const flush = useDraftStore((state) => state.flush);
  const language = useLanguage();
  const [name, setName] = useState(source ? t("copyName", { name: source.label }) : "");
  const [other, setOther] = useState("");
  const [icon, setIcon] = useState(source?.icon ?? "appstore");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const create = async () => {
    setBusy(true);
    setError(null);
    try {
      await flush();
      const parts = language === "zh" ? { zh: name, en: other } : { zh: other, en: name };
      const names = labelParts(labelWritten(parts, language));
      const made = await appsApi.create({ ...names, icon, copy_of: source?.key ?? null });
      await client.invalidateQueries();
      await load();
      toast.done(t("created", { name }));
      onClose();
      if (made.entity && !source) await navigate({ to: "/studio/forms/$entity", params: { entity: made.entity } });
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={source ? t("copyTitle", { name: source.label }) : t("blank")}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      onSubmit={() => void create()}
      foot={
        <>
          <Button onClick={onClose}>{t("common:actions.cancel")}</Button>
          <Button kind="primary" type="submit" busy={busy} disabled={!name.trim()}>
            {t("create")}
          </Button>
        </>
      }
    >
      <div className={styles.naming}>
        <FieldFrame label={t("name")} required help={source ? t("copyHelp") : t("blankHelp")}>
          {(ids) => (
            <TextInput
              {...ids}
              data-autofocus
              maxLength={80}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </FieldFrame>
        <FieldFrame label={t("nameOther")}>
          {(ids) => (
            <TextInput {...ids} maxLength={80} value={other} onChange={(event) => setOther(event.target.value)} />
          )}
        </FieldFrame>
        <IconChoice label={t("icon")} value={icon} onChange={setIcon} />
        {error !== null && <Notice kind="danger">{errorText(error)}</Notice>}
      </div>
    </Dialog>
  );
}
