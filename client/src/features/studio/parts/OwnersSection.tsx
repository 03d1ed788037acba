import { useTranslation } from "react-i18next";
import type { Definitions, Named } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { useDraft } from "../draft/useDraft";
import { labelText } from "./labels";
import { ProblemText, PropertySection } from "./PropertyPanel";
import styles from "./parts.module.css";
import { RoleChoice } from "./RoleChoice";

interface OwnersProps {
  /** The list of definitions that the item is in. */
  collection: keyof Definitions;
  item: Named;
}

/** Whose approval a change of this definition needs when somebody else makes it. */
export function OwnersSection({ collection, item }: OwnersProps) {
  const { t } = useTranslation("parts");
  const language = useLanguage();
  const { edit, problemsAt } = useDraft();
  const path = [collection, item.key, "owners"];
  return (
    <PropertySection title={t("owners.title")} count={item.owners?.length ?? 0}>
      <p className={styles.help}>{t("owners.help")}</p>
      <RoleChoice
        label={t("owners.roles")}
        value={item.owners ?? []}
        everybody={t("owners.none")}
        onChange={(owners) =>
          edit(
            [{ op: "put", path, value: owners.length > 0 ? owners : null }],
            t("owners.did", { name: labelText(item.label, language) }),
          )
        }
      />
      {problemsAt(path).map((each) => (
        <ProblemText key={each.path.join("/")}>{each.message}</ProblemText>
      ))}
    </PropertySection>
  );
}
