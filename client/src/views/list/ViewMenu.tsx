import { useNavigate } from "@tanstack/react-router";
import { MoreHorizontal } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/session";
import type { ViewDefinition } from "@/api/types";
import { useViewChanges, type ViewDraft } from "@/api/views";
import { useErrorText } from "@/fields/useTexts";
import { IconButton } from "@/ui/Button";
import { Menu, type MenuEntry } from "@/ui/Menu";
import { toast } from "@/ui/toast";
import { Confirm } from "../dialogs/Confirm";
import type { ListState } from "./useListState";
import { ViewNameDialog } from "./ViewNameDialog";

export interface ViewMenuProps {
  entity: string;
  view: ViewDefinition | undefined;
  state: ListState;
}

function draftOf({ entity, view, state }: ViewMenuProps, label: string): Omit<ViewDraft, "shared"> {
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

type Open = "save" | "rename" | "remove" | null;

/** What can be done with the view that is open: kept, renamed, shared, given to everybody, deleted. */
export function ViewMenu(props: ViewMenuProps) {
  const { entity, view, state } = props;
  const { t } = useTranslation(["records", "common"]);
  const errorText = useErrorText();
  const navigate = useNavigate();
  const me = useMe();
  const { create, update, remove } = useViewChanges();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const mayBuild = (me.abilities as string[]).includes("build");
  const own = view?.personal && (view.mine || mayBuild) ? view : null;
  const onError = (error: Error) => toast.error(errorText(error));
  const change = (changes: Partial<ViewDraft>, said: string, then?: () => void) => {
    if (!own) return;
    const onSuccess = () => {
      toast.done(said);
      then?.();
    };
    update.mutate({ key: own.key, ...changes }, { onSuccess, onError });
  };
  const share = () =>
    change({ shared: !own?.shared }, t(own?.shared ? "records:views.unshared" : "records:views.shared"));
  const save = (name: string) =>
    create.mutate(draftOf(props, name), {
      onSuccess: (saved) => {
        toast.done(t("records:views.saved"));
        close();
        void navigate({ to: "/v/$view", params: { view: saved.key } });
      },
    });
  const entry = (key: string, label: string, onSelect: () => void, more: Partial<MenuEntry> = {}): MenuEntry => ({
    key,
    label,
    onSelect,
    ...more,
  });
  const entries: MenuEntry[] = [
    ...(state.isChanged && own
      ? [
          entry("update", t("records:views.update"), () =>
            change(draftOf(props, own.label), t("records:views.saved"), state.reset),
          ),
        ]
      : []),
    entry("save", t("records:views.saveAs"), () => setOpen("save")),
    ...(state.isChanged ? [entry("reset", t("records:views.reset"), state.reset)] : []),
    ...(own
      ? [
          entry("rename", t("records:views.rename"), () => setOpen("rename"), { split: true }),
          entry("share", t(own.shared ? "records:views.unshare" : "records:views.share"), share),
          ...(mayBuild
            ? [
                entry("promote", t("records:views.promote"), () => {
                  void navigate({ to: "/studio/views", search: { promote: own.key } as never });
                }),
              ]
            : []),
          entry("remove", t("records:views.remove"), () => setOpen("remove"), { danger: true, split: true }),
        ]
      : []),
  ];
  return (
    <>
      <Menu
        label={t("records:views.more")}
        entries={entries}
        trigger={(trigger) => (
          <IconButton {...trigger} small label={t("records:views.more")}>
            <MoreHorizontal size={16} />
          </IconButton>
        )}
      />
      {open === "save" && (
        <ViewNameDialog
          title={t("records:views.saveAs")}
          name=""
          busy={create.isPending}
          error={create.error}
          onSave={save}
          onClose={close}
        />
      )}
      {open === "rename" && own && (
        <ViewNameDialog
          title={t("records:views.rename")}
          name={own.label}
          busy={update.isPending}
          error={null}
          onSave={(label) => change({ label }, t("records:views.saved"), close)}
          onClose={close}
        />
      )}
      {open === "remove" && own && (
        <Confirm
          title={t("records:views.removeSure", { name: own.label })}
          confirm={t("common:actions.delete")}
          busy={remove.isPending}
          onClose={close}
          onConfirm={() =>
            remove.mutate(own.key, {
              onSuccess: () => {
                toast.done(t("records:views.removed"));
                void navigate({ to: "/e/$entity", params: { entity } });
              },
              onError,
            })
          }
        />
      )}
    </>
  );
}
