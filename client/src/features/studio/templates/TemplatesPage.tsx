import { LayoutTemplate, Check as Tick } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useGallery } from "@/api/entrances";
import type { Gallery, TemplateSummary } from "@/api/types/entrances";
import { useErrorText } from "@/fields/useTexts";
import { NativeSelect, SearchInput } from "@/ui/controls";
import { iconOf } from "@/ui/icons";
import { Count, EmptyState, Page, PageHeader, SkeletonLines, Tag } from "@/ui/surfaces";
import { GENERAL, sift, type Wanted } from "./gallery";
import { PreviewDialog } from "./PreviewDialog";
import styles from "./Templates.module.css";

interface CardProps {
  template: TemplateSummary;
  industry: string | undefined;
  onPreview: () => void;
}

function Card({ template, industry, onPreview }: CardProps) {
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

interface ToolsProps {
  gallery: Gallery;
  wanted: Wanted;
  tally: Map<string, number>;
  onChange: (wanted: Wanted) => void;
}

function Tools({ gallery, wanted, tally, onChange }: ToolsProps) {
  const { t } = useTranslation("entrances");
  const families = [{ key: "", label: t("templates.allFamilies") }, ...gallery.families];
  return (
    <div className={styles.tools}>
      <SearchInput
        aria-label={t("templates.search")}
        placeholder={t("templates.search")}
        value={wanted.text}
        onChange={(event) => onChange({ ...wanted, text: event.target.value })}
      />
      <NativeSelect
        aria-label={t("templates.industry")}
        value={wanted.industry}
        onChange={(event) => onChange({ ...wanted, industry: event.target.value })}
      >
        <option value="">{t("templates.allIndustries")}</option>
        <option value={GENERAL}>{t("templates.general")}</option>
        {gallery.industries.map((each) => (
          <option key={each.key} value={each.key}>
            {each.label}
          </option>
        ))}
      </NativeSelect>
      <fieldset className={styles.families} aria-label={t("templates.family")}>
        {families.map((each) => (
          <button
            key={each.key}
            type="button"
            aria-pressed={wanted.family === each.key}
            onClick={() => onChange({ ...wanted, family: each.key })}
          >
            {each.label} <Count value={tally.get(each.key) ?? 0} quiet />
          </button>
        ))}
      </fieldset>
    </div>
  );
}

function Shelves({ gallery }: { gallery: Gallery }) {
  const { t } = useTranslation("entrances");
  const [wanted, setWanted] = useState<Wanted>({ industry: "", family: "", text: "" });
  const [chosen, setChosen] = useState<string | null>(null);
  const { shown, tally } = sift(gallery, wanted);
  const industries = new Map(gallery.industries.map((each) => [each.key, each.label]));
  const template = gallery.templates.find((each) => each.key === chosen);
  return (
    <>
      <Tools gallery={gallery} wanted={wanted} tally={tally} onChange={setWanted} />
      <p className={styles.count} role="status">
        {t("templates.count", { count: shown.length })}
      </p>
      {shown.length === 0 && (
        <EmptyState
          icon={<LayoutTemplate size={36} />}
          title={t("templates.nothing")}
          text={t("templates.nothingText")}
        />
      )}
      <div className={styles.grid}>
        {shown.map((each) => (
          <Card
            key={each.key}
            template={each}
            industry={industries.get(each.industry ?? "")}
            onPreview={() => setChosen(each.key)}
          />
        ))}
      </div>
      {template && <PreviewDialog summary={template} onClose={() => setChosen(null)} />}
    </>
  );
}

/** Apps that ship with the platform, by industry and kind of work. */
export function TemplatesPage() {
  const { t } = useTranslation("entrances");
  const errorText = useErrorText();
  const gallery = useGallery();
  return (
    <Page>
      <PageHeader title={t("templates.title")} note={t("templates.note")} />
      {gallery.isPending && <SkeletonLines lines={8} />}
      {gallery.isError && <EmptyState title={errorText(gallery.error)} />}
      {gallery.data && <Shelves gallery={gallery.data} />}
    </Page>
  );
}
