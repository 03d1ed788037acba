import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { keys } from "@/api/keys";
import type { BulkOutcome, FieldDefinition, Json, Member, RecordPage } from "@/api/types";
import { PeopleEdit } from "@/fields/reference/edit";
import { useCatalogue } from "@/fields/useCatalogue";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { FieldFrame } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { Notice, SkeletonLines } from "@/ui/surfaces";
import styles from "./Admin.module.css";

const WHO = { key: "owner", type: "user", options: {} } as unknown as FieldDefinition;
/** Records that one request changes at most. */
const BATCH = 200;

interface DisableProps {
  member: Member;
  busy: boolean;
  onDisable: () => void;
  onClose: () => void;
}

const owned = (member: string) => ({ field: "owner", op: "eq" as const, value: member });

/** How many records of each form somebody owns, as far as one sees them. */
function useOwned(member: string) {
  const entities = useCatalogue().definitions.entities.filter((each) => !each.parent && each.can.read);
  const counts = useQueries({
    queries: entities.map((entity) => ({
      queryKey: [...keys.entity(entity.key), "owned", member],
      queryFn: async () =>
        (await api.post<RecordPage>(`/records/${entity.key}/query`, { filter: owned(member), limit: 1, count: true }))
          .count ?? 0,
    })),
  });
  return {
    isPending: counts.some((each) => each.isPending),
    found: entities.flatMap((entity, index) => {
      const count = counts[index]?.data ?? 0;
      return count > 0 ? [{ entity, count }] : [];
    }),
  };
}

/** Gives all records of a form to somebody else, batch after batch, by the normal way of changing them. */
async function handOver(entity: string, from: string, to: string): Promise<BulkOutcome> {
  const total: BulkOutcome = { changed: 0, failed: [] };
  const refused = new Set<string>();
  for (;;) {
    const page = await api.post<RecordPage>(`/records/${entity}/query`, {
      filter: owned(from),
      limit: BATCH,
      sort: [{ field: "created_at" }],
    });
    const ids = page.rows.map((row) => row.id).filter((id) => !refused.has(id));
    if (ids.length === 0) return total;
    const outcome = await api.post<BulkOutcome>(`/records/${entity}/bulk`, { ids, values: { owner: to } });
    for (const each of outcome.failed) refused.add(each.id);
    total.changed += outcome.changed;
    total.failed.push(...outcome.failed);
    if (outcome.changed === 0) return total;
  }
}

/** Ends an account, after its records went to somebody else. */
export function DisableDialog({ member, busy, onDisable, onClose }: DisableProps) {
  const { t } = useTranslation(["admin", "common"]);
  const errorText = useErrorText();
  const client = useQueryClient();
  const { isPending, found } = useOwned(member.id);
  const [heir, setHeir] = useState<Json>(null);
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const records = found.reduce((sum, each) => sum + each.count, 0);
  const isHanding = typeof heir === "string" && heir !== member.id && records > 0;
  const run = async () => {
    setProblem(null);
    if (!isHanding) return onDisable();
    setWorking(true);
    try {
      const outcomes = await Promise.all(found.map((each) => handOver(each.entity.key, member.id, heir)));
      const failed = outcomes.flatMap((each) => each.failed);
      client.invalidateQueries({ queryKey: ["records"] });
      if (failed.length === 0) return onDisable();
      setProblem(
        `${t("admin:members.handOverFailed", { count: failed.length })} ${failed[0]?.problems[0]?.message ?? ""}`,
      );
    } catch (error) {
      setProblem(errorText(error));
    } finally {
      setWorking(false);
    }
  };
  return (
    <Dialog
      title={t("admin:members.disableSure", { name: member.name })}
      width={480}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("common:actions.cancel")}</Button>
          <Button kind="danger" busy={busy || working} disabled={isPending} onClick={() => void run()}>
            {isHanding ? t("admin:members.handOver") : t("admin:members.disable")}
          </Button>
        </>
      }
    >
      <div style={{ display: "grid", gap: 14 }}>
        <p>{t("admin:members.disableText")}</p>
        {isPending && <SkeletonLines lines={2} />}
        {records > 0 && (
          <>
            <Notice kind="warning">
              {t("admin:members.owns", { name: member.name })}
              <ul className={styles.owned}>
                {found.map(({ entity, count }) => (
                  <li key={entity.key}>
                    {entity.label} {count}
                  </li>
                ))}
              </ul>
            </Notice>
            <FieldFrame label={t("admin:members.heir")} help={t("admin:members.heirHelp")}>
              {(ids) => <PeopleEdit field={WHO} ids={ids} value={heir} onChange={setHeir} />}
            </FieldFrame>
          </>
        )}
        {problem && <Notice kind="danger">{problem}</Notice>}
      </div>
    </Dialog>
  );
}
