import * as vscode from 'vscode';
import { openPackTexts } from './authoring/pack-texts.ts';
import { registerAuthoring } from './authoring/register.ts';
import { registerCaptureEditor } from './captures/capture-editor.ts';
import { openChoices } from './captures/capture-view.ts';
import { openCaptures } from './captures/captures.ts';
import { type ReadOctets, readThroughWorkspace } from './captures/octet-source.ts';
import { SYSTEM_CLOCK } from './clock.ts';
import { commandActions, registerCommands } from './commands.ts';
import { registerDiagnostics } from './diagnostics.ts';
import { makeGuard } from './guard.ts';
import { registerLabPanel } from './lab/lab-panel.ts';
import { registerLabLenses } from './lab/lab-sources.ts';
import { openCourses } from './lessons/courses.ts';
import { openInterviews } from './lessons/interviews.ts';
import { registerLessonPanel } from './lessons/lesson-panel.ts';
import { registerLinks } from './lessons/link-handler.ts';
import { openProgress } from './lessons/progress.ts';
import { registerNotes } from './notes/lint.ts';
import { extendMarkdownIt, type MarkdownPlugin } from './notes/preview.ts';
import { ownPackFolder } from './packs/add-pack.ts';
import { openPackLibrary } from './packs/pack-library.ts';
import { createPackTree, WELCOME_TREE } from './packs/pack-tree.ts';
import { watchPanelInUse } from './panels/panel-in-use.ts';
import { openStrings } from './panels/strings.ts';
import type { WebviewParts } from './panels/webview-link.ts';
import { registerScripts } from './scripts/language.ts';
import { registerScriptPanels } from './scripts/script-panel.ts';
import { registerTextCommands } from './scripts/show-text.ts';
import { openSettings } from './settings.ts';
import { registerDueStatus } from './study/due-status.ts';
import { registerMasteryPanel } from './study/mastery-panel.ts';
import { openReviews } from './study/reviews.ts';
import { openStudy } from './study/study-store.ts';
import { startRecorder, type TestApi } from './test-api.ts';

/** Composition only: builds the parts, hands them to each other, registers them for disposal. */
export function activateWith(
  context: vscode.ExtensionContext,
  read: ReadOctets,
): Partial<TestApi> & MarkdownPlugin {
  const { extensionUri, globalState, globalStorageUri, extensionMode, subscriptions } = context;
  const log = vscode.window.createOutputChannel('Handshake', { log: true });
  const recorder = extensionMode === vscode.ExtensionMode.Test ? startRecorder() : undefined;
  const version = String((context.extension.packageJSON as { readonly version?: unknown }).version);
  const clock = SYSTEM_CLOCK;
  const guard = makeGuard(log);
  const settings = openSettings();
  const progress = openProgress(globalState);
  const study = openStudy(globalStorageUri, globalState, clock, log);
  const ownFolder = ownPackFolder(globalStorageUri);
  const library = openPackLibrary(extensionUri, ownFolder, log);
  const reviews = openReviews(library, progress, study, clock);
  const texts = openPackTexts(guard);
  const captures = openCaptures(read);
  const strings = openStrings(extensionUri, log);
  const panelInUse = watchPanelInUse();
  const parts: WebviewParts = {
    extensionUri,
    log,
    guard,
    settings,
    strings,
    panelInUse,
    clock,
    ...(recorder && { tap: recorder.tap }),
  };
  const choices = openChoices(context.workspaceState);
  const lab = registerLabPanel(parts, library, progress, captures);
  const interviews = openInterviews(library, progress, clock, settings.drillPace);
  const courses = openCourses({
    library,
    progress,
    captures,
    reviews,
    interviews,
    clock,
    pace: settings.drillPace,
  });
  const panel = registerLessonPanel(parts, courses, lab);
  const scripts = registerScriptPanels(parts);
  const mastery = registerMasteryPanel(parts, library, study, panel);
  const tree = createPackTree(library, progress, settings, ownFolder);
  const actions = commandActions({
    library,
    progress,
    study,
    reviews,
    settings,
    clock,
    panelInUse,
    panel,
    mastery,
    lab,
    interviews,
    choices,
    version,
    ownFolder,
    secrets: context.secrets,
    extensionId: context.extension.id,
  });
  const view = vscode.window.createTreeView('handshake.packs', {
    treeDataProvider: tree,
    showCollapseAll: true,
  });

  subscriptions.push(
    log,
    settings,
    progress,
    study,
    library,
    lab,
    panel,
    tree,
    registerCommands(actions),
    registerCaptureEditor(parts, captures, choices, panel, lab),
    registerDiagnostics(library, texts, settings, guard),
    registerAuthoring(parts, texts),
    registerScripts(settings, guard),
    scripts,
    registerTextCommands(panel, scripts, settings),
    registerNotes(settings, guard),
    registerLabLenses(),
    library.onDidChange(() => guard(panel.packsChanged)),
    view,
    mastery,
    registerLinks(actions, panel, guard),
    registerDueStatus(view, tree, study, reviews, settings, clock, guard),
    vscode.window.createTreeView('handshake.welcome', { treeDataProvider: WELCOME_TREE }),
  );
  if (settings.opensOnStartup()) {
    guard(async () => {
      await vscode.commands.executeCommand('workbench.view.extension.handshake');
      await actions.continue();
    });
  }
  return {
    ...(recorder && { ...recorder, tree, progress, study, storage: globalStorageUri }),
    extendMarkdownIt: (markdown) => extendMarkdownIt(markdown, settings, guard),
  };
}

/** Where there is nothing but VS Code's own file system: the web extension host. */
export function activate(context: vscode.ExtensionContext): ReturnType<typeof activateWith> {
  return activateWith(context, readThroughWorkspace);
}
