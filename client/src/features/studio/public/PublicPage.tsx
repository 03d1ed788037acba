import { Globe, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { usePublicForms } from "@/api/entrances";
import type { PublicFormDef } from "@/api/types/studio";
import { Button } from "@/ui/Button";
import { Notice, Page, SkeletonLines } from "@/ui/surfaces";
import { makeKey } from "../draft/keys";
import { useDraft } from "../draft/useDraft";
import { ItemPage } from "../parts/ItemPage";
import { labelText, newLabel } from "../parts/labels";
import { PUBLIC_TYPES } from "./FieldsEditor";
import { FormEditor } from "./FormEditor";
import { Inbox } from "./Inbox";
import { SharePanel } from "./SharePanel";

/** Forms for people who have no account: what they say, where they are, and what came in. */
export function PublicPage() {
  const { t, i18n } = useTranslation("entrances");
  const { definitions, published, edit, problemsAt } = useDraft();
  const entries = usePublicForms();
  const [chosen, setChosen] = useState<string | null>(null);
  const forms = definitions.public_forms ?? [];
  const form = forms.find((each) => each.key === chosen) ?? forms[0];
  const entity = definitions.entities?.find((each) => each.key === form?.entity);
  const isPublished = published.public_forms?.some((each) => each.key === form?.key) ?? false;
  const entry = isPublished ? entries.data?.find((each) => each.key === form?.key) : undefined;

  const add = async () => {
    const first = definitions.entities?.find((each) => !each.parent);
    if (!first) return;
    const name = t("public.newName", { label: labelText(first.label, i18n.language) });
    const label = newLabel(name, i18n.language);
    const key = await makeKey(
      name,
      forms.map((each) => each.key),
      "form",
    );
    const fields = first.fields
      .filter((each) => each.required && PUBLIC_TYPES.has(each.type))
      .map((each) => ({ key: each.key }));
    const role = definitions.roles?.[0]?.key ?? "admin";
    edit(
      [{ op: "put", path: ["public_forms", key], value: { key, label, entity: first.key, fields, owner: { role } } }],
      t("public.new"),
    );
    setChosen(key);
  };
  const change = (next: Partial<PublicFormDef>) => {
    if (!form) return;
    const ops = Object.entries(next).map(([name, value]) => ({
      op: "put" as const,
      path: ["public_forms", form.key, name],
      value: value ?? null,
    }));
    edit(ops, labelText(form.label, i18n.language));
  };
  if (entries.isPending)
    return (
      <Page>
        <SkeletonLines lines={8} />
      </Page>
    );
  const problems = form ? problemsAt(["public_forms", form.key]) : [];
  return (
    <ItemPage
      label={t("public.list")}
      items={forms.map((each) => {
        const tally = entries.data?.find((one) => one.key === each.key)?.tally;
        return {
          key: each.key,
          name: labelText(each.label, i18n.language),
          note: tally && t("public.tally", { ...tally }),
        };
      })}
      chosen={form?.key}
      onChoose={setChosen}
      add={t("public.new")}
      onAdd={() => void add()}
      empty={{ icon: <Globe size={40} />, title: t("public.empty"), text: t("public.emptyText") }}
    >
      {form && (
        <>
          {problems.length > 0 && (
            <Notice kind="warning">
              <ul>
                {problems.map((each) => (
                  <li key={each.path.join(".") + each.code}>{each.message}</li>
                ))}
              </ul>
            </Notice>
          )}
          {entry ? <SharePanel entry={entry} /> : <Notice kind="info">{t("public.unpublished")}</Notice>}
          <FormEditor key={form.key} form={form} entity={entity} onChange={change} />
          {entry && <Inbox form={form.key} />}
          <div>
            <Button
              kind="danger"
              icon={<Trash2 size={15} />}
              onClick={() => edit([{ op: "drop", path: ["public_forms", form.key] }], t("public.delete"))}
            >
              {t("public.delete")}
            </Button>
          </div>
        </>
      )}
    </ItemPage>
  );
}
