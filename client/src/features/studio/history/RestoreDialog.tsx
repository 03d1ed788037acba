import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { keys } from "@/api/keys";
import { useVersionChanges, versionApi } from "@/api/studio";
import type { Definitions, Op } from "@/api/types/studio";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { FieldFrame, TextArea } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { EmptyState, Notice, SkeletonLines } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { DiffList } from "../changes/DiffList";
import { Steps } from "../changes/PlanParts";
import { isEqual } from "../draft/ops";
import { useDraftStore } from "../draft/store";
import { useDraft } from "../draft/useDraft";
import styles from "./History.module.css";

/** The steps that make the draft hold what a version held. */
function opsTowards(draft: Definitions, version: Definitions): Op[] {
  const names = [...new Set([...Object.keys(draft), ...Object.keys(version)])].filter((name) => name !== "format");
  return names
    .map((name) => ({ name, value: (version as Record<string, unknown>)[name] ?? [] }))
    .filter(({ name, value }) => !isEqual((draft as Record<string, unknown>)[name] ?? [], value))
    .map(({ name, value }) => ({ op: "put", path: [name], value }));
}

interface RestoreDialogProps {
  version: number;
  current: number;
  onClose: () => void;
}

/** Rolls back to a version: what that would do is shown first. */
export function RestoreDialog({ version, current, onClose }: RestoreDialogProps) {
  const { t } = useTranslation(["studio", "common"]);
  const errorText = useErrorText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const draft = useDraft();
  const load = useDraftStore((state) => state.load);
  const changes = useVersionChanges(version, null);
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const found = changes.data;
  const act = async (work: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    try {
      await work();
      onClose();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  const restore = () =>
    act(async () => {
      const done = await versionApi.restore(version, current, note);
      toast.done(
        done.state === "published" ? t("changes.published", { version: done.version }) : t(`changes.${done.state}`),
      );
      await load();
      await client.invalidateQueries({ queryKey: keys.publishing });
    });
  const intoDraft = () =>
    act(async () => {
      const { definitions } = await versionApi.read(version);
      draft.edit(opsTowards(draft.definitions, definitions), t("history.backTo", { version }));
      await navigate({ to: "/studio/changes" });
    });
  const waits = found?.approvals.some((each) => each.state !== "own") ?? false;
  return (
    <Dialog
      side
      width={680}
      title={t("history.restoreTitle", { version })}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      foot={
        <>
          <Button disabled={!found || busy} onClick={() => void intoDraft()}>
            {t("history.intoDraft")}
          </Button>
          <Button
            kind="primary"
            busy={busy}
            disabled={!found || waits || found.problems.length > 0}
            onClick={() => void restore()}
          >
            {t("history.restoreNow")}
          </Button>
        </>
      }
    >
      {changes.isPending && <SkeletonLines />}
      {changes.isError && <EmptyState title={errorText(changes.error)} />}
      {found && (
        <div className={styles.compared}>
          {waits && <Notice kind="warning">{t("history.ownersFirst")}</Notice>}
          {found.problems.map((problem) => (
            <Notice key={`${problem.code}/${problem.path.join("/")}`} kind="danger">
              {problem.message}
            </Notice>
          ))}
          <h3>{t("changes.plan")}</h3>
          {found.steps.length > 0 ? <Steps steps={found.steps} /> : <p>{t("history.same")}</p>}
          <FieldFrame label={t("changes.note")}>
            {(ids) => <TextArea {...ids} value={note} onChange={(event) => setNote(event.target.value)} />}
          </FieldFrame>
          {error !== null && <Notice kind="danger">{errorText(error)}</Notice>}
          <h3>{t("changes.diff")}</h3>
          <DiffList diff={found.diff} />
        </div>
      )}
    </Dialog>
  );
}
