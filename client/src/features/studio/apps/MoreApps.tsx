import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useGallery } from "@/api/entrances";
import { SkeletonLines } from "@/ui/surfaces";
import { PreviewDialog } from "../templates/PreviewDialog";
import { TemplateCard } from "../templates/TemplateCard";
import templates from "../templates/Templates.module.css";
import styles from "./Apps.module.css";

const SHOWN = 6;

/** Apps that are not in use yet and fit any industry: one at a time, each on its own. */
export function MoreApps() {
  const { t } = useTranslation("studioApps");
  const gallery = useGallery();
  const [chosen, setChosen] = useState<string | null>(null);
  const all = gallery.data?.templates ?? [];
  const offered = all.filter((each) => each.industry === null && !each.installed).slice(0, SHOWN);
  const template = all.find((each) => each.key === chosen);
  if (gallery.isPending) return <SkeletonLines lines={6} />;
  if (offered.length === 0) return null;
  return (
    <section className={styles.more} aria-label={t("more")}>
      <header>
        <h2>{t("more")}</h2>
        <Link to="/studio/templates">{t("moreAll")}</Link>
        <p>{t("moreText")}</p>
      </header>
      <div className={templates.grid}>
        {offered.map((each) => (
          <TemplateCard key={each.key} template={each} industry={undefined} onPreview={() => setChosen(each.key)} />
        ))}
      </div>
      {template && <PreviewDialog summary={template} onClose={() => setChosen(null)} />}
    </section>
  );
}
