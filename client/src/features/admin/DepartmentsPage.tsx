import { GripVertical, Network, Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDepartmentChanges, useDepartments } from "@/api/admin";
import type { Department } from "@/api/types";
import { useErrorText } from "@/fields/useTexts";
import { Button, IconButton } from "@/ui/Button";
import { EmptyState, Page, PageHeader, Panel, SkeletonLines } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { Confirm } from "@/views/dialogs/Confirm";
import styles from "./Admin.module.css";
import { DepartmentDialog } from "./DepartmentDialog";
import { useDepartmentMoves } from "./useDepartmentMoves";

interface NodeProps {
  department: Department;
  all: Department[];
  depth: number;
  moves: ReturnType<typeof useDepartmentMoves>;
  onEdit: (department: Department) => void;
  onDelete: (department: Department) => void;
}

function DepartmentNode({ department, all, depth, moves, onEdit, onDelete }: NodeProps) {
  const { t } = useTranslation(["admin", "common"]);
  return (
    <>
      <li className={styles.node} style={{ "--depth": depth }} {...moves.dragging(department)}>
        <IconButton
          small
          className={styles.handle}
          label={t("admin:departments.move", { name: department.name })}
          onKeyDown={(event) => moves.onKeyDown(event, department)}
        >
          <GripVertical size={15} />
        </IconButton>
        <strong style={{ fontWeight: depth === 0 ? 600 : 500 }}>{department.name}</strong>
        <span>{department.manager?.name ?? t("admin:departments.noManager")}</span>
        {department.members !== undefined && (
          <span>{t("admin:departments.members", { count: department.members })}</span>
        )}
        <div>
          <IconButton small label={`${t("common:actions.edit")} ${department.name}`} onClick={() => onEdit(department)}>
            <Pencil size={15} />
          </IconButton>
          <IconButton
            small
            label={`${t("common:actions.delete")} ${department.name}`}
            onClick={() => onDelete(department)}
          >
            <Trash2 size={15} />
          </IconButton>
        </div>
      </li>
      {all
        .filter((each) => each.parent_id === department.id)
        .map((child) => (
          <DepartmentNode
            key={child.id}
            department={child}
            all={all}
            depth={depth + 1}
            moves={moves}
            onEdit={onEdit}
            onDelete={onDelete}
          />
        ))}
    </>
  );
}

export function DepartmentsPage() {
  const { t } = useTranslation(["admin", "common"]);
  const errorText = useErrorText();
  const departments = useDepartments();
  const { remove } = useDepartmentChanges();
  const [editing, setEditing] = useState<Department | "new" | null>(null);
  const [deleting, setDeleting] = useState<Department | null>(null);
  const all = (departments.data ?? []).filter((each) => !each.archived);
  const moves = useDepartmentMoves(all);
  const known = new Set(all.map((each) => each.id));
  const tops = all.filter((each) => !each.parent_id || !known.has(each.parent_id));
  return (
    <Page>
      <PageHeader
        title={t("admin:departments.title")}
        actions={
          <Button kind="primary" icon={<Plus size={16} />} onClick={() => setEditing("new")}>
            {t("admin:departments.create")}
          </Button>
        }
      />
      <Panel flush>
        {departments.isPending && (
          <div style={{ padding: 16 }}>
            <SkeletonLines lines={6} />
          </div>
        )}
        {departments.isError && <EmptyState title={errorText(departments.error)} />}
        {departments.data?.length === 0 && (
          <EmptyState
            icon={<Network size={36} />}
            title={t("admin:departments.empty")}
            text={t("admin:departments.emptyText")}
          />
        )}
        <ul className={styles.tree}>
          {tops.map((department) => (
            <DepartmentNode
              key={department.id}
              department={department}
              all={all}
              depth={0}
              moves={moves}
              onEdit={setEditing}
              onDelete={setDeleting}
            />
          ))}
        </ul>
      </Panel>
      {editing && (
        <DepartmentDialog department={editing === "new" ? null : editing} all={all} onClose={() => setEditing(null)} />
      )}
      {deleting && (
        <Confirm
          title={t("admin:departments.deleteSure", { name: deleting.name })}
          text={t("admin:departments.deleteText")}
          confirm={t("admin:departments.delete")}
          busy={remove.isPending}
          onClose={() => setDeleting(null)}
          onConfirm={() =>
            remove.mutate(deleting.id, {
              onSuccess: () => setDeleting(null),
              onError: (error) => toast.error(errorText(error)),
            })
          }
        />
      )}
    </Page>
  );
}
