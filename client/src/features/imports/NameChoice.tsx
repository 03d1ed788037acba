import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { usePeople } from "@/api/admin";
import { useRecordPages } from "@/api/records";
import type { FieldDefinition } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { textOption } from "@/model/catalogue";
import { useSettled } from "@/ui/hooks";

interface NameChoiceProps {
  field: FieldDefinition | undefined;
  /** Names that are much like the one in the file. */
  near: string[];
  label: string;
  value: string | undefined;
  onChange: (name: string | undefined) => void;
}

interface Found {
  names: string[];
  isBusy: boolean;
}

/** Everything that a value of the field may name: options at once, people and records as they are searched for. */
function useNames(field: FieldDefinition | undefined, search: string, isOpen: boolean): Found {
  const catalogue = useCatalogue();
  const target = field ? textOption(field, "target") : null;
  const isRecord = target !== null && (field?.type === "relation" || field?.type === "many_to_many");
  const isPerson = field?.type === "user";
  const records = useRecordPages(target ?? "", search ? { search } : {}, 20, isOpen && isRecord);
  const people = usePeople(search, isOpen && isPerson);
  if (isRecord)
    return { names: (records.data?.pages[0]?.rows ?? []).map((row) => row.title), isBusy: records.isFetching };
  if (isPerson) return { names: (people.data ?? []).map((each) => each.name), isBusy: people.isFetching };
  const written = search.toLowerCase();
  const options = field ? catalogue.options(field).filter((each) => !each.retired) : [];
  return {
    names: options.map((each) => each.label).filter((each) => each.toLowerCase().includes(written)),
    isBusy: false,
  };
}

/** What a name in the file means: one that is much like it, or any other that is searched for. */
export function NameChoice({ field, near, label, value, onChange }: NameChoiceProps) {
  const { t } = useTranslation(["imports", "records"]);
  const [text, setText] = useState("");
  const [isOpen, setOpen] = useState(false);
  const { names, isBusy } = useNames(field, useSettled(text), isOpen);
  const others = [...new Set(names)].filter((each) => !near.includes(each));
  const groups = [
    { label: t("imports:check.alike"), names: near },
    { label: t("imports:check.others"), names: others },
  ];
  return (
    <Select
      aria-label={label}
      style={{ width: "100%" }}
      allowClear
      placeholder={t("imports:check.keep")}
      showSearch={{ filterOption: false, onSearch: setText }}
      onOpenChange={setOpen}
      loading={isBusy}
      notFoundContent={isBusy ? t("records:searching") : t("records:nothingFound")}
      value={value}
      options={groups
        .filter((group) => group.names.length > 0)
        .map((group) => ({
          label: group.label,
          title: group.label,
          options: group.names.map((name) => ({ value: name, label: name })),
        }))}
      onChange={(name: string | undefined) => onChange(name)}
    />
  );
}
