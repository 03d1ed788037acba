import { Check as Tick } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { TemplateSummary } from "@/api/types/entrances";
import { iconOf } from "@/ui/icons";
import { Tag } from "@/ui/surfaces";
import styles from "./Templates.module.css";

interface CardProps {
  template: TemplateSummary;
  industry: string | undefined;
  onPreview: () => void;
}

/** A template in short; the whole card opens its preview. */
export function TemplateCard({ template, industry, onPreview }: CardProps) {
  const { t } = useTranslation("entrances");
  const Icon = iconOf(template.icon);
  return (
    <article className={styles.card} aria-label={template.label}>
      <div className={styles.head}>
        <span className={styles.badge} aria-hidden="true">
          <Icon size={18} />
        </span>
        <h2>
          <button type="button" aria-label={`${t("templates.preview")} ${template.label}`} onClick={onPreview}>
            {template.label}
          </button>
        </h2>
      </div>
      <p>{template.description}</p>
      <div className={styles.tags}>
        <Tag colour={industry ? "blue" : "grey"}>{industry ?? t("templates.general")}</Tag>
        {template.installed && (
          <Tag colour="green">
            <Tick size={12} aria-hidden="true" /> {t("templates.installed")}
          </Tag>
        )}
        <small>
          {t("templates.fields", { count: template.fields })}
          {template.stages > 0 && ` · ${t("templates.stageCount", { count: template.stages })}`}
        </small>
      </div>
    </article>
  );
}
