// What is used of JupyterLab's own objects, for the type checker alone.

/**
 * @template Args
 * @typedef {{ connect(slot: (sender: unknown, args: Args) => void): void }} Signal
 */
/**
 * @typedef {{ id: string, type: string, outputs?: { length: number },
 *   sharedModel: { getSource(): string } }} CellModel
 */
/**
 * @typedef {{ model: CellModel, node: HTMLElement, isHidden: boolean,
 *   inputHidden: boolean, headingCollapsed?: boolean }} Cell
 */
/**
 * @typedef {{ widgets: Cell[], activeCell: Cell | null, activeCellIndex: number,
 *   mode: "command" | "edit", node: HTMLElement, activate(): void, deselectAll(): void,
 *   scrollToItem(index: number, align?: string, margin?: number): Promise<void>,
 *   model: { cells: { changed: Signal<unknown> } } }} Notebook
 */
/**
 * @typedef {{ ready: Promise<void>, statusChanged: Signal<string>,
 *   kernelChanged: Signal<{ oldValue: unknown }> }} SessionContext
 */
/**
 * @typedef {{ content: Notebook, node: HTMLElement, isDisposed: boolean,
 *   sessionContext: SessionContext, revealed: Promise<void>, close(): void,
 *   toolbar: { hide(): void },
 *   context: { path: string, ready: Promise<void>, save(): Promise<void> } }} Panel
 */
/**
 * @typedef {{ forEach(visit: (panel: Panel) => void): void,
 *   widgetAdded: Signal<Panel>, currentWidget: Panel | null,
 *   find(test: (panel: Panel) => boolean): Panel | undefined }} Tracker
 */
/**
 * @typedef {{ NotebookActions: {
 *   executionScheduled: Signal<{ notebook: Notebook, cell: Cell }>,
 *   executed: Signal<{ notebook: Notebook, cell: Cell, success: boolean }>,
 *   runCells(notebook: Notebook, cells: Cell[], context: SessionContext):
 *     Promise<boolean>,
 *   setHeadingCollapse(cell: Cell, isCollapsed: boolean, notebook: Notebook): number,
 * } }} NotebookModule
 */
/**
 * @typedef {{ mode: string, currentChanged: Signal<unknown>, collapseLeft(): void,
 *   collapseRight(): void, isSideTabBarVisible(side: string): boolean,
 *   toggleSideTabBarVisibility(side: string): void }} LabShell
 */
/**
 * @typedef {{ name: string, isLight: boolean, themeScrollbars: boolean,
 *   load(): Promise<void>, unload(): Promise<void> }} Theme
 */
/**
 * @typedef {{ register(theme: Theme): void, loadCSS(path: string): Promise<void> }}
 *   ThemeManager
 */
/** @typedef {{ restored: Promise<unknown> }} App */

export {};
