import { useTranslation } from "react-i18next";
import { useLanguage } from "@/i18n/useLanguage";
import { Check } from "@/ui/controls";
import { useDraft } from "../draft/useDraft";
import { labelText } from "./labels";
import styles from "./parts.module.css";

interface RolesProps {
  label: string;
  value: string[];
  /** What nobody in particular means. */
  everybody: string;
  onChange: (value: string[]) => void;
}

/** Several of the roles; none chosen stands for what `everybody` says. */
export function RoleChoice({ label, value, everybody, onChange }: RolesProps) {
  const { t } = useTranslation("parts");
  const language = useLanguage();
  const { definitions } = useDraft();
  const roles = [
    { key: "admin", label: t("admin") },
    ...(definitions.roles ?? []).map(({ key, label }) => ({ key, label: labelText(label, language) || key })),
  ];
  return (
    <fieldset className={styles.checks}>
      <legend>{label}</legend>
      {roles.map((role) => (
        <Check
          key={role.key}
          checked={value.includes(role.key)}
          onChange={(on) => onChange(on ? [...value, role.key] : value.filter((each) => each !== role.key))}
        >
          {role.label}
        </Check>
      ))}
      {value.length === 0 && <p className={styles.help}>{everybody}</p>}
    </fieldset>
  );
}
