import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { GitMerge } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { findDuplicates, useSearch } from "@/api/records";
import type { EntityDefinition, RecordRow } from "@/api/types";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { Check, SearchInput } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { useSettled } from "@/ui/hooks";
import { EmptyState, SkeletonLines } from "@/ui/surfaces";
import styles from "./Merge.module.css";
import { MOST_COMPARED } from "./MergePage";

/** Finds what one record may be merged with: its likely duplicates, or any that is searched for. */
export function MergeStartDialog(props: { entity: EntityDefinition; record: RecordRow; onClose: () => void }) {
  const { entity, record, onClose } = props;
  const { t } = useTranslation(["records", "common"]);
  const errorText = useErrorText();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<string[] | null>(null);
  const settled = useSettled(text);
  const likely = useQuery({
    queryKey: ["duplicates", entity.key, record.id, record.version],
    queryFn: async ({ signal }) =>
      (await findDuplicates(entity.key, { values: {}, id: record.id }, signal)).matches.map(({ id, title }) => ({
        id,
        title,
        note: t("records:merge.likely"),
      })),
  });
  const searched = useSearch(settled, entity.key);
  const hits = settled.trim()
    ? (searched.data ?? []).map(({ id, title, subtitle }) => ({ id, title, note: subtitle }))
    : [];
  const offered = [...(likely.data ?? []), ...hits].filter(
    (each, at, all) => each.id !== record.id && all.findIndex((other) => other.id === each.id) === at,
  );
  const picked = chosen ?? (likely.data ?? []).map((each) => each.id).slice(0, MOST_COMPARED - 1);
  const toggle = (id: string, isOn: boolean) =>
    setChosen(isOn ? [...picked, id] : picked.filter((each) => each !== id));
  return (
    <Dialog
      title={t("records:merge.start", { title: record.title })}
      width={560}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("common:actions.cancel")}</Button>
          <Button
            kind="primary"
            disabled={picked.length === 0}
            icon={<GitMerge size={15} />}
            onClick={() =>
              void navigate({
                to: "/e/$entity/merge",
                params: { entity: entity.key },
                search: { ids: [record.id, ...picked] },
              })
            }
          >
            {t("records:merge.compare", { count: picked.length + 1 })}
          </Button>
        </>
      }
    >
      <div className={styles.start}>
        <SearchInput
          value={text}
          aria-label={t("records:merge.search")}
          placeholder={t("records:merge.search")}
          onChange={(event) => setText(event.target.value)}
        />
        {likely.isPending && <SkeletonLines lines={3} />}
        {likely.isError && <EmptyState title={errorText(likely.error)} />}
        {likely.data && offered.length === 0 && (
          <EmptyState title={t("records:merge.none")} text={t("records:merge.noneText")} />
        )}
        <ul>
          {offered.map((each) => (
            <li key={each.id}>
              <Check
                checked={picked.includes(each.id)}
                disabled={!picked.includes(each.id) && picked.length >= MOST_COMPARED - 1}
                onChange={(isOn) => toggle(each.id, isOn)}
              >
                {each.title} <small>{each.note}</small>
              </Check>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
