import { useBlocker, useNavigate, useParams, useRouter, useSearch } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { EntityDefinition, Values } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { Button } from "@/ui/Button";
import { EmptyState, Page, PageHeader, Panel } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { Duplicates } from "@/views/form/Duplicates";
import styles from "@/views/form/Form.module.css";
import { FormFields } from "@/views/form/FormFields";
import { FormNotices } from "@/views/form/FormNotices";
import { useRecordForm } from "@/views/form/useRecordForm";
import { LeaveDialog } from "./LeaveDialog";

function NewRecord({ entity, preset }: { entity: EntityDefinition; preset: Values }) {
  const { t } = useTranslation(["records", "common"]);
  const navigate = useNavigate();
  const router = useRouter();
  const form = useRecordForm(entity, null, preset);
  const done = useRef(false);
  const box = useRef<HTMLFormElement>(null);
  const isUnsaved = () => form.isDirty && !done.current;
  const blocker = useBlocker({ shouldBlockFn: isUnsaved, enableBeforeUnload: isUnsaved, withResolver: true });
  useEffect(() => box.current?.querySelector<HTMLElement>("input, textarea")?.focus(), []);
  const save = async () => {
    const record = await form.save();
    if (!record) {
      box.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      return;
    }
    done.current = true;
    toast.done(t("records:record.created", { title: record.title }));
    void navigate({ to: "/e/$entity/$id", params: { entity: entity.key, id: record.id }, replace: true });
  };
  return (
    <Page>
      <PageHeader title={t("records:record.newTitle", { entity: entity.label })} />
      <Panel>
        <form
          ref={box}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <FormNotices form={form} />
          <div className={styles.notices}>
            <Duplicates entity={entity} values={form.values} />
          </div>
          <FormFields form={form} record={null} />
          <div className={styles.foot}>
            <span className={styles.note} />
            <Button onClick={() => router.history.back()}>{t("common:actions.cancel")}</Button>
            <Button kind="primary" type="submit" busy={form.isSaving}>
              {t("common:actions.save")}
            </Button>
          </div>
        </form>
      </Panel>
      {blocker.status === "blocked" && <LeaveDialog onStay={blocker.reset} onLeave={blocker.proceed} />}
    </Page>
  );
}

export function NewRecordPage() {
  const { t } = useTranslation();
  const { entity: key } = useParams({ from: "/inside/rich/e/$entity/new" });
  const { preset } = useSearch({ from: "/inside/rich/e/$entity/new" });
  const entity = useCatalogue().entity(key);
  if (!entity?.can.create) return <EmptyState title={t("errors.notFound")} text={t("errors.notFoundText")} />;
  return <NewRecord key={entity.key} entity={entity} preset={preset ?? {}} />;
}
