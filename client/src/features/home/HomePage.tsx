import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { serverNow } from "@/api/clock";
import { useMe } from "@/api/session";
import { useCatalogue } from "@/fields/useCatalogue";
import { useLanguage } from "@/i18n/useLanguage";
import { formatLongDate, formatTime } from "@/model/format";
import { EmptyState, Page, PageHeader } from "@/ui/surfaces";
import { HoursChoice, PageBlocks, useHours } from "@/views/page/PageView";

/** What the system has ready for the member today: the home page of the member's role. */
export function HomePage({ invite }: { invite?: ReactNode }) {
  const { t } = useTranslation("home");
  const me = useMe();
  const language = useLanguage();
  const page = useCatalogue().definitions.pages.find((each) => each.home);
  const now = serverNow();
  const hour = Number(formatTime(new Date(now).toISOString(), language).slice(0, 2));
  const part = hour < 12 ? "morning" : hour < 18 ? "afternoon" : "evening";
  const [hours, setHours] = useHours(
    page ?? { key: "", label: "", description: null, home: true, icon: "", blocks: [] },
  );
  return (
    <Page>
      <PageHeader
        title={t(`greeting.${part}`, { name: me.name })}
        note={formatLongDate(now, language)}
        actions={hours === null ? undefined : <HoursChoice hours={hours} onChange={setHours} />}
      />
      {page && page.blocks.length > 0 ? (
        <PageBlocks page={page} hours={hours}>
          {invite}
        </PageBlocks>
      ) : (
        <>
          <EmptyState title={t("empty")} text={t("emptyText")} />
          {invite}
        </>
      )}
    </Page>
  );
}
