import { expect, it } from "vitest";
import type { components } from "../src/api/schema.gen";
import type * as mine from "../src/api/types";

type Server = components["schemas"];
type Missing<Mine, Theirs> = Exclude<keyof Mine, keyof Theirs>;

/** Does not compile where the client reads something that the server's document does not have. */
function reads<Mine, Theirs>(..._missing: Missing<Mine, Theirs> extends never ? [] : [Missing<Mine, Theirs>]): void {}

it("reads only what the server sends", () => {
  reads<mine.Me, Server["MeOut"]>();
  reads<mine.Session, Server["SessionOut"]>();
  reads<mine.SignedInDevice, Server["DeviceOut"]>();
  reads<mine.Definitions, Server["DefinitionsOut"]>();
  reads<mine.EntityDefinition, Server["EntityOut"]>();
  reads<mine.FieldDefinition, Server["FieldOut"]>();
  reads<mine.OptionDefinition, Server["OptionOut"]>();
  reads<mine.ProcessDefinition, Server["ProcessOut"]>();
  reads<mine.StageDefinition, Server["StageOut"]>();
  reads<mine.ViewDefinition, Server["ViewOut"]>();
  reads<mine.RecordRow, Server["Record"]>();
  reads<mine.RecordPage, Server["PageAnswer"]>();
  reads<mine.RecordWindow, Server["WindowAnswer"]>();
  reads<mine.AggregateGroup, Server["GroupAnswer"]>();
  reads<mine.Evaluation, Server["FormState"]>();
  reads<mine.HistoryEvent, Server["HistoryEvent"]>();
  reads<mine.Change, Server["ValueChange"]>();
  reads<mine.BulkOutcome, Server["BulkOut"]>();
  reads<mine.SearchHit, Server["HitAnswer"]>();
  reads<mine.AccessAnswer, Server["AccessOut"]>();
  reads<mine.Share, Server["ShareOut"]>();
  reads<mine.Moves, Server["MovesOut"]>();
  reads<mine.Task, Server["TaskOut"]>();
  reads<mine.TaskCounts, Server["CountsOut"]>();
  reads<mine.Notification, Server["NotificationOut"]>();
  reads<mine.RecordComment, Server["CommentOut"]>();
  reads<mine.Followers, Server["FollowersOut"]>();
  reads<mine.FileText, Server["FileTextOut"]>();
  reads<mine.HomeNumber, Server["NumberAnswer"]>();
  reads<mine.ImportJob, Server["ImportAnswer"]>();
  reads<mine.ImportColumn, Server["ImportColumn"]>();
  reads<mine.Member, Server["MemberOut"]>();
  reads<mine.Department, Server["DepartmentOut"]>();
  reads<mine.Role, Server["RoleOut"]>();
  reads<mine.AuditEntry, Server["AuditEntryOut"]>();
  reads<mine.ApiKey, Server["KeyOut"]>();
  reads<mine.HealthCheck, Server["Check"]>();
  reads<mine.FormulaFunction, Server["FunctionOut"]>();
  reads<mine.FormulaEntity, Server["EntityNamesOut"]>();
  reads<mine.FormulaName, Server["NameOut"]>();
  reads<mine.FormulaQuestion, Server["FormulaBody"]>();
  reads<mine.FormulaAnswer, Server["FormulaOut"]>();
  reads<mine.UsedPlace, Server["UsageOut"]>();
  reads<mine.NextNumbers, Server["NextNumbersOut"]>();
  reads<mine.WorkYear, Server["CalendarOut"]>();
  reads<mine.SpecialDay, Server["DayOut"]>();
  expect(reads.length).toBe(0);
});
