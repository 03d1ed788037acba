import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { usePeople } from "@/api/admin";
import { DayPicker } from "@/fields/date/pickers";
import { Button } from "@/ui/Button";
import { NativeSelect } from "@/ui/controls";
import { useSettled } from "@/ui/hooks";
import styles from "./Audit.module.css";

export const KINDS = ["all", "sign_in", "people", "permission", "definitions", "export", "import", "api_key"] as const;

/** What is looked for: a kind, a person, and days (the last one included) in the workspace's time. */
export interface Wanted {
  kind: (typeof KINDS)[number];
  person: { id: string; name: string } | null;
  since: string;
  until: string;
}

export const EVERYTHING: Wanted = { kind: "all", person: null, since: "", until: "" };

interface Props {
  wanted: Wanted;
  onChange: (wanted: Wanted) => void;
}

function PersonSelect({ wanted, onChange }: Props) {
  const { t } = useTranslation("admin");
  const [text, setText] = useState("");
  const people = usePeople(useSettled(text));
  const found = (people.data ?? []).map((each) => ({ value: each.id, label: each.name, note: each.department ?? "" }));
  const chosen = wanted.person;
  const options =
    chosen && !found.some((each) => each.value === chosen.id)
      ? [{ value: chosen.id, label: chosen.name, note: "" }, ...found]
      : found;
  return (
    <Select
      aria-label={t("audit.person")}
      className={styles.person ?? ""}
      allowClear
      showSearch={{ filterOption: false, onSearch: setText }}
      placeholder={t("audit.anybody")}
      value={chosen?.id ?? null}
      options={options}
      optionRender={(option) => (
        <span className={styles.option}>
          {option.data.label}
          <small>{option.data.note}</small>
        </span>
      )}
      onChange={(id: string | undefined) => {
        const person = options.find((each) => each.value === id);
        onChange({ ...wanted, person: person ? { id: person.value, name: person.label } : null });
      }}
    />
  );
}

export function AuditFilters({ wanted, onChange }: Props) {
  const { t } = useTranslation("admin");
  const day = (name: "since" | "until") => (
    <span className={styles.day}>
      {t(`audit.${name}`)}
      <DayPicker
        label={t(`audit.${name}`)}
        value={wanted[name]}
        onChange={(value) => onChange({ ...wanted, [name]: value ?? "" })}
      />
    </span>
  );
  return (
    <div className={styles.filters}>
      <NativeSelect
        aria-label={t("audit.filter")}
        className={styles.kind}
        value={wanted.kind}
        onChange={(event) => onChange({ ...wanted, kind: event.target.value as Wanted["kind"] })}
      >
        {KINDS.map((each) => (
          <option key={each} value={each}>
            {t(`audit.filters.${each}`)}
          </option>
        ))}
      </NativeSelect>
      <PersonSelect wanted={wanted} onChange={onChange} />
      {day("since")}
      {day("until")}
      {JSON.stringify(wanted) !== JSON.stringify(EVERYTHING) && (
        <Button kind="quiet" onClick={() => onChange(EVERYTHING)}>
          {t("audit.clear")}
        </Button>
      )}
    </div>
  );
}
