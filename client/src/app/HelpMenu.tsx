import { CircleHelp, Flag, GraduationCap } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { listTours, useTourState } from "@/features/tour/tourStore";
import { IconButton } from "@/ui/Button";
import { Menu } from "@/ui/Menu";

const ReportDialog = lazy(() => import("@/features/obstacles/ReportDialog"));
const TourLayer = lazy(() => import("@/features/tour/TourLayer"));

/** Tours, and the way to say what gets in the way, from every page. */
export default function HelpMenu() {
  const { t } = useTranslation();
  const { tour, listed } = useTourState();
  const [reporting, setReporting] = useState(false);
  return (
    <>
      <Menu
        end
        label={t("nav.help")}
        trigger={(props) => (
          <IconButton {...props} label={t("nav.help")} data-tour="help">
            <CircleHelp size={18} />
          </IconButton>
        )}
        entries={[
          { key: "report", label: t("nav.report"), icon: <Flag size={16} />, onSelect: () => setReporting(true) },
          { key: "tours", label: t("nav.tours"), icon: <GraduationCap size={16} />, onSelect: () => listTours(true) },
        ]}
      />
      {reporting && (
        <Suspense fallback={null}>
          <ReportDialog onClose={() => setReporting(false)} />
        </Suspense>
      )}
      {(tour || listed) && (
        <Suspense fallback={null}>
          <TourLayer />
        </Suspense>
      )}
    </>
  );
}
