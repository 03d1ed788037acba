import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { serverNow } from "@/api/clock";
import { keys } from "@/api/keys";
import { draftApi } from "@/api/studio";
import type { DraftChanges } from "@/api/types/studio";
import { MomentPicker } from "@/fields/date/pickers";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { formatDateTime } from "@/model/format";
import { Button } from "@/ui/Button";
import { FieldFrame, Segments, TextArea } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { Notice, Panel } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { useDraftStore } from "../draft/store";
import styles from "./Changes.module.css";

const AN_HOUR = 3_600_000;

function DiscardDialog({ onDiscard, onClose }: { onDiscard: () => void; onClose: () => void }) {
  const { t } = useTranslation(["studio", "common"]);
  return (
    <Dialog
      title={t("changes.discard")}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose} data-autofocus>
            {t("common:actions.cancel")}
          </Button>
          <Button kind="danger" onClick={onDiscard}>
            {t("changes.discard")}
          </Button>
        </>
      }
    >
      <p>{t("changes.discardText")}</p>
    </Dialog>
  );
}

interface PublishPanelProps {
  changes: DraftChanges;
  note: string;
  onNote: (note: string) => void;
  blocked: boolean;
}

/** Publish now or at a time, or drop the draft. */
export function PublishPanel({ changes, note, onNote, blocked }: PublishPanelProps) {
  const { t } = useTranslation("studio");
  const errorText = useErrorText();
  const language = useLanguage();
  const client = useQueryClient();
  const load = useDraftStore((state) => state.load);
  const flush = useDraftStore((state) => state.flush);
  const [when, setWhen] = useState<"now" | "later">("now");
  const [at, setAt] = useState<string | null>(() => new Date(serverNow() + AN_HOUR).toISOString());
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const act = async (work: () => Promise<string>) => {
    setBusy(true);
    setError(null);
    try {
      await flush();
      toast.done(await work());
      await load();
      await client.invalidateQueries({ queryKey: keys.publishing });
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  const publish = () =>
    act(async () => {
      if (when === "later") {
        const made = await draftApi.schedule(at ?? "", note);
        return t("schedule.made", { when: formatDateTime(made.at, language) });
      }
      const done = await draftApi.publish(note);
      onNote("");
      return done.state === "published"
        ? t("changes.published", { version: done.version })
        : t(`changes.${done.state}`);
    });
  const discard = () => {
    setAsking(false);
    void act(async () => {
      await draftApi.discard();
      return t("changes.discarded");
    });
  };
  const waits = changes.approvals.some((each) => each.state !== "own" && each.state !== "approved");
  return (
    <Panel title={t("changes.publishTitle")} className={styles.publish}>
      <FieldFrame label={t("changes.note")} help={t("changes.noteHelp")}>
        {(ids) => <TextArea {...ids} value={note} onChange={(event) => onNote(event.target.value)} maxLength={2000} />}
      </FieldFrame>
      <Segments
        label={t("schedule.when")}
        value={when}
        onChange={setWhen}
        options={[
          { value: "now", label: t("schedule.now") },
          { value: "later", label: t("schedule.later") },
        ]}
      />
      {when === "later" && (
        <FieldFrame label={t("schedule.at")} help={t("schedule.atHelp")}>
          {(ids) => <MomentPicker ids={ids} value={at} onChange={setAt} />}
        </FieldFrame>
      )}
      {changes.problems.length > 0 && <Notice kind="warning">{t("changes.problemsFirst")}</Notice>}
      {waits && <Notice kind="warning">{t("approvals.first")}</Notice>}
      {error !== null && <Notice kind="danger">{errorText(error)}</Notice>}
      <Button
        kind="primary"
        wide
        busy={busy}
        disabled={blocked || waits || changes.problems.length > 0 || (when === "later" && !at)}
        onClick={() => void publish()}
      >
        {t(when === "now" ? "changes.publish" : "schedule.make")}
      </Button>
      <Button kind="quiet" wide disabled={busy} onClick={() => setAsking(true)}>
        {t("changes.discard")}
      </Button>
      {asking && <DiscardDialog onDiscard={discard} onClose={() => setAsking(false)} />}
    </Panel>
  );
}
