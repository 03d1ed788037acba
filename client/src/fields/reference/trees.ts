import type { Department, Region } from "@/api/types";

interface TreeNode {
  value: string;
  title: string;
  children: TreeNode[];
}

/** Departments as a tree, in the order given. */
export function departmentTree(departments: Department[], parent: string | null = null): TreeNode[] {
  return departments
    .filter((each) => each.parent_id === parent)
    .map((each) => ({ value: each.id, title: each.name, children: departmentTree(departments, each.id) }));
}

/** Codes from the province down to `code`. */
export function pathTo(regions: Region[], code: string): string[] {
  for (const region of regions) {
    if (region.code === code) return [code];
    const below = pathTo(region.children ?? [], code);
    if (below.length > 0) return [region.code, ...below];
  }
  return [];
}
