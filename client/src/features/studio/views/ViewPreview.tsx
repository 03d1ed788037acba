import { Monitor, Smartphone } from "lucide-react";
import { type KeyboardEvent, type MouseEvent, type SyntheticEvent, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Condition, ListQuery, ViewDefinition } from "@/api/types";
import type { View } from "@/api/types/studio";
import { useCatalogue } from "@/fields/useCatalogue";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { columnKeys } from "@/model/columns";
import { countComparisons } from "@/model/filter";
import { marksOf } from "@/model/looks";
import { Segments } from "@/ui/controls";
import { useSettled } from "@/ui/hooks";
import { EmptyState } from "@/ui/surfaces";
import { ViewBody } from "@/views/list/ViewBody";
import { shownView } from "./shown";
import styles from "./Views.module.css";

export type Width = "desktop" | "phone";

export function WidthChoice({ value, onChange }: { value: Width; onChange: (value: Width) => void }) {
  const { t } = useTranslation("designer");
  return (
    <Segments
      label={t("previewWidth")}
      value={value}
      options={[
        { value: "desktop", label: t("desktop"), icon: <Monitor size={14} /> },
        { value: "phone", label: t("phone"), icon: <Smartphone size={14} /> },
      ]}
      onChange={onChange}
    />
  );
}

const NOTHING = new Map();
const isWhole = (when: Condition) => countComparisons(when) > 0;

const CHANGING = "[data-dragging], [data-free]";
const stop = (event: SyntheticEvent) => event.stopPropagation();
const stopInside = (event: SyntheticEvent) => {
  if (event.target instanceof Element && event.target.closest(CHANGING)) event.stopPropagation();
};

/** A preview shows and is leafed through; it neither changes records nor leads away. */
const guard = {
  onDoubleClickCapture: stop,
  onPasteCapture: stop,
  onCutCapture: stop,
  onKeyDownCapture: (event: KeyboardEvent) => {
    if (event.key !== "Tab") event.stopPropagation();
  },
  onPointerDownCapture: stopInside,
  onClickCapture: (event: MouseEvent) => {
    if (!(event.target instanceof Element) || !event.target.closest(`a, ${CHANGING}`)) return;
    event.preventDefault();
    event.stopPropagation();
  },
};

/** The view on the records that there are; what is not published yet has none. */
export function ViewPreview({ view, width }: { view: View; width: Width }) {
  const { t } = useTranslation("designer");
  const language = useLanguage();
  const errorText = useErrorText();
  const catalogue = useCatalogue();
  const settled = useSettled(JSON.stringify(view), 350);
  const entity = catalogue.entity(view.entity);
  const shown = useMemo((): ViewDefinition => {
    const known = (key: string) => key.includes(".") || catalogue.field(view.entity, key) !== undefined;
    const found = shownView(JSON.parse(settled) as View, language, known);
    return { ...found, colours: found.colours.filter((rule) => isWhole(rule.when)) };
  }, [settled, language, catalogue, view.entity]);
  if (!entity) return <EmptyState title={t("previewLater")} text={t("previewLaterText")} />;
  const query: ListQuery = {
    ...(shown.filter && isWhole(shown.filter) ? { filter: shown.filter } : {}),
    ...(shown.sort.length > 0 ? { sort: shown.sort } : {}),
    ...(shown.colours.length > 0 ? { marks: marksOf(shown) } : {}),
  };
  const groups = shown.groups.length > 0 ? shown.groups : shown.group ? [{ field: shown.group }] : [];
  return (
    <div className={styles.preview} data-width={width} {...guard}>
      <ViewBody
        key={shown.kind}
        entity={entity}
        view={shown}
        query={query}
        columns={columnKeys(catalogue, entity, shown)}
        sort={shown.sort}
        groups={shown.kind === "grid" ? groups : []}
        onSort={() => undefined}
        onOpen={() => undefined}
        selected={NOTHING}
        onSelect={() => undefined}
        canSelect={false}
        empty={<EmptyState title={t("previewEmpty")} text={t("previewEmptyText")} />}
        failed={(error) => <EmptyState title={t("previewFailed")} text={errorText(error)} />}
      />
    </div>
  );
}
