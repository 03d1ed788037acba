import { Check, Rows3 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { FieldDefinition } from "@/api/types";
import { shownAs } from "@/model/catalogue";
import { Button } from "@/ui/Button";
import { Menu } from "@/ui/Menu";

const GROUPABLE = new Set([
  "single_select",
  "user",
  "department",
  "relation",
  "region",
  "switch",
  "date",
  "date_time",
  "rating",
]);

interface GroupProps {
  fields: FieldDefinition[];
  group: string | null;
  onChange: (group: string | null) => void;
}

export function GroupButton({ fields, group, onChange }: GroupProps) {
  const { t } = useTranslation("records");
  const possible = fields.filter((field) => GROUPABLE.has(shownAs(field).type) && field.sortable);
  const current = possible.find((field) => field.key === group);
  const mark = (on: boolean) => <Check size={15} style={{ visibility: on ? "visible" : "hidden" }} />;
  return (
    <Menu
      label={t("group.title")}
      trigger={(trigger) => (
        <Button {...trigger} kind={current ? "plain" : "quiet"} active={Boolean(current)} icon={<Rows3 size={16} />}>
          {current ? current.label : t("group.title")}
        </Button>
      )}
      entries={[
        { key: "", label: t("group.none"), icon: mark(!current), onSelect: () => onChange(null) },
        ...possible.map((field) => ({
          key: field.key,
          label: field.label,
          icon: mark(field.key === group),
          onSelect: () => onChange(field.key),
        })),
      ]}
    />
  );
}
