//! Links inside the page: real addresses that open in a new tab, taken over on a plain click.
import type { Page } from './page.svelte';
import { type View, write } from './url';

export const addressOf = (view: View, patch: Partial<View>): string => write({ ...view, ...patch }) || '/';

/** Whether a click is an ordinary one; with a key held down the browser opens a tab or window itself. */
export const plainClick = (event: MouseEvent): boolean =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

export function follow(page: Page, patch: Partial<View>, then?: () => void): (event: MouseEvent) => void {
  return (event) => {
    if (!plainClick(event)) return;
    event.preventDefault();
    page.choose(patch);
    then?.();
  };
}
