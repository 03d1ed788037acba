import { Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Page } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { IconButton } from "@/ui/Button";
import { useDraft } from "../draft/useDraft";
import { LabelField } from "../parts/LabelField";
import { labelText } from "../parts/labels";
import { OwnersSection } from "../parts/OwnersSection";
import { ProblemText, PropertyPanel, PropertySection, SwitchProperty } from "../parts/PropertyPanel";
import { RoleChoice } from "../parts/RoleChoice";
import { MenuSwitches } from "./MenuSwitches";

/** What a page is called, whom it is for, and whether it is their home. */
export function PagePanel({ page, onDelete }: { page: Page; onDelete: () => void }) {
  const { t } = useTranslation("designer");
  const language = useLanguage();
  const draft = useDraft();
  const name = labelText(page.label, language);
  const put = (setting: string, value: unknown) =>
    draft.edit([{ op: "put", path: ["pages", page.key, setting], value: value ?? null }], t("changed", { name }));
  const problems = draft.problemsAt(["pages", page.key]).filter((each) => each.path[2] !== "blocks");
  return (
    <PropertyPanel
      title={name || t("unnamed")}
      note={page.key}
      actions={
        <IconButton small label={t("delete", { name })} onClick={onDelete}>
          <Trash2 size={15} />
        </IconButton>
      }
    >
      <PropertySection title={t("basics")} open>
        <LabelField
          label={t("name")}
          required
          value={page.label}
          onChange={(label) => put("label", label ?? { zh: "" })}
        />
        <LabelField label={t("description")} value={page.description} onChange={(text) => put("description", text)} />
        <SwitchProperty
          label={t("isHome")}
          help={t("isHomeHelp")}
          value={page.home ?? false}
          onChange={(home) => put("home", home || undefined)}
        />
        {problems.map((each) => (
          <ProblemText key={`${each.path.join("/")}${each.code}`}>{each.message}</ProblemText>
        ))}
      </PropertySection>
      <PropertySection title={t("visibility")} open>
        <RoleChoice
          label={t("roles")}
          value={page.roles ?? []}
          everybody={t("everybodyPage")}
          onChange={(roles) => put("roles", roles.length > 0 ? roles : undefined)}
        />
        {!page.home && <MenuSwitches target={{ page: page.key }} label={page.label} />}
      </PropertySection>
      <OwnersSection collection="pages" item={page} />
    </PropertyPanel>
  );
}
