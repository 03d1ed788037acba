import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { appsApi } from "@/api/apps";
import type { Resolutions } from "@/api/studio";
import type { PackagePreview } from "@/api/types/studio";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { Steps } from "../changes/PlanParts";
import { useDraftStore } from "../draft/store";
import { useDraft } from "../draft/useDraft";
import { Side } from "../shell/ClashDialog";
import { placeName } from "../shell/placeName";
import shell from "../shell/Studio.module.css";
import styles from "./Apps.module.css";

/** Installs an app from a file: what that would do is shown first, with a choice where it and the workspace disagree. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["studioApps", "studio", "common"]);
  const errorText = useErrorText();
  const language = useLanguage();
  const client = useQueryClient();
  const { definitions } = useDraft();
  const load = useDraftStore((state) => state.load);
  const [yaml, setYaml] = useState("");
  const [preview, setPreview] = useState<PackagePreview | null>(null);
  const [choices, setChoices] = useState<Resolutions>({});
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const act = async (work: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    await work().catch(setError);
    setBusy(false);
  };
  const read = (file: File | undefined) => {
    if (!file) return;
    setPreview(null);
    setChoices({});
    void act(async () => {
      const text = await file.text();
      setYaml(text);
      setPreview(await appsApi.preview(text, {}));
    });
  };
  const install = () =>
    act(async () => {
      const done = await appsApi.install(yaml, choices, "");
      toast.done(t(done.state === "unchanged" ? "installedSame" : "installed"));
      onClose();
      await client.invalidateQueries();
      await load();
    });
  const conflicts = preview?.conflicts ?? [];
  const open = conflicts.filter((each) => !choices[each.place]).length;
  return (
    <Dialog
      width={680}
      title={t("import")}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("common:actions.cancel")}</Button>
          <Button
            kind="primary"
            busy={busy}
            disabled={!preview || open > 0 || preview.problems.length > 0}
            onClick={() => void install()}
          >
            {open > 0 ? t("studio:rebase.left", { count: open }) : t("install")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <label className={styles.file}>
          {t("file")}
          <input type="file" accept=".yaml,.yml" onChange={(event) => read(event.target.files?.[0])} />
        </label>
        {error !== null && <Notice kind="danger">{errorText(error)}</Notice>}
        {preview?.problems.map((problem) => (
          <Notice key={`${problem.code}/${problem.path.join("/")}`} kind="danger">
            {problem.message}
          </Notice>
        ))}
        {conflicts.length > 0 && <Notice kind="warning">{t("conflicts")}</Notice>}
        {conflicts.map((each) => (
          <div key={each.place} className={shell.clash}>
            <strong>{placeName(definitions, each.path, language)}</strong>
            <div className={shell.sides}>
              {(["mine", "theirs"] as const).map((side) => (
                <Side
                  key={side}
                  name={each.place}
                  caption={t(`sides.${side}`)}
                  value={side === "mine" ? each.yours : each.shipped_now}
                  checked={choices[each.place] === side}
                  onChoose={() => setChoices({ ...choices, [each.place]: side })}
                />
              ))}
            </div>
          </div>
        ))}
        {preview && preview.steps.length === 0 && conflicts.length === 0 && <p>{t("nothingNew")}</p>}
        {preview && <Steps steps={preview.steps} />}
      </div>
    </Dialog>
  );
}
