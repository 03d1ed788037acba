import { useNotifications, useTaskCounts } from "@/api/tasks";
import { Count } from "@/ui/surfaces";

/** How many tasks wait, or messages are unread. */
export function useBadges(): Record<"tasks" | "notifications", number> {
  const tasks = useTaskCounts();
  const notifications = useNotifications();
  return { tasks: tasks.data?.open ?? 0, notifications: notifications.data?.unread ?? 0 };
}

export function Badge({ value }: { value: number }) {
  return value > 0 ? <Count value={value} /> : null;
}
