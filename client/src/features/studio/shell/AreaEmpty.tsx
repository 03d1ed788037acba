import { useTranslation } from "react-i18next";
import { EmptyState, Page } from "@/ui/surfaces";
import { AREA_PLACES, type Area } from "./areas";

/** What an area says while it has nothing of its own to show. */
export function AreaEmpty({ area }: { area: Area }) {
  const { t } = useTranslation("studio");
  const Icon = AREA_PLACES[area].icon;
  return (
    <Page>
      <EmptyState icon={<Icon size={40} />} title={t("notYet")} text={t(`areas.${area}.note`)} />
    </Page>
  );
}
