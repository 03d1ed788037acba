import { Link, useNavigate } from "@tanstack/react-router";
import { Columns2, MoreHorizontal, Table2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ViewDefinition } from "@/api/types";
import { useViewChanges, type ViewDraft } from "@/api/views";
import { useCatalogue } from "@/fields/useCatalogue";
import { useErrorText } from "@/fields/useTexts";
import { Button, IconButton } from "@/ui/Button";
import { FieldFrame, TextInput } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { Menu } from "@/ui/Menu";
import { toast } from "@/ui/toast";
import { Confirm } from "../dialogs/Confirm";
import styles from "./List.module.css";
import type { ListState } from "./useListState";

/** Brings the tab of the view that is open into sight. */
function showTab(tab: HTMLAnchorElement | null): void {
  tab?.scrollIntoView({ block: "nearest", inline: "center" });
}

interface TabsProps {
  entity: string;
  view: ViewDefinition | undefined;
  state: ListState;
}

function draftOf({ entity, view, state }: TabsProps, label: string): Omit<ViewDraft, "shared"> {
  return {
    entity,
    label,
    kind: view?.kind ?? "grid",
    columns: state.columns,
    filter: state.filter,
    sort: state.sort,
    group: state.group,
    measures: view?.measures ?? [],
    card: view?.card ?? [],
    widths: view?.widths ?? {},
    frozen: view?.frozen ?? 1,
    groups: state.group ? [] : (view?.groups ?? []),
    summary: view?.summary ?? {},
    colours: view?.colours ?? [],
    calendar: view?.calendar ?? null,
    gallery: view?.gallery ?? null,
    map: view?.map ?? null,
    timeline: view?.timeline ?? null,
  };
}

function SaveDialog({ onClose, ...props }: TabsProps & { onClose: () => void }) {
  const { t } = useTranslation(["records", "common"]);
  const errorText = useErrorText();
  const navigate = useNavigate();
  const { create } = useViewChanges();
  const [name, setName] = useState("");
  const save = () => {
    if (!name.trim()) return;
    create.mutate(draftOf(props, name.trim()), {
      onSuccess: (view) => {
        toast.done(t("records:views.saved"));
        onClose();
        void navigate({ to: "/v/$view", params: { view: view.key } });
      },
    });
  };
  return (
    <Dialog
      title={t("records:views.saveAs")}
      width={420}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      onSubmit={save}
      foot={
        <Button kind="primary" type="submit" busy={create.isPending} disabled={!name.trim()}>
          {t("common:actions.save")}
        </Button>
      }
    >
      <FieldFrame label={t("records:views.name")} error={create.error ? errorText(create.error) : null}>
        {(ids) => (
          <TextInput
            {...ids}
            data-autofocus
            value={name}
            maxLength={40}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </FieldFrame>
    </Dialog>
  );
}

/** The views of an entity side by side; one's own can be changed and deleted here. */
export function ViewTabs(props: TabsProps) {
  const { entity, view, state } = props;
  const { t } = useTranslation(["records", "common"]);
  const errorText = useErrorText();
  const navigate = useNavigate();
  const catalogue = useCatalogue();
  const { update, remove } = useViewChanges();
  const [dialog, setDialog] = useState<"save" | "remove" | null>(null);
  const views = catalogue.viewsOf(entity);
  const own = view?.personal ? view : null;
  const entries = [
    ...(state.isChanged && own
      ? [
          {
            key: "update",
            label: t("records:views.update"),
            onSelect: () =>
              update.mutate(
                { key: own.key, ...draftOf(props, own.label) },
                {
                  onSuccess: () => {
                    toast.done(t("records:views.saved"));
                    state.reset();
                  },
                  onError: (error) => toast.error(errorText(error)),
                },
              ),
          },
        ]
      : []),
    { key: "save", label: t("records:views.saveAs"), onSelect: () => setDialog("save") },
    ...(state.isChanged ? [{ key: "reset", label: t("records:views.reset"), onSelect: state.reset }] : []),
    ...(own
      ? [
          {
            key: "remove",
            label: t("records:views.remove"),
            danger: true,
            split: true,
            onSelect: () => setDialog("remove"),
          },
        ]
      : []),
  ];
  return (
    <nav className={styles.tabs} aria-label={t("records:views.label")}>
      {views.map((each) => (
        <Link
          key={each.key}
          to="/v/$view"
          params={{ view: each.key }}
          className={styles.tab}
          data-active={each.key === view?.key}
          ref={each.key === view?.key ? showTab : undefined}
        >
          {each.kind === "board" ? <Columns2 size={14} aria-hidden="true" /> : <Table2 size={14} aria-hidden="true" />}
          {each.label}
          {each.personal && <small>{t("records:views.personal")}</small>}
          {each.key === view?.key && state.isChanged && <small>· {t("records:views.changed")}</small>}
        </Link>
      ))}
      <Menu
        label={t("records:views.more")}
        entries={entries}
        trigger={(trigger) => (
          <IconButton {...trigger} small label={t("records:views.more")}>
            <MoreHorizontal size={16} />
          </IconButton>
        )}
      />
      {dialog === "save" && <SaveDialog {...props} onClose={() => setDialog(null)} />}
      {dialog === "remove" && own && (
        <Confirm
          title={t("records:views.removeSure", { name: own.label })}
          confirm={t("common:actions.delete")}
          busy={remove.isPending}
          onClose={() => setDialog(null)}
          onConfirm={() =>
            remove.mutate(own.key, {
              onSuccess: () => {
                toast.done(t("records:views.removed"));
                void navigate({ to: "/e/$entity", params: { entity } });
              },
              onError: (error) => toast.error(errorText(error)),
            })
          }
        />
      )}
    </nav>
  );
}
