// How operations look: a coloured square with a letter or an icon. No picture comes from elsewhere.
import type { State } from '../state/model';

const CONNECTORS: Record<string, [string, string]> = {
  shared_sharepointonline: ['#036c70', 'S'],
  shared_office365: ['#0078d4', 'O'],
  shared_office365users: ['#c4314b', 'U'],
  shared_teams: ['#4b53bc', 'T'],
  shared_approvals: ['#742774', 'A'],
  shared_onedriveforbusiness: ['#0364b8', 'D'],
  shared_excelonlinebusiness: ['#107c41', 'X'],
  shared_planner: ['#077d3f', 'P'],
  shared_commondataserviceforapps: ['#088142', 'V'],
  shared_sql: ['#ba141a', 'Q'],
};

const BUILT_IN: Record<string, [string, string]> = {
  If: ['#484f58', 'branch'],
  Switch: ['#484f58', 'switch'],
  Scope: ['#8c3900', 'scope'],
  Foreach: ['#486991', 'loop'],
  Until: ['#486991', 'loop'],
  Compose: ['#8c6cff', 'variable'],
  InitializeVariable: ['#770bd6', 'variable'],
  Recurrence: ['#1080aa', 'clock'],
  Wait: ['#1080aa', 'clock'],
  Request: ['#009da5', 'play'],
  Workflow: ['#0b53ce', 'flow'],
  Http: ['#709727', 'globe'],
};

export const look = (state: State, id: string): [string, string] => {
  const info = state.operations.operationInfo[id];
  const connector = info?.connectorId.split('/').at(-1) ?? '';
  return CONNECTORS[connector] ?? BUILT_IN[info?.type ?? ''] ?? ['#5c6670', 'scope'];
};

export const title = (state: State, id: string) => (state.workflow.idReplacements[id] ?? id).replaceAll('_', ' ');
