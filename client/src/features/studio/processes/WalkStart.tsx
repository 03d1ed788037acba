import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearch } from "@/api/records";
import { MomentPicker } from "@/fields/date/pickers";
import { FieldFrame } from "@/ui/controls";
import { useSettled } from "@/ui/hooks";
import { SelectProperty } from "../parts/PropertyPanel";
import { useRoleOptions } from "./Choices";
import styles from "./Processes.module.css";
import type { ProcessHandle } from "./useProcess";

export interface Start {
  role: string;
  record: string | null;
  /** What the record is called. */
  title: string;
  stage: string | null;
  at: string | null;
  values: Record<string, unknown>;
}

interface WalkStartProps {
  handle: ProcessHandle;
  start: Start;
  onChange: (start: Start) => void;
}

/** Who walks which record, from where and when. */
export function WalkStart({ handle, start, onChange }: WalkStartProps) {
  const { t } = useTranslation("processes");
  const roles = useRoleOptions(handle);
  const [text, setText] = useState("");
  const isKnown = handle.draft.published.entities?.some((each) => each.key === handle.process.entity) ?? false;
  const found = useSearch(useSettled(text), handle.process.entity);
  const hits = (isKnown ? (found.data ?? []) : []).map((hit) => ({ value: hit.id, label: hit.title }));
  const chosen =
    start.record && !hits.some((each) => each.value === start.record)
      ? [{ value: start.record, label: start.title }]
      : [];
  const stages = handle.process.stages.map((each) => ({ value: each.key, label: handle.text(each.label, each.key) }));
  return (
    <>
      <SelectProperty
        label={t("walk.role")}
        value={start.role}
        options={roles}
        onChange={(role) => onChange({ ...start, role })}
      />
      <FieldFrame label={t("walk.record")}>
        {(ids) => (
          <Select
            id={ids.id}
            aria-label={t("walk.record")}
            style={{ width: "100%" }}
            allowClear
            placeholder={t("walk.madeUp")}
            showSearch={{ filterOption: false, onSearch: setText }}
            loading={found.isFetching}
            value={start.record}
            options={[...hits, ...chosen]}
            onChange={(id: string | undefined) =>
              onChange({
                ...start,
                record: id ?? null,
                title: hits.find((each) => each.value === id)?.label ?? "",
                stage: null,
                values: {},
              })
            }
          />
        )}
      </FieldFrame>
      <div className={styles.pair}>
        <SelectProperty
          label={t("walk.from")}
          value={start.stage ?? ""}
          empty={t(start.record ? "walk.ownStage" : "walk.firstStage")}
          options={stages}
          onChange={(stage) => onChange({ ...start, stage: stage || null })}
        />
        <FieldFrame label={t("walk.at")}>
          {(ids) => <MomentPicker ids={ids} value={start.at} onChange={(at) => onChange({ ...start, at })} />}
        </FieldFrame>
      </div>
    </>
  );
}
