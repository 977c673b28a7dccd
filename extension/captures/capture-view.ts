// Names of the capture editor, and which connection of a capture was looked at last.

import * as vscode from 'vscode';

/** For *.pcap and *.pcapng. */
export const CAPTURE_VIEW = 'handshake.capture';
/** The same editor, offered for other names that captures go by, and packed ones. */
export const OTHER_CAPTURE_VIEW = 'handshake.captureOther';

/** The capture in front, if there is one. */
export function captureInFront(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const isCapture = input instanceof vscode.TabInputCustom && input.viewType.startsWith(CAPTURE_VIEW);
  return isCapture ? input.uri : undefined;
}

/** Which connection of each capture was looked at last, kept with the workspace. */
export interface Choices {
  /** Place in the list of connections; 0 for a capture that was never looked at. */
  of(address: string): number;
  set(address: string, connection: number): void;
}

export function openChoices(state: vscode.Memento): Choices {
  const key = (address: string) => `connection/${address}`;
  return {
    of: (address) => state.get(key(address), 0),
    set: (address, connection) => void state.update(key(address), connection),
  };
}
