import { ICON_NAMES, iconOf } from "@/ui/icons";
import styles from "./Apps.module.css";

/** One picture out of those that definitions may name. */
export function IconChoice({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (icon: string) => void;
}) {
  return (
    <fieldset className={styles.icons}>
      <legend>{label}</legend>
      {ICON_NAMES.map((name) => {
        const Icon = iconOf(name);
        return (
          <button
            key={name}
            type="button"
            title={name}
            aria-label={name}
            aria-pressed={name === value}
            onClick={() => onChange(name)}
          >
            <Icon size={18} aria-hidden="true" />
          </button>
        );
      })}
    </fieldset>
  );
}
