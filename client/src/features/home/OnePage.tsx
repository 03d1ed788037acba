import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { serverNow } from "@/api/clock";
import type { PageDefinition } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { useLanguage } from "@/i18n/useLanguage";
import { formatLongDate } from "@/model/format";
import { EmptyState, Page, PageHeader } from "@/ui/surfaces";
import { HoursChoice, PageBlocks, useHours } from "@/views/page/PageView";

function Shown({ page }: { page: PageDefinition }) {
  const language = useLanguage();
  const [hours, setHours] = useHours(page);
  return (
    <Page>
      <PageHeader
        title={page.label}
        note={[formatLongDate(serverNow(), language), page.description].filter(Boolean).join(" · ")}
        actions={hours === null ? undefined : <HoursChoice hours={hours} onChange={setHours} />}
      />
      <PageBlocks page={page} hours={hours} />
    </Page>
  );
}

/** One page of the definitions, by its key. */
export function OnePage() {
  const { t } = useTranslation();
  const { page: key } = useParams({ from: "/inside/rich/p/$page" });
  const page = useCatalogue().definitions.pages.find((each) => each.key === key);
  if (!page) return <EmptyState title={t("errors.notFound")} text={t("errors.notFoundText")} />;
  return <Shown key={page.key} page={page} />;
}
