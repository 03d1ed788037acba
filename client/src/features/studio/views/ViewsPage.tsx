import { useNavigate, useSearch } from "@tanstack/react-router";
import { LayoutDashboard } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Page, View } from "@/api/types/studio";
import { useCatalogue } from "@/fields/useCatalogue";
import { useLanguage } from "@/i18n/useLanguage";
import { useIsPhone } from "@/ui/media";
import { EmptyState } from "@/ui/surfaces";
import { makeKey } from "../draft/keys";
import { useDraft } from "../draft/useDraft";
import { DesignList } from "./DesignList";
import { PageDesigner } from "./PageDesigner";
import { promoted } from "./promote";
import { ViewDesigner } from "./ViewDesigner";
import styles from "./Views.module.css";

export interface Chosen {
  view?: string;
  page?: string;
}

/** What is being designed, as the address says; a link may also bring a saved view that should become everybody's. */
function useChosen(): [Chosen, (chosen: Chosen) => void, string | null] {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const text = (value: unknown) => (typeof value === "string" ? value : undefined);
  const [view, page] = [text(search.view), text(search.page)];
  const chosen = { ...(view ? { view } : {}), ...(page ? { page } : {}) };
  const choose = (next: Chosen) => void navigate({ to: "/studio/views", search: next as never, replace: true });
  return [chosen, choose, text(search.promote) ?? null];
}

/** Takes the saved view that the address names into the draft, once. */
function usePromotion(saved: string | null, choose: (chosen: Chosen) => void) {
  const { t } = useTranslation("designer");
  const language = useLanguage();
  const draft = useDraft();
  const catalogue = useCatalogue();
  const done = useRef<string | null>(null);
  useEffect(() => {
    const view = saved ? catalogue.view(saved) : undefined;
    if (!saved || !view || done.current === saved) return;
    done.current = saved;
    const taken = (draft.definitions.views ?? []).map((each) => each.key);
    void makeKey(`${view.entity} ${view.label}`, taken, `${view.entity}_view`).then((key) => {
      draft.edit(
        [{ op: "put", path: ["views", key], value: promoted(view, key, language) }],
        t("promoted", { name: view.label }),
      );
      choose({ view: key });
    });
  }, [saved, catalogue, draft, choose, t, language]);
}

export function ViewsPage() {
  const { t } = useTranslation("designer");
  const isPhone = useIsPhone();
  const draft = useDraft();
  const [chosen, choose, saved] = useChosen();
  usePromotion(saved, choose);
  const view = draft.definitions.views?.find((each) => each.key === chosen.view) as View | undefined;
  const page = draft.definitions.pages?.find((each) => each.key === chosen.page) as Page | undefined;
  return (
    <div className={styles.designer} data-chosen={view !== undefined || page !== undefined}>
      <DesignList chosen={chosen} onChoose={choose} isShort={isPhone && (view !== undefined || page !== undefined)} />
      {view && <ViewDesigner key={view.key} view={view} onChoose={choose} />}
      {page && <PageDesigner key={page.key} page={page} onChoose={choose} />}
      {!view && !page && (
        <EmptyState icon={<LayoutDashboard size={40} />} title={t("nothingChosen")} text={t("nothingChosenText")} />
      )}
    </div>
  );
}
