import { useTranslation } from "react-i18next";
import type { Role } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { PlainTable } from "@/ui/surfaces";
import { useDraft } from "../draft/useDraft";
import { labelText } from "../shell/values";
import { levelOf, type Operation, rowsOf } from "./grants";
import { LevelMark } from "./LevelMark";
import styles from "./Roles.module.css";

/** One operation for all roles and forms on one page. */
export function Overview({ operation, onOpen }: { operation: Operation; onOpen: (role: Role) => void }) {
  const { t } = useTranslation("roles");
  const language = useLanguage();
  const { definitions } = useDraft();
  const roles = definitions.roles ?? [];
  return (
    <PlainTable label={t("overviewOf", { operation: t(`operations.${operation}`) })}>
      <thead>
        <tr>
          <th scope="col">{t("form")}</th>
          {roles.map((role) => (
            <th key={role.key} scope="col">
              <button type="button" className={styles.roleLink} onClick={() => onOpen(role)}>
                {labelText(role.label, language, role.key)}
              </button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rowsOf(definitions).map((entity) => (
          <tr key={entity.key}>
            <th scope="row">{labelText(entity.label, language, entity.key)}</th>
            {roles.map((role) => (
              <td key={role.key}>
                <LevelMark level={levelOf(role, entity.key, operation)} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}
