import { GitCompareArrows } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { draftApi, useDraftChanges } from "@/api/studio";
import type { DraftChange, DraftChanges, PlanStep } from "@/api/types/studio";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { Button } from "@/ui/Button";
import { FieldFrame, TextArea } from "@/ui/controls";
import { EmptyState, Notice, Page, Panel, SkeletonLines, Tag } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { useDraftStore } from "../draft/store";
import { useDraft } from "../draft/useDraft";
import { valueText } from "../shell/values";
import styles from "./Changes.module.css";

const RISK_COLOURS: Record<string, string> = { none: "green", rows: "blue", lock: "gold", loss: "red" };
const KIND_COLOURS = { added: "green", removed: "red", changed: "blue", moved: "purple" };

function Steps({ steps }: { steps: PlanStep[] }) {
  const { t } = useTranslation("studio");
  return (
    <ul className={styles.list}>
      {steps.map((step) => (
        <li key={`${step.kind}/${step.entity}/${step.field}/${step.text}`}>
          <span>{step.text}</span>
          {step.risk !== "none" && (
            <Tag colour={RISK_COLOURS[step.risk]}>{t(`changes.risks.${step.risk as "rows" | "lock" | "loss"}`)}</Tag>
          )}
        </li>
      ))}
    </ul>
  );
}

function Difference({ change }: { change: DraftChange }) {
  const { t } = useTranslation("studio");
  const language = useLanguage();
  return (
    <li className={styles.change}>
      <div className={styles.place}>
        <Tag colour={KIND_COLOURS[change.kind]}>{t(`changes.kinds.${change.kind}`)}</Tag>
        <strong>{change.label.join(" › ")}</strong>
        {change.by && <small>{t("changes.by", { name: change.by })}</small>}
      </div>
      <div className={styles.sides}>
        {change.kind !== "added" && (
          <pre className={styles.old}>{valueText(change.before, language) || t("changes.empty")}</pre>
        )}
        {change.kind !== "removed" && (
          <pre className={styles.now}>{valueText(change.after, language) || t("changes.empty")}</pre>
        )}
      </div>
    </li>
  );
}

function PublishPanel({ changes }: { changes: DraftChanges }) {
  const { t } = useTranslation(["studio", "common"]);
  const errorText = useErrorText();
  const load = useDraftStore((state) => state.load);
  const flush = useDraftStore((state) => state.flush);
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const act = async (work: () => Promise<string>) => {
    setBusy(true);
    setError(null);
    try {
      await flush();
      toast.done(await work());
      await load();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  const publish = () =>
    act(async () => {
      const done = await draftApi.publish(note);
      return done.state === "published"
        ? t("changes.published", { version: done.version })
        : t(`changes.${done.state}`);
    });
  const discard = () =>
    act(async () => {
      await draftApi.discard();
      return t("changes.discarded");
    });
  return (
    <Panel title={t("areas.changes.title")}>
      <FieldFrame label={t("changes.note")} help={t("changes.noteHelp")}>
        {(ids) => <TextArea {...ids} value={note} onChange={(event) => setNote(event.target.value)} />}
      </FieldFrame>
      {error !== null && <Notice kind="danger">{errorText(error)}</Notice>}
      <div className={styles.actions}>
        <Button kind="primary" busy={busy} disabled={changes.problems.length > 0} onClick={() => void publish()}>
          {t("changes.publish")}
        </Button>
        <Button kind="quiet" disabled={busy} title={t("changes.discardText")} onClick={() => void discard()}>
          {t("changes.discard")}
        </Button>
      </div>
    </Panel>
  );
}

/** What the draft changes, in words and place by place; publishing it. */
export function ChangesPage() {
  const { t } = useTranslation("studio");
  const errorText = useErrorText();
  const draft = useDraft();
  const changes = useDraftChanges(draft.id, draft.revision);
  if (changes.isPending)
    return (
      <Page>
        <SkeletonLines lines={6} />
      </Page>
    );
  if (changes.isError) return <EmptyState title={errorText(changes.error)} />;
  const { steps, touches, problems, diff } = changes.data;
  if (diff.length === 0 && steps.length === 0 && problems.length === 0)
    return (
      <Page>
        <EmptyState
          icon={<GitCompareArrows size={40} />}
          title={t("changes.nothing")}
          text={t("changes.nothingText")}
        />
      </Page>
    );
  return (
    <Page>
      <div className={styles.page}>
        {problems.length > 0 && (
          <Panel title={t("changes.problems")}>
            <ul className={styles.list}>
              {problems.map((problem) => (
                <li key={`${problem.path.join("/")}/${problem.code}`}>{problem.message}</li>
              ))}
            </ul>
          </Panel>
        )}
        {steps.length > 0 && (
          <Panel title={t("changes.plan")}>
            <Steps steps={steps} />
          </Panel>
        )}
        {touches.length > 0 && (
          <Panel title={t("changes.touches")}>
            <ul className={styles.list}>
              {touches.map((touch) => (
                <li key={`${touch.entity}/${touch.field}/${touch.text}`}>{touch.text}</li>
              ))}
            </ul>
          </Panel>
        )}
        <PublishPanel changes={changes.data} />
        <Panel title={t("changes.diff")}>
          <ul className={styles.list}>
            {diff.map((change) => (
              <Difference key={`${change.path.join("/")}/${change.kind}`} change={change} />
            ))}
          </ul>
        </Panel>
      </div>
    </Page>
  );
}
