import { useParams } from "@tanstack/react-router";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecordChanges, useRecordPages } from "@/api/records";
import type { RecordRow } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { useErrorText, useWhenText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { manyOf } from "@/model/plural";
import { Button } from "@/ui/Button";
import { EmptyState, Page, PageHeader, Panel, PlainTable, SkeletonLines } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { Confirm } from "@/views/dialogs/Confirm";
import { deletionOf } from "./deletion";

const NEWEST = [{ field: "updated_at", descending: true }];

/** Deleted records: back to where they were, or gone for good. */
export function TrashPage() {
  const { t } = useTranslation(["records", "common"]);
  const errorText = useErrorText();
  const whenText = useWhenText();
  const { entity: key } = useParams({ from: "/inside/rich/e/$entity/trash" });
  const catalogue = useCatalogue();
  const entity = catalogue.entity(key);
  const title = t("records:trash.title", { entity: manyOf(entity?.label ?? key, useLanguage()) });
  const pages = useRecordPages(key, { deleted: true, sort: NEWEST }, 50);
  const { restore, purge } = useRecordChanges(key);
  const [purging, setPurging] = useState<RecordRow | null>(null);
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const fail = (error: Error) => toast.error(errorText(error));
  return (
    <Page>
      <PageHeader title={title} />
      <Panel flush>
        {pages.isPending && (
          <div style={{ padding: 16 }}>
            <SkeletonLines lines={5} />
          </div>
        )}
        {pages.isError && <EmptyState title={errorText(pages.error)} />}
        {pages.data && rows.length === 0 && (
          <EmptyState
            icon={<Trash2 size={36} />}
            title={t("records:trash.empty")}
            text={t("records:trash.emptyText")}
          />
        )}
        {rows.length > 0 && (
          <PlainTable stacked label={title}>
            <thead>
              <tr>
                <th scope="col">{t("records:trash.name")}</th>
                <th scope="col">{t("records:record.owner")}</th>
                <th scope="col">{t("records:trash.deletedAt")}</th>
                <th scope="col" />
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <td>
                    <strong style={{ fontWeight: 500 }}>{row.title}</strong>
                  </td>
                  <td data-label={t("records:record.owner")}>{row.display.owner}</td>
                  <td data-label={t("records:trash.deletedAt")}>{whenText(row.deleted_at ?? row.updated_at)}</td>
                  <td style={{ textAlign: "right", whiteSpace: "nowrap" }}>
                    <Button
                      small
                      onClick={() =>
                        restore.mutate(row.id, {
                          onSuccess: () => {
                            toast.over(deletionOf(row));
                            toast.done(t("records:trash.restored", { title: row.title }));
                          },
                          onError: fail,
                        })
                      }
                    >
                      {t("records:trash.restore")}
                    </Button>{" "}
                    <Button small kind="quiet" onClick={() => setPurging(row)}>
                      {t("records:trash.purge")}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </PlainTable>
        )}
        {pages.hasNextPage && (
          <Button kind="quiet" wide onClick={() => void pages.fetchNextPage()}>
            {t("common:actions.loadMore")}
          </Button>
        )}
      </Panel>
      {purging && (
        <Confirm
          title={t("records:trash.purgeSure", { title: purging.title })}
          text={t("records:trash.purgeText")}
          confirm={t("records:trash.purge")}
          busy={purge.isPending}
          onClose={() => setPurging(null)}
          onConfirm={() =>
            purge.mutate(purging.id, {
              onSuccess: () => {
                toast.over(deletionOf(purging));
                toast.done(t("records:trash.purged"));
                setPurging(null);
              },
              onError: fail,
            })
          }
        />
      )}
    </Page>
  );
}
