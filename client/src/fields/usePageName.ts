import { useTranslation } from "react-i18next";
import { useCatalogue } from "./useCatalogue";

/** Places of the client that stand in its navigation, by their addresses. */
const FIXED = {
  tasks: "tasks",
  notifications: "notifications",
  imports: "imports",
  account: "account",
  studio: "studio",
} as const;

/** Gives the name of the page behind an address, as the navigation has it; an address without a name stays as it is. */
export function usePageName(): (path: string) => string {
  const { t } = useTranslation();
  const catalogue = useCatalogue();
  return (path) => {
    const [first = "", second = ""] = path.split("/").slice(1);
    if (first === "") return t("nav.home");
    if (first === "v") return catalogue.view(second)?.label ?? path;
    if (first === "e") return catalogue.entityLabel(second);
    if (first === "p") return catalogue.definitions.pages.find((each) => each.key === second)?.label ?? path;
    return first in FIXED ? t(`nav.${FIXED[first as keyof typeof FIXED]}`) : path;
  };
}
