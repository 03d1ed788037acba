import { Link } from "@tanstack/react-router";
import { FileSpreadsheet, LayoutTemplate } from "lucide-react";
import { useTranslation } from "react-i18next";
import { buttonClass } from "@/ui/Button";

/** The ways to an app that need no blank page: own spreadsheets, or a template. */
export function NewAppWays() {
  const { t } = useTranslation("entrances");
  return (
    <>
      <Link to="/studio/new-from-spreadsheet" className={buttonClass("plain")}>
        <FileSpreadsheet size={16} aria-hidden="true" />
        {t("sheets.title")}
      </Link>
      <Link to="/studio/templates" className={buttonClass("plain")} data-tour="studio.templates">
        <LayoutTemplate size={16} aria-hidden="true" />
        {t("templates.title")}
      </Link>
    </>
  );
}
