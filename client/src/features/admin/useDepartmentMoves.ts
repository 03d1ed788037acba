import { type DragEvent, type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDepartmentChanges } from "@/api/admin";
import type { Department } from "@/api/types";
import { useErrorText } from "@/fields/useTexts";
import { toast } from "@/ui/toast";

/** Whether a department is another, or lies below it. */
function isWithin(all: Department[], id: string | null, above: string): boolean {
  let at = id;
  while (at) {
    if (at === above) return true;
    at = all.find((each) => each.id === at)?.parent_id ?? null;
  }
  return false;
}

/** Moving departments in their tree: dragged onto another, or by the arrows left and right. */
export function useDepartmentMoves(all: Department[]) {
  const { t } = useTranslation("admin");
  const errorText = useErrorText();
  const { update } = useDepartmentChanges();
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const nameOf = (id: string | null) => all.find((each) => each.id === id)?.name ?? t("departments.top");
  const move = (department: Department, parent: string | null) => {
    if (department.parent_id === parent || isWithin(all, parent, department.id)) return;
    update.mutate(
      { id: department.id, parent_id: parent },
      {
        onSuccess: () => toast.done(t("departments.moved", { name: department.name, parent: nameOf(parent) })),
        onError: (error) => toast.error(errorText(error)),
      },
    );
  };
  const onKeyDown = (event: KeyboardEvent, department: Department) => {
    const siblings = all.filter((each) => each.parent_id === department.parent_id);
    const before = siblings[siblings.findIndex((each) => each.id === department.id) - 1];
    const parent = all.find((each) => each.id === department.parent_id);
    if (event.key === "ArrowRight" && before) move(department, before.id);
    else if (event.key === "ArrowLeft" && parent) move(department, parent.parent_id);
    else return;
    event.preventDefault();
  };
  const dragging = (department: Department) => ({
    draggable: true,
    "data-over": over === department.id || undefined,
    onDragStart: (event: DragEvent) => {
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", department.name);
      setDragged(department.id);
    },
    onDragEnd: () => {
      setDragged(null);
      setOver(null);
    },
    onDragOver: (event: DragEvent) => {
      if (!dragged || isWithin(all, department.id, dragged)) return;
      event.preventDefault();
      setOver(department.id);
    },
    onDragLeave: () => setOver(null),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      const moved = all.find((each) => each.id === dragged);
      if (moved) move(moved, department.id);
      setOver(null);
    },
  });
  return { dragging, onKeyDown };
}
