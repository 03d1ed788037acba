import { Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { BLOCK_KINDS } from "@/api/types";
import type { Block, Op, Page } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { Button } from "@/ui/Button";
import { NativeSelect } from "@/ui/controls";
import { useSettled } from "@/ui/hooks";
import { distinctKey } from "../draft/keys";
import { useDraft } from "../draft/useDraft";
import { labelText, newLabel } from "../parts/labels";
import { BlockPanel } from "./BlockPanel";
import { newBlock } from "./newThings";
import { PageCanvas } from "./PageCanvas";
import { PagePanel } from "./PagePanel";
import { shownPage } from "./shown";
import { type Width, WidthChoice } from "./ViewPreview";
import styles from "./Views.module.css";
import type { Chosen } from "./ViewsPage";

interface DesignerProps {
  page: Page;
  onChoose: (chosen: Chosen) => void;
}

function RolePreview({ page, onChoose }: DesignerProps) {
  const { t } = useTranslation(["designer", "parts"]);
  const language = useLanguage();
  const { definitions } = useDraft();
  const homeOf = (role: string) =>
    definitions.pages?.find((each) => each.home && (!each.roles?.length || each.roles.includes(role)));
  const roles = [{ key: "admin", label: t("parts:admin") }, ...(definitions.roles ?? [])];
  return (
    <NativeSelect
      aria-label={t("designer:seeAs")}
      value=""
      onChange={(event) => {
        const home = homeOf(event.target.value);
        if (home && home.key !== page.key) onChoose({ page: home.key });
      }}
    >
      <option value="">{t("designer:seeAs")}</option>
      {roles.map((role) => (
        <option key={role.key} value={role.key}>
          {t("designer:homeOf", {
            role: typeof role.label === "string" ? role.label : labelText(role.label, language),
            page: labelText(homeOf(role.key)?.label, language) || t("designer:plainHome"),
          })}
        </option>
      ))}
    </NativeSelect>
  );
}

/** A page of blocks: added from the palette, arranged by drag or keyboard, each with its settings beside. */
export function PageDesigner({ page, onChoose }: DesignerProps) {
  const { t } = useTranslation("designer");
  const language = useLanguage();
  const draft = useDraft();
  const [width, setWidth] = useState<Width>("desktop");
  const [chosen, setChosen] = useState<string | null>(null);
  const settled = useSettled(JSON.stringify(page), 300);
  const shown = useMemo(() => shownPage(JSON.parse(settled) as Page, language), [settled, language]);
  const blocks = page.blocks ?? [];
  const block = blocks.find((each) => each.key === chosen);
  const name = labelText(page.label, language);
  const here = ["pages", page.key];
  const add = (kind: (typeof BLOCK_KINDS)[number]) => {
    const key = distinctKey(
      kind,
      blocks.map((each) => each.key),
    );
    const value = newBlock(key, kind, draft.definitions, (text) => newLabel(t(text as "newText"), language));
    draft.edit([{ op: "put", path: [...here, "blocks", key], value }], t("added", { name: t(`blocks.${kind}`) }));
    setChosen(key);
  };
  const place = (key: string, to: number) => {
    const rest = blocks.filter((each) => each.key !== key);
    draft.edit(
      [{ op: "place", path: [...here, "blocks", key], before: rest[to]?.key ?? null }],
      t("movedTo", { name: key }),
    );
  };
  const drop = (dropped: Block) => {
    draft.edit([{ op: "drop", path: [...here, "blocks", dropped.key] }], t("deleted", { name: dropped.key }));
    setChosen(null);
  };
  const remove = () => {
    const menus = (draft.definitions.apps ?? []).flatMap((app) =>
      (app.menu ?? [])
        .filter((item) => item.page === page.key)
        .map((item): Op => ({ op: "drop", path: ["apps", app.key, "menu", item.key] })),
    );
    draft.edit([...menus, { op: "drop", path: here }], t("deleted", { name }));
    onChoose({});
  };
  return (
    <>
      <section className={styles.stage} aria-label={t("preview")}>
        <header className={styles.stageHead}>
          <strong>{name}</strong>
          <span className={styles.hint}>{t("pageNote")}</span>
          <RolePreview page={page} onChoose={onChoose} />
          <WidthChoice value={width} onChange={setWidth} />
        </header>
        <div className={styles.palette} role="toolbar" aria-label={t("palette")}>
          {BLOCK_KINDS.map((kind) => (
            <Button key={kind} small kind="quiet" icon={<Plus size={13} />} onClick={() => add(kind)}>
              {t(`blocks.${kind}`)}
            </Button>
          ))}
        </div>
        <div className={styles.canvas} data-width={width}>
          <PageCanvas page={shown} width={width} chosen={chosen} onChoose={setChosen} onPlace={place} />
        </div>
      </section>
      <aside className={styles.side}>
        {block ? (
          <BlockPanel
            key={block.key}
            page={page.key}
            block={block}
            onClose={() => setChosen(null)}
            onDelete={() => drop(block)}
          />
        ) : (
          <PagePanel page={page} onDelete={remove} />
        )}
      </aside>
    </>
  );
}
