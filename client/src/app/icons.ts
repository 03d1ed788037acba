import {
  Boxes,
  BriefcaseBusiness,
  Building2,
  Calendar,
  ClipboardList,
  Factory,
  FileText,
  Handshake,
  LayoutGrid,
  type LucideIcon,
  MapPin,
  Package,
  Phone,
  Receipt,
  Table2,
  Target,
  Truck,
  User,
  Users,
} from "lucide-react";

const ICONS: Record<string, LucideIcon> = {
  appstore: LayoutGrid,
  boxes: Boxes,
  briefcase: BriefcaseBusiness,
  building: Building2,
  bank: Building2,
  calendar: Calendar,
  clipboard: ClipboardList,
  contacts: Users,
  factory: Factory,
  file: FileText,
  handshake: Handshake,
  package: Package,
  phone: Phone,
  pin: MapPin,
  receipt: Receipt,
  table: Table2,
  target: Target,
  truck: Truck,
  user: User,
  users: Users,
  team: Users,
  funnel: Target,
};

/** The picture that a definition names; a table where it names none that is known. */
export function iconOf(name: string | undefined): LucideIcon {
  return ICONS[name ?? ""] ?? Table2;
}
