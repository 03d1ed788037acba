import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { keys } from "@/api/keys";
import { draftApi } from "@/api/studio";
import type { Standing } from "@/api/types/studio";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { Notice, Panel, Tag } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { useDraftStore } from "../draft/store";
import styles from "./Changes.module.css";

const COLOURS = { own: "green", needed: "gold", waiting: "blue", approved: "green", returned: "red" };

/** Changes of definitions that belong to somebody: who must approve, and how it stands. */
export function ApprovalsPanel({ standings, note }: { standings: Standing[]; note: string }) {
  const { t } = useTranslation("studio");
  const errorText = useErrorText();
  const client = useQueryClient();
  const flush = useDraftStore((state) => state.flush);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const missing = standings.filter((each) => each.state === "needed" || each.state === "returned");
  const ask = async () => {
    setBusy(true);
    setError(null);
    try {
      await flush();
      const { asked } = await draftApi.askOwners(note);
      toast.done(t("approvals.asked", { count: asked }));
      await client.invalidateQueries({ queryKey: keys.publishing });
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  return (
    <Panel title={t("approvals.title")}>
      <ul className={styles.list}>
        {standings.map((each) => (
          <li key={each.place} className={styles.step}>
            <span>
              <strong>{each.label}</strong>{" "}
              <small>{t("approvals.owners", { roles: each.owners.join(t("approvals.or")) })}</small>
              {each.state === "returned" && <p className={styles.reason}>{each.reason}</p>}
            </span>
            <Tag colour={COLOURS[each.state]}>
              {t(`approvals.states.${each.state}`, { name: each.decided_by ?? "" })}
            </Tag>
          </li>
        ))}
      </ul>
      {error !== null && <Notice kind="danger">{errorText(error)}</Notice>}
      {missing.length > 0 && (
        <div className={styles.actions}>
          <Button kind="primary" busy={busy} onClick={() => void ask()}>
            {t("approvals.ask")}
          </Button>
          <small>{t("approvals.askHelp")}</small>
        </div>
      )}
    </Panel>
  );
}
