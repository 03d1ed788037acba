import { LayoutTemplate } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useGallery } from "@/api/entrances";
import type { Gallery } from "@/api/types/entrances";
import { useErrorText } from "@/fields/useTexts";
import { NativeSelect, SearchInput } from "@/ui/controls";
import { Count, EmptyState, Page, PageHeader, SkeletonLines } from "@/ui/surfaces";
import { GENERAL, sift, type Wanted } from "./gallery";
import { PreviewDialog } from "./PreviewDialog";
import { TemplateCard } from "./TemplateCard";
import styles from "./Templates.module.css";

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
          <TemplateCard
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
